"""What is owed to others after a death; and putting right a death that was recorded in error."""

from django.db import transaction
from django.utils import timezone

from carers import actions as carers
from carers.models import Stay
from people.models import Involvement
from sharedlives.records.actions import lock, record
from sharedlives.worklist.deadlines import first_stage_on

from ..codes import EndReason
from ..models import OwedAfterDeath, Placement
from .visits import owe_visit

IN_ERROR = "the death was recorded in error"
DEADLINE = "placements.owed_after_death"


def owe_after_death(placement, by):
    """What the scheme owes to CQC, family, housemates and for belongings, once a person and scheme."""
    today = timezone.localdate()
    owed = OwedAfterDeath.objects.open().filter(person=placement.person, organisation=placement.scheme)
    if owed.exists():
        return
    council = placement.funding_team and placement.funding_team.council
    for what in OwedAfterDeath.What:
        due_on = OwedAfterDeath.due_for(what, today)
        row = OwedAfterDeath(
            placement=placement, person=placement.person, organisation=placement.scheme, what=what, due_on=due_on,
            next_stage_on=first_stage_on(DEADLINE, council=council, due_on=due_on),
        )  # fmt: skip
        record(row, by=by, why="owed after a death")


@transaction.atomic
def done_after_death(*, owed, words, by, version=None):
    """It was done: when and by whom is kept, with what was done in words."""
    owed = lock(OwedAfterDeath, owed.pk, version)
    if owed.done_on is None:
        owed.done_on, owed.done_by, owed.words = timezone.localdate(), by, words.strip()
        owed.next_stage_on = None
        record(owed, by=by, why="done")
    return owed


@transaction.atomic
def restore_after_death(*, person, by):
    """The death was recorded in error: what ended because of it goes on as it was, and nothing is owed for it.

    What was only agreed or referred is agreed or referred anew: a place held for it is free again.
    """
    for owed in OwedAfterDeath.objects.open().filter(person=person).order_by("pk"):
        done_after_death(owed=owed, words=IN_ERROR, by=by)
    for placement in Placement.objects.filter(person=person, state=Placement.State.ENDED).order_by("pk"):
        before = ended_by_death(placement)
        if before is not None:
            restore(placement, before, by)
    for stay in held_for_nothing(person):
        carers.release(stay=stay, by=by, why=f"no longer agreed: {IN_ERROR}")


def held_for_nothing(person):
    """Places held for placements all of which have ended."""
    held = Stay.objects.binding().filter(person=person, state=Stay.State.HELD, booking__isnull=False)
    return held.exclude(booking__placement__in=Placement.objects.not_ended()).distinct().order_by("pk")


def ended_by_death(placement):
    """How a placement stood before the death ended it, or None where something else did."""
    last = placement.history.filter(version=placement.version).first()
    if last is None or last.history_change_reason != f"ended: {EndReason.DIED.label}":
        return None
    return placement.history.filter(version=placement.version - 1).order_by("-history_date").first()


def restore(placement, before, by):
    placement = lock(Placement, placement.pk)
    ended_on = placement.ended_on
    for name in ("state", "ended_on", "end_reason", "end_words"):
        setattr(placement, name, getattr(before, name))
    record(placement, by=by, why=IN_ERROR)
    owe_visit(placement, by)
    rows = Involvement.objects.filter(
        person=placement.person, organisation=placement.scheme, role=Involvement.Role.SUPPORTS, until=ended_on
    )
    for row in rows.order_by("pk"):
        row.until = None
        record(row, by=by, why=IN_ERROR)
