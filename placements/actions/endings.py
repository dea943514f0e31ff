"""How a placement ends: the place is free again from the day, and a coded reason says why."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from carers import actions as carers
from carers.codes import DIED
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .. import codes, queries, rules
from ..models import Match, Placement, Referral
from ..moments import ENDED
from .away import nobody_is_away
from .charges import no_more_looks
from .deaths import owe_after_death
from .involved import end_supports
from .referrals import close_referral
from .starts import close_owed, homes
from .stopping import nothing_to_settle
from .visits import no_more_visits


@transaction.atomic
def end(*, placement, on, reason, by, words="", version=None):
    """End a placement on a day that has come: the first day on which the person is no longer there.

    One that was agreed and never began ends as *never started*, and its hold is given back; its referral stays open.
    """
    carers.lock_places(persons=[placement.person], households=homes(placement))
    placement = lock(Placement, placement.pk, version)
    check(placement, on)
    began = placement.state == Placement.State.ACTIVE
    placement.state, placement.ended_on = Placement.State.ENDED, on
    placement.end_reason = reason if began else codes.EndReason.NEVER_STARTED
    placement.end_words = words.strip()
    with refusals(placements_dates_in_order="on"):
        record(placement, by=by, why=f"ended: {placement.get_end_reason_display()}")
    leave(placement, on, began, by, why=DIED if reason == codes.EndReason.DIED else "left")
    for row in placement.owed.open():
        close_owed(row, "The placement ended", by)
    nobody_is_away(placement, on, by)
    no_more_visits(placement, by, on)
    no_more_looks(placement, by)
    nothing_to_settle(placement, by)
    end_supports(person=placement.person, scheme=placement.scheme, on=on, by=by)
    ENDED.happened(placement=placement, by=by)
    return placement


def check(placement, on):
    if placement.state == Placement.State.ENDED:
        raise rules.STATE.broken(state="ended")
    if on > timezone.localdate():
        raise rules.NOT_YET.broken("on", on=on)
    if placement.state == Placement.State.ACTIVE and on < placement.starts_on:
        raise rules.DATES_IN_ORDER.broken("on", began=placement.starts_on)


def leave(placement, on, began, by, why):
    """Give the place back; a match that never led to a start ends too, so that another can be agreed.

    All that is booked ahead for it is free again.
    """
    for stay in queries.stays_of(placement).exclude(state="released").order_by("pk"):
        if began and stay.period.upper is not None and stay.period.upper <= on:
            continue
        if began:
            carers.end_stay(stay=stay, leaving_on=on, by=by, why=why)
        else:
            carers.release(stay=stay, by=by, why="never started")
    match = placement.match
    if match is not None and not began:
        match = lock(Match, match.pk)
        match.state, match.ended_on, match.ended_because = Match.State.ENDED, on, "never started"
        record(match, by=by, why="never started")


@transaction.atomic
def end_after_death(*, person, on, by):
    """Somebody has died: placements that ran end with that day, agreed ones never start, referrals are closed; what is
    owed to others has its rows."""
    rows = list(
        Placement.objects.not_ended().filter(person=person).order_by("pk").select_related("household")
    )
    carers.lock_places(persons=[person], households=[row.household for row in rows if row.household_id])
    leaving = min(on + timedelta(days=1), timezone.localdate())
    for placement in rows:
        ran = placement.state == Placement.State.ACTIVE
        first = placement.starts_on if ran else leaving
        end(placement=placement, on=max(leaving, first), reason=codes.EndReason.DIED, by=by)
        if ran:
            owe_after_death(placement, by)
    for referral in Referral.objects.open().filter(person=person).order_by("pk"):
        close_referral(referral=referral, reason=codes.ClosedReason.DIED, by=by)
