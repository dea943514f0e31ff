"""How many places are free, day by day: for reading. Whether a claim stands, only the database decides."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from carers.codes import EVERY_DAY, Claim
from carers.models import AT_MOST, Closure, PlaceLimit, Stay
from carers.rules import claims, holds, human
from sharedlives.together import fetch

A_WEEK = 7


@dataclass(frozen=True)
class Day:
    """One day in one home: who claims it, how many places there are, how many are free (never below nought)."""

    date: object
    stays: list
    adults: int
    places: int

    @property
    def free(self):
        return max(0, self.places - self.adults)


def lookups(first, until=None, stays=None):
    """What to prefetch for `Days` from a day on: stays that count, limits, closures. `stays` narrows or annotates."""
    span = DateRange(first, until)
    stays = (
        (Stay.objects.all() if stays is None else stays).counted().overlapping(span).select_related("person")
    )
    return (
        Prefetch("stays", queryset=stays, to_attr="stays_ahead"),
        Prefetch("limits", queryset=PlaceLimit.objects.filter(period__overlap=span), to_attr="limits_ahead"),
        Prefetch("closures", queryset=Closure.objects.filter(period__overlap=span), to_attr="closures_ahead"),
    )


def ahead(households, first=None, until=None):
    """A queryset of homes that carries what `Days` needs from a day on: three queries however many homes."""
    return households.prefetch_related(*lookups(first or timezone.localdate(), until))


def carrying(households, first, until=None):
    """A page of homes, each with what `Days` needs from a day on: one statement beside their own."""
    homes = list(households)
    parts = {
        lookup.to_attr: lookup.queryset.filter(household__in=[home.pk for home in homes])
        for lookup in lookups(first, until)
    }
    fetch(*parts.values())
    for name, rows in parts.items():
        for home in homes:
            setattr(home, name, [row for row in rows if row.household_id == home.pk])
    return homes


class Days:
    """The days of one home from a day on, counted in memory."""

    def __init__(self, household, first, until=None):
        self.span = DateRange(first, until)
        if not hasattr(household, "stays_ahead"):
            household = type(household)(pk=household.pk)
            prefetch_related_objects([household], *lookups(first, until))
        self.stays = household.stays_ahead
        self.limits, self.closures = household.limits_ahead, household.closures_ahead

    def on(self, date, without=None):
        """One day; `without` leaves out a human being (the id of an identity, or of a person)."""
        stays = [stay for stay in self.stays if claims(stay, date)]
        adults = {human(stay.person) for stay in stays} - {without}
        places = next((row.places for row in self.limits if holds(row.period, date)), AT_MOST)
        closed = sum(row.places for row in self.closures if holds(row.period, date))
        return Day(date, stays, len(adults), places - closed)

    def free(self, claim=Claim.HOME, weekdays=EVERY_DAY, person=None):
        """The places that are free on every one of the days: what one more person would find."""
        mine = human(person) if person else None
        days = self.telling_days(weekdays if claim == Claim.DAY else EVERY_DAY)
        return min((self.on(day, without=mine).free for day in days), default=0)

    def free_from(self):
        """The day from which on a place to live stays free, and how many then; None where none does.

        After the last event everything stays as it is, week by week.
        """
        events = self.events()
        least = [min(self.on(day + timedelta(days=n)).free for n in range(A_WEEK)) for day in events]
        if not least[-1]:
            return None
        first = max((n + 1 for n, free in enumerate(least) if not free), default=0)
        return events[first], min(least[first:])

    def events(self):
        """The days on which something begins or ends, in order, from the first day of all on."""
        events = {self.span.lower}
        for row in (*self.stays, *self.limits, *self.closures):
            events |= {row.period.lower, row.period.upper}
        return sorted(event for event in events if event and holds(self.span, event))

    def telling_days(self, weekdays):
        """Between two events the count of a weekday stays as it is: the first such weekdays after each tell all."""
        after = {event + timedelta(days=n) for event in self.events() for n in range(A_WEEK)}
        return sorted(d for d in after if holds(self.span, d) and weekdays & 1 << d.weekday())


def places_free(household, period, claim=Claim.HOME, weekdays=EVERY_DAY, person=None):
    """How many places a home has free on every day of a period (open end allowed) for such a claim.

    With `person`, their own claims there do not stand in their way.
    """
    return Days(household, period.lower, period.upper).free(claim, weekdays, person)


def occupancy(household, first, last):
    """The days of a home from `first` to `last`, both included, as a list of `Day`."""
    days = Days(household, first, last + timedelta(days=1))
    return [days.on(first + timedelta(days=n)) for n in range((last - first).days + 1)]
