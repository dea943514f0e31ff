"""A home moves house; and two rows that turn out to be one dwelling are joined."""

from django.db import transaction
from django.utils import timezone

from carers import rules
from carers.models import (
    Carer,
    Closure,
    Household,
    HouseholdMember,
    HouseholdScheme,
    Requirement,
    SameDwelling,
    Stay,
)
from carers.moments import MOVED
from people.models.organisation import current
from sharedlives.records.actions import lock, record
from sharedlives.rules import RuleBroken, refusals

from .homes import BESIDE, address_keys, set_limit
from .places import going_on, lock_places, move_home

KEPT_WITH_THE_FAMILY = ("label", "council_id", "pet_kinds", "pets", "smoking", "assistants")


@transaction.atomic
def move_house(*, household, address, postcode, on, by, uprn=""):
    """The family moves to another dwelling, which comes on our records: schemes, limit, carers, family and everybody
    who stays there go along. Returns the new home. Raises RuleBroken for a day to come, or a dwelling that we have."""
    today = timezone.localdate()
    if on > today:
        raise rules.MOVED_ALREADY.broken("on")
    kept = {name: getattr(household, name) for name in KEPT_WITH_THE_FAMILY}
    new = Household(address=address, postcode=postcode, uprn=uprn, **kept)
    address_keys(new)
    with refusals(**BESIDE):
        record(new, by=by, why="the home moved here")
    for link in HouseholdScheme.objects.filter(current(today), household=household).order_by("pk"):
        record(HouseholdScheme(household=new, scheme=link.scheme, since=on), by=by, why="moved along")
    limit = household.limits.filter(period__contains=on).first()
    if limit is not None:
        set_limit(household=new, places=limit.places, period=rules.period(on), by=by)
    for member in HouseholdMember.objects.filter(current(on), household=household).order_by("pk"):
        member.household = new
        record(member, by=by, why="moved along")
    move_home(household=household, to=new, on=on, by=by)
    return new


@transaction.atomic
def say_same_dwelling(*, kept, other, why, by):
    """Two rows are one dwelling: from now on nothing new is booked at either, until they are joined."""
    if kept.pk == other.pk:
        raise rules.TWO_ROWS.broken("other")
    lock_places(households=[kept, other])
    if SameDwelling.objects.filter(other__in=[kept, other]).exists():
        raise rules.SAID_ALREADY.broken("other")
    pair = SameDwelling(kept=kept, other=other, why=why.strip(), said_by=by)
    return record(pair, by=by, why="two rows of one dwelling")


@transaction.atomic
def join_dwellings(*, pair, by):
    """Join two rows of one dwelling: what goes on at the other goes on at the one that is kept, counted together.

    Who is there stays there: where more than three adults, or more than the limit, come together, those from the other
    row count as found there, out of rule, and nothing new fits in. Returns how many those are.
    """
    pair = lock(SameDwelling, pair.pk)
    if pair.joined_on is not None:
        raise rules.SAID_ALREADY.broken()
    kept, other, today = pair.kept, pair.other, timezone.localdate()
    stays = [
        stay
        for stay in Stay.objects.counted().filter(household=other).select_related("person").order_by("pk")
        if going_on(stay, today)
    ]
    lock_places(persons=[stay.person for stay in stays], households=[kept, other])
    pair.joined_on, pair.joined_by = today, by
    record(pair, by=by, why="joined")
    take_along(kept, other, today, by)
    moved = [take_stay(stay, kept, by) for stay in stays]
    MOVED.happened(stays=[(stay, stay) for stay in moved], on=today, by=by)
    return sum(stay.state == Stay.State.FOUND for stay in moved)


def take_along(kept, other, today, by):
    """Carers, family, closures and schemes of the other row belong to the dwelling."""
    for model in (Carer, HouseholdMember, Closure, Requirement):
        for row in model.objects.filter(household=other).order_by("pk"):
            row.household = kept
            record(row, by=by, why="two rows of one dwelling were joined")
    attached = set(
        HouseholdScheme.objects.filter(current(today), household=kept).values_list("scheme", flat=True)
    )
    for link in HouseholdScheme.objects.filter(current(today), household=other).order_by("pk"):
        if link.scheme_id not in attached:
            new = HouseholdScheme(household=kept, scheme_id=link.scheme_id, since=today)
            record(new, by=by, why="two rows of one dwelling were joined")
        link.until = max(today, link.since)
        record(link, by=by, why="two rows of one dwelling were joined")


def take_stay(stay, kept, by):
    """One stay goes on at the row that is kept: as it was, or found there where the places do not suffice."""
    stay = lock(Stay, stay.pk)
    stay.household, was = kept, stay.version
    try:
        with transaction.atomic(), refusals():
            return record(stay, by=by, why="two rows of one dwelling were joined")
    except RuleBroken:
        stay.version, stay.state, stay.hold_until = was, Stay.State.FOUND, None
        return record(stay, by=by, why="found there when two rows of one dwelling were joined")
