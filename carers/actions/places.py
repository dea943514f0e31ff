"""Claiming places, and giving them back. Whether a place is free, the database says (migration 0002).

Whoever writes more than one stay in a transaction calls `lock_places` first with all persons and homes: taken
bit by bit in another order, the same locks end in a deadlock.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from carers import rules
from carers.codes import DIED, EVERY_DAY
from carers.models import Carer, Household, Stay
from carers.moments import HOME_CHANGED, MOVED
from people.models import Person
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

State = Stay.State


def lock_places(*, persons=(), households=()):
    """Lock persons, with the other records linked to them, then homes, each in order of id. Returns nothing."""
    ids = [person.pk for person in persons]
    linked = Person.objects.filter(pk__in=ids, identity__isnull=False).values("identity")
    rows = Person.objects.filter(Q(pk__in=ids) | Q(identity__in=linked)).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    homes = Household.objects.filter(pk__in=[home.pk for home in households]).order_by("pk")
    list(homes.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))


def lock_stay(stay, *more_homes):
    """The stay as it is now, locked after its person and its homes."""
    now = Stay.objects.select_related("person", "household").get(pk=stay.pk)
    lock_places(persons=[now.person], households=[now.household, *more_homes])
    return lock(Stay, stay.pk)


def refuse_after_death(person, period):
    """Refuse a claim that goes on after a person's death. Raises RuleBroken."""
    died = Person.objects.values_list("date_of_death", flat=True).get(pk=person.pk)
    if died and (period.upper is None or period.upper > died + timedelta(days=1)):
        raise rules.NOT_AFTER_DEATH.broken()


def save(stay, *, by, why):
    with refusals():
        return record(stay, by=by, why=why)


def lives_there(stay):
    """Whether a stay is somebody's home, really: nights, days and mere holds change no household."""
    return stay.claim == "home" and stay.state in (State.BOOKED, State.FOUND)


def save_and_tell(stay, *, by, why):
    """Save a stay, and say so where by it somebody comes to live in the home, or leaves it."""
    save(stay, by=by, why=why)
    if lives_there(stay):
        HOME_CHANGED.happened(household=stay.household, by=by)
    return stay


@transaction.atomic
def claim_place(
    *, person, household, claim, period, by, weekdays=EVERY_DAY, state=State.HELD, hold_until=None, purpose=""
):
    """Claim a place in a home: held (until a day, if `hold_until` says so) or booked.

    `period` is a DateRange [arrival, leaving). Raises RuleBroken when no place is free on one of its days, when
    the person is claimed elsewhere in the same way, or has died.
    """
    lock_places(persons=[person], households=[household])
    refuse_after_death(person, period)
    stay = Stay(
        person=person,
        household=household,
        claim=claim,
        period=period,
        weekdays=weekdays,
        state=state,
        hold_until=hold_until if state == State.HELD else None,
        purpose=purpose,
    )
    return save_and_tell(stay, by=by, why="place held" if state == State.HELD else "place booked")


@transaction.atomic
def record_found(*, person, household, claim, period, by, why, weekdays=EVERY_DAY):
    """Somebody really is in the home, out of rule: recorded and counted, never refused, never a booking."""
    lock_places(persons=[person], households=[household])
    stay = Stay(
        person=person, household=household, claim=claim, period=period, weekdays=weekdays, state=State.FOUND
    )
    return save_and_tell(stay, by=by, why=f"found there: {why}")


@transaction.atomic
def book(*, stay, by):
    """Make a hold firm, or put right a stay that was found. A found one is checked as if it were new."""
    stay = lock_stay(stay)
    if stay.state == State.RELEASED:
        raise rules.STILL_OPEN.broken()
    refuse_after_death(stay.person, stay.period)
    stay.state, stay.hold_until = State.BOOKED, None
    return save_and_tell(stay, by=by, why="booked")


@transaction.atomic
def amend_stay(*, stay, by, period=None, weekdays=None, household=None):
    """Other dates, other weekdays or another home for a stay. Only what is newly covered can be refused."""
    stay = lock_stay(stay, *([household] if household else []))
    if stay.state == State.RELEASED:
        raise rules.STILL_OPEN.broken()
    if period is not None and stay.is_binding and not within(period, stay.period):
        refuse_after_death(stay.person, period)
    stay.period = period or stay.period
    stay.weekdays = weekdays or stay.weekdays
    stay.household = household or stay.household
    return save(stay, by=by, why="stay changed")


def within(inner, outer):
    starts = outer.lower <= inner.lower
    return starts and (outer.upper is None or (inner.upper is not None and inner.upper <= outer.upper))


@transaction.atomic
def release(*, stay, by, why="released"):
    """Give a place back: the stay counts for nothing any more, on no day."""
    stay = lock_stay(stay)
    if stay.state == State.RELEASED:
        return stay
    stay.state = State.RELEASED
    return save(stay, by=by, why=why)


@transaction.atomic
def end_stay(*, stay, leaving_on, by, why="left"):
    """Somebody leaves: `leaving_on` is free again. A stay that had not begun by then is released."""
    stay = lock_stay(stay)
    if leaving_on <= stay.period.lower:
        return release(stay=stay, by=by, why=f"{why} before it began")
    stay.period = rules.period(stay.period.lower, leaving_on)
    return save_and_tell(stay, by=by, why=why)


@transaction.atomic
def move(*, stays, on, by, why="moved"):
    """Move people between homes on a day, all at once: `stays` is [(stay, home)]. Returns [(old, new)] stays.

    All leave before anyone arrives, so two full homes can swap. A stay in progress ends at its old home on that
    day and goes on at the new one; one that is still to come is released and claimed anew.
    """
    ids = [stay.pk for stay, _home in stays]
    now = list(Stay.objects.filter(pk__in=ids).select_related("person", "household").order_by("pk"))
    homes = [stay.household for stay in now] + [home for _stay, home in stays]
    lock_places(persons=[stay.person for stay in now], households=homes)
    before = [(lock(Stay, stay.pk), home) for stay, home in stays]
    left = [
        (end_stay(stay=stay, leaving_on=on, by=by, why=why), home, stay.period, stay.state)
        for stay, home in before
        if going_on(stay, on)
    ]
    moved = [
        (
            old,
            go_on(
                old, home=home, first=max(on, period.lower), until=period.upper, state=state, by=by, why=why
            ),
        )
        for old, home, period, state in left
    ]
    MOVED.happened(stays=moved, on=on, by=by)
    return moved


def going_on(stay, on):
    return stay.state != State.RELEASED and (stay.period.upper is None or stay.period.upper > on)


def go_on(old, *, home, first, until, state, by, why):
    """The same claim at another home."""
    stay = Stay(
        person=old.person,
        household=home,
        claim=old.claim,
        period=rules.period(first, until),
        weekdays=old.weekdays,
        state=state,
        hold_until=old.hold_until if state == State.HELD else None,
        purpose=old.purpose,
    )
    return save_and_tell(stay, by=by, why=why)


@transaction.atomic
def move_home(*, household, to, on, by):
    """A whole home moves to another dwelling: its carers, and everybody who stays with them from that day on.

    Returns [(old, new)] stays. The old dwelling keeps what happened there.
    """
    leaving = Stay.objects.counted().filter(household=household)
    moved = move(
        stays=[(stay, to) for stay in leaving if going_on(stay, on)], on=on, by=by, why="the home moved"
    )
    for carer in Carer.objects.filter(household=household).active(on).order_by("pk"):
        carer = lock(Carer, carer.pk)
        carer.household = to
        record(carer, by=by, why="moved house")
    return moved


@transaction.atomic
def end_stays_of_the_dead(*, person, on, by):
    """A person has died: stays in progress end with that day, stays to come are released."""
    after = on + timedelta(days=1)
    stays = Stay.objects.counted().filter(person=person).select_related("household").order_by("pk")
    ending = [stay for stay in stays if going_on(stay, after)]
    lock_places(persons=[person], households=[stay.household for stay in ending])
    for stay in ending:
        end_stay(stay=stay, leaving_on=after, by=by, why=DIED)


def release_expired_holds(*, as_of=None, limit=None):
    """Release the holds whose day has come, each in a transaction of its own. Returns how many there were."""
    as_of = as_of or timezone.localdate()
    holds = Stay.objects.expired_holds(as_of).order_by("hold_until", "pk")[:limit]
    return sum(release_if_expired(hold, as_of) for hold in holds)


@transaction.atomic
def release_if_expired(hold, as_of):
    """Release one hold, unless somebody booked it or held it longer meanwhile."""
    hold = lock_stay(hold)
    if hold.state != State.HELD or hold.hold_until is None or hold.hold_until > as_of:
        return False
    release(stay=hold, by=None, why="the hold ran out")
    return True
