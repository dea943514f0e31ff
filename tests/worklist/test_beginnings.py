"""The statement behind My work is kept for the day: it may hold nothing that changes, and nobody else's may serve."""

import datetime as dt

import pytest
from django.utils import timezone

from people import actions as people
from people.models import User
from sharedlives.worklist import beginnings, protocols
from sharedlives.worklist.deadlines import REGISTRY

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db


def statement(user, today=None):
    asker = beginnings.Asker(protocols.get("sights")(user=user), user)
    return beginnings.question(asker, today or timezone.localdate(), 25, tuple(REGISTRY.values()))


def today_of(user):
    pages = beginnings.first_pages(User.objects.get(pk=user.pk), timezone.localdate())
    return [item.object_id for item in pages["today"][0]]


@pytest.mark.parametrize("who", ["care_manager", "team_manager", "scheme_worker", "scheme_manager"])
def test_it_asks_nothing_and_holds_no_minute_of_the_day(who, request, django_assert_num_queries):
    user = request.getfixturevalue(who)
    user.current_memberships()
    with django_assert_num_queries(0):
        sql, params = statement(user)
    assert sql.count("UNION ALL") > 30
    assert [param for param in params if isinstance(param, dt.datetime)] == []


def test_it_is_kept_for_the_day_and_for_one_reader(care_manager, team_manager):
    assert statement(care_manager) is statement(care_manager)
    assert statement(care_manager) is not statement(team_manager)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert statement(care_manager, tomorrow) != statement(care_manager)


def test_a_team_that_goes_to_another_council_is_asked_about_anew(team_manager, region):
    before = statement(team_manager)
    membership = team_manager.current_memberships()[0]
    membership.organisation.council = cast.organisation("council", parent=region)
    assert statement(team_manager) is not before


def test_what_is_new_and_what_is_shut_shows_at_the_next_look(
    deadline, person, team, care_manager, team_manager
):
    assert today_of(care_manager) == []
    row = factories.due(person, team, timezone.localdate())
    assert today_of(care_manager) == [row.pk]
    people.restrict(person=person, kind="invisible", reason="Safety", allowed=[team_manager], by=team_manager)
    assert today_of(care_manager) == []
