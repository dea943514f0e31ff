"""A list from the command line: the same action as the page, for lists that come by a secure transfer."""

import json
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from safetynet import actions, files
from safetynet.models import RosterRow, RosterSource


class Command(BaseCommand):
    help = "Take in a list (CSV or XLSX) of a source, row by row; says what became of the rows."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, metavar="SLUG", help="Which source sends it.")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, file, source, **options):
        sender = RosterSource.objects.filter(slug=source).first()
        if sender is None:
            known = ", ".join(RosterSource.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no source {source!r}. Known: {known}.")
        try:
            files.check_size(file.stat().st_size, settings.ROSTER_MAX_BYTES)
            roster = actions.receive(
                source=sender, content=file.read_bytes(), filename=file.name, by=None, compare=files.MOST_ROWS
            )
        except OSError as error:
            raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.say(roster, options["format"])

    def say(self, roster, how):
        rows = list(RosterRow.objects.filter(roster=roster).values_list("number", "state", "why_refused"))
        counts = {state.value: sum(s == state for _n, s, _why in rows) for state in RosterRow.State}
        if how == "json":
            refused = [{"row": n, "why": why} for n, state, why in rows if state == RosterRow.State.REFUSED]
            self.stdout.write(
                json.dumps({"roster": str(roster.pk), "rows": len(rows), **counts, "refusals": refused})
            )
            return
        for n, state, why in rows:
            if state == RosterRow.State.REFUSED:
                self.stdout.write(f"Row {n} refused: {why}")
        said = ", ".join(f"{RosterRow.State(state).label.lower()} {n}" for state, n in counts.items() if n)
        self.stdout.write(f"{len(rows)} rows: {said}.")
