"""What the commands of all jobs share: the day, the form of the answer, and a bar on a terminal."""

import json
import sys
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm


def day(text):
    """A date as an argument. Raises CommandError that shows how to write one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"{text!r} is not a date. Write it as YYYY-MM-DD, for example 2027-03-12."
        ) from None


class JobCommand(BaseCommand):
    """A job as a command. A subclass has `carry_out(as_of, options, progress)`, which returns the job's run.

    `progress(n)` moves the bar on; it shows on a terminal only, so that a log or a pipe stays clean.
    """

    unit = "rows"

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-of", metavar="YYYY-MM-DD", help="Do as if it were this day (default: today)."
        )
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help="How to say what was done."
        )
        parser.add_argument("--limit-seconds", type=float, help="Stop after so long; the next run goes on.")

    def handle(self, **options):
        as_of = day(options["as_of"]) if options["as_of"] else timezone.localdate()
        quiet = options["format"] == "json" or not sys.stderr.isatty()
        with tqdm(unit=f" {self.unit}", disable=quiet) as bar:
            run = self.carry_out(as_of, options, bar.update)
        self.stdout.write(json.dumps(facts(run)) if options["format"] == "json" else sentence(run))
        if run.fault:
            raise CommandError(run.fault)


def facts(run):
    return {
        "job": run.job,
        "as_of": run.as_of.isoformat(),
        "complete": run.complete,
        "done": run.done,
        "fault": run.fault,
    }


def sentence(run):
    counted = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in run.done.items())
    more = "" if run.complete else " There is more to do; run it again."
    return f"{run.job.replace('_', ' ').capitalize()} as of {run.as_of:%-d %B %Y}: {counted}.{more}"
