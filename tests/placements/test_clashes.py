"""The week of a plan against what its carers said about theirs."""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from careplans import actions as plans
from careplans.timetable import timetable
from carers import actions as carers
from placements.clashes import clashes

from .. import factories as cast
from ..careplans.factories import draft
from ..careplans.pages import queries_of, text
from . import factories

WEDNESDAY = 1 << 2


def service(kind, weekdays=(), start=None, end=None):
    return SimpleNamespace(
        kind=kind, name=kind, weekdays=list(weekdays), starts_at=start, ends_at=end, until=None
    )


LIVES_IN = timetable([service("shared_lives")])


def words(week, *carers):
    return [clash.words for clash in clashes(week, carers)]


def test_nobody_said_anything():
    assert words(LIVES_IN, ("Hilda Moss", set())) == []
    assert words(LIVES_IN) == []


def test_an_evening_that_rests_on_a_carer_who_cannot():
    (found,) = clashes(LIVES_IN, [("Hilda Moss", {(1, "evening")})])
    assert found.words == (
        "Tuesday evening rests on Hilda Moss, who has said that they cannot support then (5 hours a week)."
    )
    assert found.stretches == ((1, 17 * 60, 22 * 60),)


def test_somebody_else_who_supports_then_leaves_the_rest_or_nothing():
    out = ("Hilda Moss", {(1, "evening"), (4, "evening")})
    club = service("day", [1], time(17), time(22))
    assert words(timetable([service("shared_lives"), club]), out)[0].startswith(
        "Friday evening rests on Hilda"
    )
    half = service("day", [1, 4], time(18), time(20, 30))
    (found,) = clashes(timetable([service("shared_lives"), half]), [out])
    assert found.words.startswith("Tuesday and Friday evening rest on Hilda Moss")
    assert "(5 hours a week)" in found.words
    assert found.stretches[:2] == ((1, 1020, 1080), (1, 1230, 1320))


def test_as_long_as_one_of_a_couple_can_there_is_none():
    week = {(day, "morning") for day in range(7)}
    assert words(LIVES_IN, ("Hilda Moss", week), ("Ivo Moss", set())) == []
    (found,) = words(LIVES_IN, ("Hilda Moss", week), ("Ivo Moss", {(6, "morning")}))
    assert found.startswith("Sunday morning rests on Hilda Moss and Ivo Moss, who have said")


def test_a_night_goes_on_on_the_next_day():
    (found,) = clashes(LIVES_IN, [("Hilda Moss", {(6, "night")})])
    assert found.words.startswith("Sunday night rests on Hilda Moss")
    assert found.stretches == ((0, 0, 7 * 60), (6, 22 * 60, 24 * 60))


def test_day_support_rests_on_the_carer_only_while_it_lasts():
    week = timetable([service("shared_lives", [2], time(10), time(16))])
    assert words(week, ("Hilda Moss", {(2, "evening"), (3, "morning")})) == []
    (found,) = words(week, ("Hilda Moss", {(2, "morning")}))
    assert found.startswith("Wednesday morning")
    assert "(2 hours a week)" in found


# -- On the pages of a plan --------------------------------------------------------------------------------


@pytest.fixture
def plan(agreed, care_manager):
    """A draft in which the person lives with the carer, and is at a day service on Wednesday."""
    row = draft(agreed.person, care_manager)
    plans.add_service(plan=row, by=care_manager, kind="shared_lives", name="Shared Lives")
    plans.add_service(
        plan=row, by=care_manager, kind="day", name="Brook", weekdays=[2], starts_at=time(9), ends_at=time(17)
    )
    return row


def cannot(carer, by, parts=("evening",), **facts):
    given = {"says": "cannot", "weekdays": WEDNESDAY, "parts": list(parts), "since": cast.today()} | facts
    return carers.state_availability(carer=carer, words="Sings in a secret choir", by=by, **given)


@pytest.mark.parametrize("name", ["plan", "services"])
def test_a_plan_says_where_it_clashes_and_the_table_too(
    client, plan, agreed, care_manager, scheme_worker, name
):
    address = reverse(f"careplans:{name}", args=[plan.pk])
    client.force_login(care_manager)
    assert "cannot support" not in text(client.get(address))
    cannot(agreed.carer, scheme_worker, ["morning", "evening"])
    page = text(client.get(address))
    assert (
        f"Wednesday evening rests on {agreed.carer.known_as}, who has said that they cannot support then"
        in page
    )
    assert "Wednesday morning rests on" in page, "from seven to nine"
    assert "The carer cannot support Monday" in page
    assert "7:00 to 9:00; 17:00 to 22:00" in page
    assert "secret choir" not in page, "what else the carer said is for the scheme"
    assert len(queries_of(client, address)) <= 12


def test_what_holds_no_longer_clashes_with_nothing(client, plan, agreed, care_manager, scheme_worker):
    old = cast.today() - timedelta(days=30)
    cannot(agreed.carer, scheme_worker, since=old, until=cast.today())
    client.force_login(care_manager)
    assert "cannot support" not in text(client.get(plan.get_absolute_url()))


def test_another_carer_of_the_home_may_support_then(client, plan, agreed, care_manager, scheme_worker):
    cannot(agreed.carer, scheme_worker)
    client.force_login(care_manager)
    assert "Wednesday evening rests on" in text(client.get(plan.get_absolute_url()))
    carers.register_carer(household=agreed.household, given_name="Ivo", family_name="Moss", by=scheme_worker)
    assert "Wednesday evening rests on" not in text(client.get(plan.get_absolute_url()))


def test_whoever_does_not_see_the_placement_learns_nothing_of_the_carer(
    client, agreed, care_manager, scheme_worker, other_scheme
):
    cast.supports(agreed.person, other_scheme)
    row = draft(agreed.person, care_manager)
    plans.add_service(plan=row, by=care_manager, kind="shared_lives", name="Shared Lives")
    signed = factories.careplans.sign(row, care_manager)
    plans.share_plan(plan=signed, scheme=other_scheme, by=care_manager)
    cannot(agreed.carer, scheme_worker)
    client.force_login(cast.user("Sid Strange", other_scheme, "scheme_worker"))
    page = text(client.get(signed.get_absolute_url()))
    assert "who supports when" in page
    assert agreed.carer.known_as not in page
    assert "cannot support" not in page
