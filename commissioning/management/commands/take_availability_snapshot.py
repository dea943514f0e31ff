from commissioning import actions
from sharedlives.worklist.commands import JobCommand


class Command(JobCommand):
    help = "Keep what each scheme has on a day: homes, places, free places. Again replaces the day's rows."

    def carry_out(self, as_of, options, progress):
        return actions.take_availability_snapshot(as_of=as_of, progress=progress)
