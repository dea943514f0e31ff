from sharedlives.worklist import actions
from sharedlives.worklist.commands import JobCommand


class Command(JobCommand):
    help = "Send the mails that wait in the outbox. What fails is tried again later, and parked after eight tries."
    unit = "mails"

    def carry_out(self, as_of, options, progress):
        return actions.deliver_outbox(limit_seconds=options["limit_seconds"], progress=progress)
