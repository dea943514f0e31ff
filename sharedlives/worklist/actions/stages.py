"""The nightly second look: does `next_stage_on` of every row say what its ladder and its reminders say?"""

import logging
from itertools import islice

from django.db import transaction
from django.utils import timezone

from .. import ladders
from ..deadlines import REGISTRY
from .reminders import ladder_of, written_stages
from .runs import forget_old_runs, job_run

log = logging.getLogger(__name__)

BATCH = 500


def check_stages(*, as_of, progress=None):
    """Compute the next stage of every row anew. Drift is a fault of the run, and is put right. Returns the run.

    A row drifts when an action forgot to set it, or when a council changed its ladder in between: left alone,
    somebody would not be reminded.
    """
    with job_run("check_stages", as_of) as run:
        run.done = {"looked_at": 0, "drifted": 0, "runs_forgotten": 0}
        drifted = []
        sharing = {}
        for deadline in REGISTRY.values():
            sharing.setdefault(deadline.model, []).append(deadline)
        for deadline in list(REGISTRY.values()):
            found = check_open(deadline, run.done, progress)
            if deadline is sharing[deadline.model][-1]:
                found += check_closed(sharing[deadline.model])
            if found:
                drifted.append(f"{deadline.name}: {found}")
                run.done["drifted"] += found
        run.done["runs_forgotten"] = forget_old_runs(now=timezone.now())
        if drifted:
            run.fault = f"next stages had drifted and were put right: {', '.join(drifted)}"[:300]
            log.error("next stages had drifted", extra={"job": "check_stages", "done": run.done})
    return run


def check_open(deadline, done, progress):
    """How many open rows had a wrong next stage."""
    stages, drifted = {}, 0
    pks = deadline.open().order_by().values_list("pk", flat=True).iterator(BATCH)
    while batch := list(islice(pks, BATCH)):
        drifted += check_batch(deadline, batch, stages)
        done["looked_at"] += len(batch)
        if progress:
            progress(len(batch))
    return drifted


def start_clocks(*, person):
    """Compute anew when every open row of one person is next reminded of, after something that had stopped them all."""
    for deadline in REGISTRY.values():
        if deadline.person:
            rows = deadline.open().order_by().filter(**{deadline.person: person})
            check_batch(deadline, list(rows.values_list("pk", flat=True)), {})


@transaction.atomic
def check_batch(deadline, pks, stages):
    table = deadline.model._base_manager
    held = table.filter(pk__in=pks).order_by("pk").select_for_update(skip_locked=True, no_key=True)
    rows = list(deadline.open().filter(pk__in=list(held.values_list("pk", flat=True))))
    written = written_stages(deadline, rows)
    drifted = 0
    for row in rows:
        ladder = ladder_of(deadline, row, stages)
        right = ladders.first_stage_on(
            [stage for stage in ladder if stage.name not in written[row.pk, row.due_on]], row.due_on
        )
        if row.next_stage_on != right:
            drifted += 1
            # Bookkeeping of the clock, so a bare update: no history, no new version.
            table.filter(pk=row.pk).update(next_stage_on=right)
    return drifted


def check_closed(deadlines):
    """How many rows still waited for a stage though closed for every deadline of their model; two may share one."""
    waiting = deadlines[0].model._base_manager.exclude(next_stage_on=None)
    for deadline in deadlines:
        waiting = waiting.exclude(pk__in=deadline.open().order_by().values("pk"))
    return waiting.update(next_stage_on=None)
