"""What the clock does to reviews, once a night."""

from people.actions import follow_contact_policies
from sharedlives.worklist.actions import job_run

from .dues import miss_all
from .owners import follow_the_funding
from .policy import apply_policies


def miss_overdue(*, as_of, progress=None):
    """Give what is open to the team that funds now, bring it under the policy in force, and miss what was left open.

    Running twice, or late, changes nothing more: all look at dates, never at when they last ran. Returns the run.
    """
    with job_run("miss_overdue", as_of) as run:
        run.done = {
            "handed_over": follow_the_funding(on=as_of),
            "moved": apply_policies(on=as_of),
            "contact_moved": follow_contact_policies(on=as_of),
            "missed": miss_all(as_of=as_of, progress=progress),
        }
    return run
