"""The manager's page: each number is the length of the list that it opens, and of the file that the list gives."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews import actions
from reviews.models import Participant, RecordOwed, Review, ReviewAction, ReviewDue
from reviews.oversight import AGES, BY_KEY, MEASURES, counted, of_age

from .. import factories as cast
from ..careplans.pages import text
from ..worklist.factories import due
from . import factories
from .factories import ago, today
from .test_very_like import LONG

pytestmark = pytest.mark.django_db


def keys_of(user, review):
    return {m.key for m in MEASURES if m.rows(user, today()).filter(pk=review.pk).exists()}


@pytest.fixture
def told(both, care_manager):
    """One review as it should be, though somebody else led it; and one of which everything is to be told."""
    right = factories.meeting([both[0]], care_manager)
    Review.objects.filter(pk=right.pk).update(reviewer_role="other", why_not_care_manager="He asked for it")
    Participant.objects.create(review=right, role="care_manager", name="Tom", invited_on=ago(20))
    right = hold(right, care_manager, "yes", 45)
    wrong = factories.meeting([both[1]], care_manager)
    Review.objects.filter(pk=wrong.pk).update(reviewer_role="reviewing_officer", why_not_care_manager="Ill")
    Participant.objects.get_or_create(review=wrong, role="person", defaults={"name": "Anna"})
    refused = {"advocate_refused": "No thank you", "refusal_capacity": "Said back what one is for"}
    wrong = hold(wrong, care_manager, "no", 40, seen_how="video", **refused)
    RecordOwed.objects.filter(review=wrong).update(due_on=ago(1))
    promise(wrong, care_manager)
    return right, wrong


def hold(review, by, came, days, **said):
    answers = factories.answers(review, on=ago(days), persons_views=LONG, **said)
    answers |= {key: came for key in answers if key.startswith("attended-")}
    return actions.hold(review=review, answers=answers, why_alike="Asked with photo cards", by=by)


def promise(review, owner):
    facts = {"review": review, "person": review.person, "organisation": review.organisation}
    owned = {"owner_name": owner.name, "owner": owner, "due_on": ago(30)}
    return ReviewAction.objects.create(words="Ring the club", **facts, **owned)


def test_each_fault_is_in_its_measure_and_what_is_right_in_none(told, team_manager):
    right, wrong = told
    assert keys_of(team_manager, right) == set()
    assert keys_of(team_manager, wrong) == set(
        "no-care-manager reviewing-officer not-seen very-like not-there".split()
    )


def test_number_list_and_file_agree_and_cost_no_more_when_there_are_more(
    client, told, team, scheme, care_manager, team_manager
):
    client.force_login(team_manager)
    address = reverse("reviews:oversight")
    client.get(address)  # the first look of a session writes it
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for days in (5, 30, 90, 200, 1):
        due(cast.person(team, care_manager), team, ago(days))
    due(
        cast.person(team, care_manager), team, ago(390), state="missed", closed_on=ago(25), next_stage_on=None
    )
    with CaptureQueriesContext(connection) as more:
        page = client.get(address)
    assert len(more) == len(few) <= 12
    links = re.findall(r'href="([^"]*/oversight/[^"]*)">(\d+)<', page.content.decode())
    assert {re.search(r"oversight/([a-z-]+)/", url)[1] for url, _n in links} == set(BY_KEY)
    for url, number in links:
        url = url.replace("&amp;", "&")
        shown = client.get(url)
        assert shown.context["list"].count == int(number) > 0
        csv = client.get(f"{url}{'&' if '?' in url else '?'}format=csv")
        assert len(csv.content.decode().strip().splitlines()) == int(number) + 1
    assert {age for key, *_x, age, _n in counted(team_manager, today()) if key == "overdue"} == set(AGES) - {
        "to-come"
    }


def test_ages_leave_no_day_out_and_count_none_twice(team, care_manager):
    rows = [due(cast.person(team, care_manager), team, ago(days)) for days in (0, 28, 29, 84, 85, 182, 183)]
    rows.append(due(cast.person(team, care_manager), team, ago(-1)))
    everything = ReviewDue.objects.filter(pk__in=[row.pk for row in rows])
    sizes = [everything.filter(of_age("due_on", age, today())).count() for age in AGES]
    assert sizes == [1, 2, 2, 2, 1]


def test_an_address_that_is_no_measure_is_not_found(client, team_manager):
    client.force_login(team_manager)
    assert client.get(reverse("reviews:measured", args=["nothing"])).status_code == 404
    assert "How reviews stand" in text(client.get(reverse("reviews:list")))
