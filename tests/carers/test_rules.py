"""Approval, emergencies, training dates, spellings of an address: pure, without a database."""

from datetime import date

import pytest

from carers import rules
from carers.codes import weekday_names
from carers.models import Approval, Training, TrainingCourse
from people.models import Person

from .factories import day, span

COURSE = TrainingCourse(name="Emergency placements", for_emergencies=True)
FIRST_AID = TrainingCourse(name="First aid", mandatory=True)


def approval(**facts):
    return Approval(**({"kinds": ["live_in"], "since": day(0)} | facts))


def training(course=COURSE, done=0, expires=None):
    return Training(course=course, done_on=day(done), expires_on=expires and day(expires))


def test_an_approval_holds_for_its_kinds_and_days():
    row = approval(until=day(10))
    assert rules.approved_for([row], "live_in", None, day(9)) is row
    assert rules.approved_for([row], "live_in", None, day(10)) is None
    assert rules.approved_for([row], "live_in", None, day(-1)) is None
    assert rules.approved_for([row], "short_break", None, day(0)) is None


def test_an_approval_for_one_person_is_for_nobody_else():
    ahmad, other = Person(), Person()
    row = approval(only_for=ahmad)
    assert rules.approved_for([row], "live_in", ahmad, day(0)) is row
    assert rules.approved_for([row], "live_in", other, day(0)) is None
    assert rules.approved_for([row], "live_in", None, day(0)) is None


@pytest.mark.parametrize(
    ("approvals", "trainings", "lacks"),
    [
        ([approval(emergency=True)], [training(expires=10)], []),
        ([approval()], [training()], ["not approved for emergencies"]),
        ([approval(emergency=True, until=day(5))], [training()], ["not approved for emergencies"]),
        ([approval(emergency=True)], [], ["Emergency placements was not done"]),
        ([approval(emergency=True)], [training(expires=5)], ["Emergency placements has expired"]),
        ([approval(emergency=True)], [training(expires=5), training(done=3, expires=40)], []),
        ([approval(emergency=True, only_for=Person())], [training()], ["not approved for emergencies"]),
    ],
)
def test_emergencies_need_approval_and_training_that_last(approvals, trainings, lacks):
    assert rules.emergency_ready(approvals, [COURSE, FIRST_AID], trainings, day(5)) == lacks


@pytest.mark.parametrize(
    ("done", "months", "until"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 22), 36, date(2029, 11, 22)),
        (date(2026, 11, 22), None, None),
    ],
)
def test_months_are_calendar_months(done, months, until):
    assert rules.expires_on(done, months) == until


def test_what_lapses_is_told_before_it_has_lapsed():
    courses = [COURSE, FIRST_AID]
    done = [training(expires=30), training(expires=20)]
    found = rules.lapses([approval(until=day(40)), approval()], courses, done, day(0))
    assert found == [
        ("Emergency placements", day(20), "expires_soon"),
        ("First aid", None, "missing"),
        ("Approval", day(40), "expires_soon"),
    ]
    assert rules.lapses([], [COURSE], [training(expires=20)], day(20)) == [
        ("Emergency placements", day(20), "lapsed")
    ]


@pytest.mark.parametrize(
    "spelt",
    [
        ("12 Station Road, Harbour", "NS4 7QT"),
        ("12, station rd. harbour", "ns47qt"),
        ("No. 12 Station Road Harbour NS4 7QT", "NS4 7QT"),
    ],
)
def test_spellings_of_one_address_are_one(spelt):
    assert rules.normalised(*spelt) == "12 station rd harbour|ns47qt"


def test_different_addresses_stay_different():
    flats = {rules.normalised(f"Flat {n}, 12 Station Road", "NS4 7QT") for n in (1, 2)}
    assert len(flats) == 2
    assert rules.normalised("1 High Street", "NS4 7QT") != rules.normalised("1 High Street", "NS4 7QU")


@pytest.mark.parametrize(
    ("gap", "left"),
    [
        (span(2, 4), (span(0, 2), span(4, 9))),
        (span(0, 9), (None, None)),
        (span(-3, 4), (None, span(4, 9))),
        (span(4), (span(0, 4), None)),
    ],
)
def test_cutting_a_period(gap, left):
    assert rules.without(span(0, 9), gap) == left


def test_weekdays_in_words():
    assert weekday_names(1 + 4 + 64) == ["Monday", "Wednesday", "Sunday"]
