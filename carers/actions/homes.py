"""Registering homes, their limits, and when places are not available."""

from django.db import transaction
from django.utils import timezone

from carers import rules
from carers.models import Closure, Household, HouseholdMember, HouseholdScheme, PlaceLimit, Requirement
from carers.moments import HOME_CHANGED
from sharedlives.records.actions import lock, record, strike
from sharedlives.rules import refusals

from .places import lock_places
from .requirements import ask_when_due

BESIDE = {
    "carers_one_home_per_address": "address",
    "carers_one_home_per_uprn": "uprn",
    "carers_uprn_is_digits": "uprn",
}


def address_keys(household):
    """Set what tells one dwelling from another."""
    household.postcode = spaced_postcode(household.postcode)
    household.uprn = "".join(household.uprn.split()).lstrip("0")
    household.normalised_address = rules.normalised(household.address, household.postcode)


def spaced_postcode(text):
    """A postcode in capitals with its one space: NS1 1AA."""
    plain = "".join(text.upper().split())
    return f"{plain[:-3]} {plain[-3:]}" if len(plain) > 4 else plain


@transaction.atomic
def register_household(*, scheme, council, by, places=3, since=None, **facts):
    """Put a dwelling on our records, attached to a scheme, with its limit.

    Raises RuleBroken when the dwelling is there already: places are counted per dwelling.
    """
    since = since or timezone.localdate()
    household = Household(council=council, **facts)
    address_keys(household)
    with refusals(**BESIDE):
        record(household, by=by, why="registered")
    link = HouseholdScheme(household=household, scheme=scheme, since=since)
    record(link, by=by, why=f"{scheme} works with this home")
    set_limit(household=household, places=places, period=rules.period(since), by=by)
    return household


@transaction.atomic
def correct_household(*, household, by, version=None, **facts):
    """Put right what is known of a dwelling, its address included. Raises Stale, or RuleBroken for a second row."""
    household = lock(Household, household.pk, version)
    for name, value in facts.items():
        setattr(household, name, value)
    address_keys(household)
    with refusals(**BESIDE):
        return record(household, by=by, why="details corrected")


@transaction.atomic
def share_household(*, household, scheme, by, since=None):
    """Another scheme works with this home too. Both see it; the places stay those of one dwelling."""
    link = HouseholdScheme(household=household, scheme=scheme, since=since or timezone.localdate())
    with refusals(carers_scheme_attached_once="scheme"):
        record(link, by=by, why=f"shared with {scheme}")
    return household


@transaction.atomic
def detach_scheme(*, link, on, by):
    """A scheme no longer works with a home, from a day on."""
    link = lock(HouseholdScheme, link.pk)
    link.until = max(on, link.since)
    return record(link, by=by, why="no longer works with this home")


@transaction.atomic
def add_member(*, household, given_name, relation, by, born_in=None, since=None):
    """Somebody of the carer's own family lives there. Only the month of birth is kept. Their check falls due by itself."""
    member = HouseholdMember(
        household=household,
        given_name=given_name,
        relation=relation,
        born_in=born_in and born_in.replace(day=1),
        since=since or timezone.localdate(),
    )
    record(member, by=by, why="lives in the home")
    ask_when_due(member=member, by=by)
    HOME_CHANGED.happened(household=household, by=by)
    return member


@transaction.atomic
def end_member(*, member, on, by, version=None):
    """Somebody of the family no longer lives there, from a day that has come. Their checks are asked for no more."""
    member = lock(HouseholdMember.objects.select_related("household"), member.pk, version)
    if member.until is not None:
        raise rules.MEMBER_LEFT.broken()
    if on > timezone.localdate() or on < member.since:
        raise rules.MEMBER_LEAVES.broken("on", since=member.since)
    member.until = on
    record(member, by=by, why="no longer lives in the home")
    for row in Requirement.objects.filter(member=member, next_stage_on__isnull=False).order_by("pk"):
        row.next_stage_on = None
        record(row, by=by, why="no longer lives in the home")
    HOME_CHANGED.happened(household=member.household, by=by)
    return member


@transaction.atomic
def set_limit(*, household, places, period, by):
    """So many places in a period, whatever was set for it before. Nobody is put out by a lower limit."""
    lock_places(households=[household])
    with refusals(carers_limit_one_to_three="places"):
        for row in PlaceLimit.objects.filter(household=household, period__overlap=period).order_by("pk"):
            before, after = rules.without(row.period, period)
            if after is not None and before is None:
                row.period = after
                record(row, by=by, why="limit changed before this")
            elif before is None:
                strike(row, by=by, why="limit replaced")
            else:
                row.period = before
                record(row, by=by, why="limit changed after this")
            if after is not None and before is not None:
                rest = PlaceLimit(household=household, places=row.places, period=after)
                record(rest, by=by, why="limit goes on after the change")
        return record(PlaceLimit(household=household, places=places, period=period), by=by, why="limit set")


@transaction.atomic
def close_places(*, household, places, period, reason, by):
    """Places are not available in a period. Who lives there stays; nobody new comes in."""
    lock_places(households=[household])
    closure = Closure(household=household, places=places, period=period, reason=reason)
    with refusals(carers_closure_one_to_three="places"):
        return record(closure, by=by, why="places not available")


@transaction.atomic
def reopen(*, closure, on, by):
    """The places are available again from a day on. A closure that had not begun by then is struck out."""
    lock_places(households=[closure.household])
    closure = lock(Closure, closure.pk)
    if on <= closure.period.lower:
        strike(closure, by=by, why="available after all")
    elif closure.period.upper is None or on < closure.period.upper:
        closure.period = rules.period(closure.period.lower, on)
        record(closure, by=by, why="available again")
    return closure.household
