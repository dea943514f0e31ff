"""Homes, stays and carers for tests: written straight to the tables, so that the database alone answers."""

import itertools
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from carers.models import Approval, Carer, Closure, Household, HouseholdScheme, PlaceLimit, Stay, Training

from .. import factories as people

counter = itertools.count(1)
MONDAY = date(2027, 3, 1)


def day(n):
    """Day n of a long run of days; day 0 is a Monday."""
    return date.fromordinal(MONDAY.toordinal() + n)


def span(first=0, end=None):
    """From day `first` up to but without day `end`; no end: open."""
    return DateRange(day(first), None if end is None else day(end))


def home(council, scheme=None, **facts):
    n = next(counter)
    facts = {
        "label": f"Home {n}",
        "address": f"{n} Harbour Road",
        "normalised_address": f"{n} harbour rd|ns11aa",
        "postcode": "NS1 1AA",
    } | facts
    row = Household.objects.create(council=council, **facts)
    if scheme:
        HouseholdScheme.objects.create(household=row, scheme=scheme, since=date(2020, 1, 1))
    return row


def stay(person, home, claim="home", first=0, end=None, state="booked", weekdays=127, **facts):
    return Stay.objects.create(
        person=person,
        household=home,
        claim=claim,
        period=span(first, end),
        state=state,
        weekdays=weekdays,
        **facts,
    )


def limit(home, places, first=0, end=None):
    return PlaceLimit.objects.create(household=home, places=places, period=span(first, end))


def closure(home, places=1, first=0, end=None):
    return Closure.objects.create(household=home, places=places, period=span(first, end), reason="Holiday")


def persons(team, n, **facts):
    return [people.person(team, **facts) for _one in range(n)]


def carer(home, scheme, **facts):
    n = next(counter)
    facts = {"given_name": "Mary", "family_name": f"Okafor{n}", "reference": f"C-{n:06}"} | facts
    return Carer.objects.create(household=home, organisation=scheme, **facts)


def approval(carer, *kinds, **facts):
    return Approval.objects.create(
        carer=carer, kinds=list(kinds or ["live_in"]), **({"since": date(2024, 1, 1)} | facts)
    )


def training(carer, course, done_on=date(2026, 1, 1), expires_on=None):
    return Training.objects.create(carer=carer, course=course, done_on=done_on, expires_on=expires_on)
