from safetynet import actions
from sharedlives.worklist.commands import JobCommand


class Command(JobCommand):
    help = (
        "Compare open rows of lists again, look for every gap, open and close flags. Again changes nothing."
    )

    def carry_out(self, as_of, options, progress):
        return actions.sweep_safety_net(
            as_of=as_of, limit_seconds=options["limit_seconds"], progress=progress
        )
