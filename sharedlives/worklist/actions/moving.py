"""What another ladder does to what is open: how many next reminders move, counted first and then put right."""

from django.db import transaction

from .. import ladders
from ..deadlines import REGISTRY, stages_of
from .reminders import written_stages

BATCH = 500


def moved_by_ladder(name, *, council, stages):
    """[(row, date of its next reminder under these stages)] of a council's open rows whose next reminder moves."""
    deadline, moved = REGISTRY[name], []
    rows = [row for row in deadline.open().iterator(BATCH) if deadline.council(row) == council]
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        written = written_stages(deadline, batch)
        for row in batch:
            left = [stage for stage in stages if stage.name not in written[row.pk, row.due_on]]
            on = ladders.first_stage_on(left, row.due_on)
            if on != row.next_stage_on:
                moved.append((row, on))
    return moved


@transaction.atomic
def follow_ladder(name, *, council):
    """Bring a council's open rows of a deadline under its ladder. Returns how many next reminders moved.

    Bare updates, as everywhere in the bookkeeping of the clock: no history, no new version of the record.
    """
    moved = moved_by_ladder(name, council=council, stages=stages_of(name, council))
    table = REGISTRY[name].model._base_manager
    for row, on in moved:
        table.filter(pk=row.pk, due_on=row.due_on).update(next_stage_on=on)
    return len(moved)
