from sharedlives.worklist import actions
from sharedlives.worklist.commands import JobCommand


class Command(JobCommand):
    help = "Write every reminder whose stage has come, and queue the mails. Running it again changes nothing."

    def carry_out(self, as_of, options, progress):
        return actions.send_reminders(as_of=as_of, limit_seconds=options["limit_seconds"], progress=progress)
