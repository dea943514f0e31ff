"""Breaks and rest of a home: nights off, weeks since the last, and hours that rest on the carers alone."""

import re
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from careplans.models import PlanShare
from careplans.timetable import Alone, hours_alone, timetable
from placements import actions, queries
from placements.models import BreaksPolicy
from placements.rest import nights_off, warnings, weeks_since

from .. import factories as cast
from ..careplans.pages import queries_of, text
from . import factories

FIRST, TODAY = date(2026, 1, 1), date(2027, 1, 1)


def march(day):
    return date(2026, 3, day)


@pytest.mark.parametrize(
    ("lived", "away", "off"),
    [
        ({}, {}, 0),
        ({"anna": [(FIRST, None)]}, {}, 0),
        ({"anna": [(FIRST, None)]}, {"anna": [(march(1), march(8))]}, 7),
        ({"anna": [(FIRST, None)]}, {"anna": [(date(2026, 12, 30), None)]}, 2),
        # Two live there: a night counts when both are away.
        ({"anna": [(FIRST, None)], "ben": [(FIRST, None)]}, {"anna": [(march(1), march(8))]}, 0),
        (
            {"anna": [(FIRST, None)], "ben": [(FIRST, None)]},
            {"anna": [(march(1), march(8))], "ben": [(march(5), march(12))]},
            3,
        ),
        # Before and after anybody lived there is no break.
        ({"anna": [(march(1), march(11))]}, {"anna": [(march(9), march(20))]}, 2),
        # What overlaps counts once, and what lies before the year not at all.
        ({"anna": [(FIRST, None)]}, {"anna": [(march(1), march(4)), (march(2), march(6))]}, 5),
        ({"anna": [(date(2020, 1, 1), None)]}, {"anna": [(date(2025, 12, 30), date(2026, 1, 2))]}, 1),
    ],
)
def test_a_night_off_is_one_with_nobody_at_home(lived, away, off):
    assert len(nights_off(lived, away, FIRST, TODAY)) == off


def test_weeks_are_whole_and_count_from_the_morning_after():
    assert weeks_since(march(1), FIRST, march(8)) == 0
    assert weeks_since(march(1), FIRST, march(9)) == 1
    assert weeks_since(None, march(1), march(29)) == 4


def rest(**facts):
    policy = BreaksPolicy(in_force_from=FIRST)
    alone = SimpleNamespace(who="Anna", alone=Alone(by_day=80, by_night=60), most=70)
    standing = {
        "today": TODAY,
        "policy": policy,
        "began": FIRST,
        "taken": 28,
        "last_night": date(2026, 12, 1),
    }
    return SimpleNamespace(**{**standing, "weeks": 4, "lines": [], "anna": alone, **facts})


def test_a_warning_says_how_it_was_counted():
    assert warnings(rest()) == []
    (long,) = warnings(rest(weeks=14, last_night=march(1)))
    assert "No break for 14 weeks: the last night off was 1 March 2026. At most 12 weeks" in long
    (few,) = warnings(rest(taken=3))
    assert "3 nights off in 365 days, where 28 would be their share: 28 nights a year × 365 ÷ 365" in few
    (alone,) = warnings(rest(lines=[rest().anna]))
    assert "80 hours a week by day of Anna rest on the carer alone: 10 more than the 70" in alone
    assert warnings(rest(lines=[SimpleNamespace(who="another person", alone=None, most=0)])) == []


def test_a_warning_says_whose_policy_it_is():
    (default,) = warnings(rest(taken=3))
    assert default.endswith("So says the default.")
    own = BreaksPolicy(in_force_from=FIRST, council_id=uuid4())
    (council,) = warnings(rest(taken=3, policy=own))
    assert council.endswith(f"So says the council’s policy of {FIRST:%-d %B %Y}.")


@pytest.fixture
def placement(supported_person, scheme, carer, scheme_worker):
    return factories.existing(supported_person, scheme, carer, scheme_worker)


def break_of(placement, by, first, last):
    gone = actions.go_away(placement=placement, reason="break", since=factories.days(first), by=by)
    actions.come_home(away=gone, until=factories.days(last), by=by)


@pytest.mark.django_db
def test_the_rest_of_a_home_is_counted_from_who_is_away(placement, home, scheme_worker):
    break_of(placement, scheme_worker, -30, -20)
    found = queries.rest_of(home, scheme_worker, cast.today())
    assert (found.taken, found.last_night, found.weeks) == (10, factories.days(-21), 2)
    (line,) = found.lines
    assert (line.person, line.away_nights, line.alone) == (placement.person, 10, None)


@pytest.mark.django_db
def test_hours_come_from_the_plan_that_the_scheme_holds(placement, home, scheme, scheme_worker, care_manager):
    factories.held_plan(placement.person, scheme, care_manager, scheme_worker)
    (line,) = queries.rest_of(home, scheme_worker, cast.today()).lines
    (share,) = PlanShare.objects.filter(person=placement.person)
    assert line.alone == hours_alone(timetable(share.plan.services.all())) and line.most > 0


@pytest.mark.django_db
def test_somebody_of_another_scheme_is_counted_without_a_name(
    placement, home, team, other_scheme, scheme_worker, care_manager, client
):
    stranger = cast.person(team, worker=care_manager, given_name="Zebedee")
    other = cast.user("Nia North", other_scheme, "scheme_manager")
    factories.existing(stranger, other_scheme, placement.carer, other)
    client.force_login(scheme_worker)
    shown = text(client.get(reverse("placements:rest", args=[home.pk])))
    assert "Another person" in shown and "Zebedee" not in shown
    assert "Live here 2" in " ".join(shown.split())


@pytest.mark.django_db
def test_the_page_warns_and_stays_within_its_questions(
    placement, home, scheme, team, care_manager, carer, scheme_worker, client, council
):
    BreaksPolicy.objects.create(
        council=None, in_force_from=factories.days(-10), nights_a_year=20, weeks_without=3
    )
    break_of(placement, scheme_worker, -60, -50)
    for _other in range(2):
        another = cast.person(team, worker=care_manager)
        cast.supports(another, scheme, scheme_worker)
        factories.held_plan(another, scheme, care_manager, scheme_worker)
        factories.existing(another, scheme, carer, scheme_worker, since=factories.days(-40))
    client.force_login(scheme_worker)
    url = reverse("placements:rest", args=[home.pk])
    shown = text(client.get(url))
    assert "No break for 7 weeks" in shown and "At most 3 weeks" in shown
    assert "10 of 20" in " ".join(shown.split())
    assert re.search(r"\b\d+ h\b", shown) and ".0 h" not in shown
    assert len(queries_of(client, url)) <= 12


@pytest.mark.django_db
def test_an_empty_home_says_so(home, scheme_worker, client):
    client.force_login(scheme_worker)
    assert "Nobody lives here now" in text(client.get(reverse("placements:rest", args=[home.pk])))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("placements_breaks_policy_sensible", {"weeks_without": 0}),
        ("placements_one_breaks_policy_a_day", {}),
    ],
)
def test_the_database_keeps_the_policy(constraint, values):
    BreaksPolicy.objects.create(in_force_from=FIRST)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        BreaksPolicy.objects.create(**{"in_force_from": FIRST, **values})
