"""Runs of the clock's jobs: kept whether they end well or not."""

import logging
import time
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.db import DatabaseError
from django.utils import timezone

from ..models import JobRun

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=14)


class Until:
    """A stretch of time for one tick. `limit_seconds` None means: to the end."""

    def __init__(self, limit_seconds):
        self.ends = None if limit_seconds is None else time.monotonic() + limit_seconds

    @property
    def over(self):
        return self.ends is not None and time.monotonic() >= self.ends


@contextmanager
def job_run(job, as_of):
    """Keep one run of a job: `with job_run("sweep_safety_net", as_of) as run: run.done["flags"] = 3`.

    It counts as complete only when the block came to its end and did not say that there is `run.more` to do.
    `run.fault` is for what was found wrong on the way. An exception is noted by its kind (its text may hold a
    name) and goes on.
    """
    run = JobRun.objects.create(job=job, as_of=as_of)
    run.more = False
    try:
        yield run
    except BaseException as error:
        run.fault = run.fault or type(error).__name__
        with suppress(DatabaseError):  # the fault may be the database itself
            end(run)
        raise
    run.complete = not run.more
    end(run)


def end(run):
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at", "complete", "done", "fault"])
    log.info("job", extra={"job": run.job, "done": run.done})


def forget_old_runs(*, now):
    """Drop the runs of more than two weeks ago. Returns how many; the last complete one of each job stays."""
    latest = JobRun.objects.filter(complete=True).order_by("job", "-ended_at").distinct("job").values("pk")
    old = JobRun.objects.filter(started_at__lt=now - KEPT_FOR).exclude(
        pk__in=list(latest.values_list("pk", flat=True))
    )
    return old.delete()[0]
