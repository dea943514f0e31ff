"""A death that was recorded in error: what had to be looked at must be looked at again."""

from django.db import transaction

from placements.codes import EndReason
from sharedlives.records.actions import record
from sharedlives.worklist.deadlines import first_stage_on

from ..models import ReviewDue
from .dues import DUE

DIED = ("the person died", f"the placement ended: {EndReason.DIED.label.lower()}")
LIKE_BEFORE = (
    "person", "organisation", "subject", "placement", "service", "is_first", "policy", "counted_from", "agreed_on",
    "first_due_on", "due_on",
)  # fmt: skip


@transaction.atomic
def restore_dues(*, person, by):
    """What the death made void is owed again, on the dates it had: as a round of its own, for closed stays closed."""
    for old in last_rounds(person):
        if old.state == ReviewDue.State.VOID and old.why in DIED:
            open_again(old, by)


def last_rounds(person):
    """The last round of each subject, locked in one order."""
    rows = ReviewDue.objects.filter(person=person).select_related(
        "organisation__council", "policy", "placement"
    )
    rows = rows.select_for_update(no_key=True, of=("self",)).order_by("pk")
    last = {}
    for due in sorted(rows, key=lambda due: due.cycle):
        last[due.subject, due.placement_id, due.service] = due
    return last.values()


def open_again(old, by):
    council = old.organisation.council or old.person.responsible_council
    due = ReviewDue(
        cycle=old.cycle + 1,
        next_stage_on=first_stage_on(DUE, council=council, due_on=old.due_on),
        **{name: getattr(old, name) for name in LIKE_BEFORE},
    )
    record(due, by=by, why="the death was recorded in error")
