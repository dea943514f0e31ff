"""The nightly look at services that have ended, by hand: what the clock does, for any day."""

from careplans import actions
from sharedlives.worklist.commands import JobCommand


class Command(JobCommand):
    help = "Open a change for each service of a plan that holds and whose last day has come."
    unit = "services"

    def carry_out(self, as_of, options, progress):
        return actions.look_at_ended_services(as_of=as_of, progress=progress)
