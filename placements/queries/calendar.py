"""Short breaks and days of support, day by day: who is expected in a home, and how many places are still free."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects

from carers.codes import Claim, PlacementKind
from carers.models import Household, Stay
from carers.queries import Days, carrying, lookups
from people.models import Person
from people.visibility import Level

from ..breaks import days_of, month_after, weeks_of
from ..models import Booking, Placement
from ..models.scope import own_schemes

BOOKED_BY_DATE = (PlacementKind.SHORT_BREAK, PlacementKind.DAY_SUPPORT)
SOMEBODY = "Another person"


@dataclass(frozen=True)
class Cell:
    """One day of a home's month: who comes, how many live there, how many places are free."""

    date: Any
    guests: list
    live_here: int
    free: int


def month_of_home(home, user, first):
    """The weeks of a home's month, each seven cells or None, and the persons who are named in it.

    Those whom the user may not see are counted, without a name.
    """
    known = Person.objects.visible_to(user, least=Level.SUPPORTS).filter(pk=OuterRef("person"))
    stays, until = Stay.objects.annotate(known=Exists(known)), month_after(first)
    prefetch_related_objects([home], *lookups(first, until, stays=stays))
    days = Days(home, first, until)
    weeks = [[day and cell(days.on(day)) for day in week] for week in weeks_of(first)]
    return weeks, {stay.person_id for stay in home.stays_ahead if stay.known}


def cell(day):
    guests = [
        {"who": str(stay.person) if stay.known else SOMEBODY, "night": stay.claim == Claim.NIGHT, "state": stay.state}
        for stay in day.stays
        if stay.claim != Claim.HOME
    ]  # fmt: skip
    live = {stay.person_id for stay in day.stays if stay.claim == Claim.HOME}
    return Cell(day.date, sorted(guests, key=lambda g: (not g["night"], g["who"])), len(live), day.free)


def homes_for_breaks(user, on):
    """The homes of the user's own schemes in which somebody is approved for short breaks on a day."""
    return Household.objects.visible_to(user, on=on).approved_for(PlacementKind.SHORT_BREAK, on)


def month_of_homes(page, first):
    """[(home, places free on each day of the month)] of a page of homes: one query for all."""
    homes = carrying(page, first, month_after(first))
    return [(home, [Days(home, first).on(day).free for day in days_of(first)]) for home in homes]


def may_book(user, home):
    """The placements of the user's own schemes for which breaks or days in a home can be booked."""
    rows = Placement.objects.visible_to(user).active().filter(household=home, kind__in=BOOKED_BY_DATE)
    return rows.filter(scheme__in=own_schemes(user)).select_related("person").order_by("person__sort_name")


def bookings_of(placements, first, until):
    """What is booked for placements in a time, with its stay: the earliest first."""
    rows = Booking.objects.filter(placement__in=placements, stay__state__in=("held", "booked"))
    rows = rows.filter(stay__period__overlap=(first, until)).select_related("stay", "placement__person")
    return rows.order_by("stay__period", "pk")
