from sharedlives.worklist import actions
from sharedlives.worklist.commands import JobCommand


class Command(JobCommand):
    help = "Queue one mail for everybody who wants one a working day. Running it again changes nothing."
    unit = "recipients"

    def carry_out(self, as_of, options, progress):
        return actions.send_digests(as_of=as_of, limit_seconds=options["limit_seconds"], progress=progress)
