"""`manage.py seed_demo`: made-up people, homes and work, for demonstrations, tests and benchmarks."""

import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from commissioning.demo.load import load
from people.models import Person


class Command(BaseCommand):
    help = "Fill an empty database with made-up people, homes and work. The same seed gives the same people."

    def add_arguments(self, parser):
        parser.add_argument(
            "--people", type=int, default=400, help="how many people (400 unless told; at least 40)"
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="which made-up region; the same number, the same one"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is somebody already"
        )
        parser.add_argument(
            "--yes-made-up", action="store_true", help="load it although this is not a training copy (DEMO=1)"
        )

    def handle(self, *, people, seed, if_empty, yes_made_up, **options):
        if Person.objects.exists():
            if if_empty:
                return
            raise CommandError(
                "There are people in this database already, so nothing was loaded. Made-up people never go among real "
                "ones: use an empty database."
            )
        if not (settings.TRAINING_COPY or yes_made_up):
            raise CommandError(
                "This is not a training copy, so nothing was loaded. Set DEMO=1 if it should be one, or add "
                "--yes-made-up if you are sure that made-up people belong here."
            )
        if people < 40:
            raise CommandError("Give --people 40 or more: with fewer the demo would have no work to show.")
        self.load(people, seed, options["verbosity"])

    def load(self, people, seed, verbosity):
        begun = time.monotonic()
        with tqdm(total=people, unit=" people", disable=not sys.stderr.isatty() or not verbosity) as bar:
            rows = load(people=people, seed=seed, progress=self.reporter(bar, verbosity))
        if verbosity:
            self.stdout.write(f"{people} made-up people: {rows} rows in {time.monotonic() - begun:.0f} s.")

    def reporter(self, bar, verbosity):
        """A bar on a terminal; elsewhere a line a batch, for logs."""

        def report(count):
            bar.update(count)
            if bar.disable and verbosity > 1:
                self.stdout.write(f"{count} more people written")

        return report
