"""How many places are free, and what a carer lacks: read from the tables."""

from datetime import date, timedelta

import pytest

from carers.models import Approval, Household, Training, TrainingCourse
from carers.queries import Days, occupancy, places_free
from carers.rules import approved_for, emergency_ready
from people.models import Identity

from . import factories
from .factories import closure, day, limit, span, stay

pytestmark = pytest.mark.django_db


def test_days_tell_who_is_there_and_what_is_free(home, people):
    limit(home, 2)
    stay(people[0], home, end=3)
    stay(people[1], home, "day", weekdays=1 + 4)
    closure(home, 1, first=3, end=4)
    days = occupancy(home, day(0), day(4))
    assert [(d.adults, d.places, d.free) for d in days] == [
        (2, 2, 0),
        (1, 2, 1),
        (2, 2, 0),
        (0, 1, 1),
        (0, 2, 2),
    ]


def test_places_are_free_only_if_free_on_every_day(home, people):
    stay(people[0], home, "night", first=400, end=402)
    stay(people[1], home, "day", weekdays=2)
    assert places_free(home, span(0)) == 1
    assert places_free(home, span(0, 400)) == 2
    assert places_free(home, span(0), "day", weekdays=4) == 2
    assert places_free(home, span(0), "day", weekdays=1) == 3
    assert places_free(home, span(0, 1), "day", weekdays=2) == 0  # no Tuesday in it: no day at all


def test_a_place_to_live_is_free_from_the_day_after_which_it_stays_free(home, people):
    limit(home, 2)
    days = lambda: Days(Household.objects.get(), day(0)).free_from()  # noqa: E731
    assert days() == (day(0), 2)
    stay(people[0], home, end=10)
    assert days() == (day(0), 1)
    booked = stay(people[1], home, "night", first=20, end=24)
    assert days() == (day(0), 1)
    stay(people[2], home, "night", first=20, end=22)
    assert days() == (day(22), 1), "full for two nights in three weeks"
    booked.delete()
    stay(people[3], home, "day", first=30, weekdays=2)
    closure(home, 1, first=40, end=60)
    assert days() == (day(60), 1), "full on the Tuesdays of a closure"
    stay(people[1], home, "night", first=60)
    assert days() is None, "full on every Tuesday, for ever"


def test_a_persons_own_claims_do_not_stand_in_their_way(home, people):
    limit(home, 1)
    stay(people[0], home)
    assert places_free(home, span(0)) == 0
    assert places_free(home, span(0), person=people[0]) == 1


def test_linked_records_and_the_dead_count_as_the_database_counts_them(home, people):
    identity = Identity.objects.create()
    for person in people[:2]:
        person.identity = identity
        person.save()
        stay(person, home)
    people[2].date_of_death = day(5)
    people[2].save()
    stay(people[2], home)
    assert places_free(home, span(0)) == 1
    assert places_free(home, span(6)) == 2


def test_more_people_than_places_are_no_negative_number(home, people):
    for person in people[:4]:
        stay(person, home, state="found")
    assert places_free(home, span(0)) == 0


def test_what_a_carer_lacks_for_emergencies_is_read_from_the_tables(home, scheme, person):
    carer = factories.carer(home, scheme)
    course = TrainingCourse.objects.get(slug="emergency-placements")
    today = date(2026, 3, 1)

    def approvals(on):
        return Approval.objects.filter(carer=carer).current(on)

    def refusals(on):
        courses = TrainingCourse.objects.filter(for_emergencies=True)
        return emergency_ready(approvals(on), courses, Training.objects.filter(carer=carer), on, None)

    assert len(refusals(today)) == 2
    factories.approval(carer, "live_in", emergency=True)
    factories.training(carer, course, expires_on=today)
    assert refusals(today) == ["Emergency placements has expired"]
    assert refusals(today - timedelta(days=1)) == []
    assert approved_for(approvals(today), "live_in", person, today) == carer.approvals.get()
    assert approved_for(approvals(today), "day_support", person, today) is None
