from sharedlives.worklist import actions
from sharedlives.worklist.commands import JobCommand


class Command(JobCommand):
    help = "Compute anew when each open row is next reminded of. Drift is reported as a fault, and put right."

    def carry_out(self, as_of, options, progress):
        return actions.check_stages(as_of=as_of, progress=progress)
