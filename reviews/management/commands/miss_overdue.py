"""The nightly look at reviews, by hand: what the clock does, for any day."""

from reviews import actions
from sharedlives.worklist.commands import JobCommand


class Command(JobCommand):
    help = "Bring open reviews under the policy in force, and close as missed what is open twelve months after its date."
    unit = "reviews"

    def carry_out(self, as_of, options, progress):
        return actions.miss_overdue(as_of=as_of, progress=progress)
