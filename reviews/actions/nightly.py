"""What the clock does to reviews, once a night."""

from sharedlives.worklist.actions import job_run

from .dues import miss_all
from .policy import apply_policies


def miss_overdue(*, as_of, progress=None):
    """Bring open dues under the policies that are in force by a day; close as missed what was left for twelve months.

    Running twice, or late, changes nothing more: both look at dates, never at when they last ran. Returns the run.
    """
    with job_run("miss_overdue", as_of) as run:
        run.done = {"moved": apply_policies(on=as_of), "missed": miss_all(as_of=as_of, progress=progress)}
    return run
