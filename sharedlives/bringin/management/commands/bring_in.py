"""A file from the command line: the same actions as the pages. Rows to mend are mended on the pages."""

import json
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from sharedlives.bringin import actions, queries
from sharedlives.bringin.actions.arriving import missing, unknown
from sharedlives.bringin.kinds import kinds_for, organisations_for
from sharedlives.bringin.models import BringIn, BringInRow


class Command(BaseCommand):
    help = "Bring in a file (CSV or XLSX) of one kind, in the name of a user; says what became of the rows."

    def add_arguments(self, parser):
        parser.add_argument(
            "kind", help="Such as teams, users, people, homes, training, placements, reviews."
        )
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="In whose name.")
        parser.add_argument(
            "--council",
            metavar="SLUG",
            help="For which council, scheme or region, where the user acts for several.",
        )
        parser.add_argument("--check-only", action="store_true", help="Say what would happen; write nothing.")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, kind, file, email, council, check_only, **options):
        user = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"No user who may sign in has the email {email}.")
        spec = self.kind_of(user, kind)
        organisation = self.organisation_of(user, spec, council)
        try:
            bring_in = self.received(spec, organisation, file, user)
            if not check_only:
                bring_in = actions.confirm(bring_in=bring_in, by=user)
                actions.work_off(bring_in)
        except OSError as error:
            raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.say(bring_in, options["format"])

    def kind_of(self, user, slug):
        known = {kind.slug: kind for kind in kinds_for(user)}
        if slug not in known:
            raise CommandError(
                f"{user} cannot bring in {slug!r}; can bring in: {', '.join(known) or 'nothing'}."
            )
        return known[slug]

    def organisation_of(self, user, kind, council):
        found = organisations_for(user, kind)
        if council:
            found = [one for one in found if slugify(str(one)) == slugify(council)]
        if len(found) != 1:
            able = ", ".join(slugify(str(one)) for one in organisations_for(user, kind))
            raise CommandError(f"Say for whom with --council; {user} acts for: {able}.")
        return found[0]

    def received(self, kind, organisation, file, user):
        content = ContentFile(file.read_bytes(), name=file.name)
        bring_in = actions.receive(kind=kind, organisation=organisation, file=content, by=user)
        if bring_in.state == BringIn.State.COLUMNS:
            columns = {int(place): key for place, key in bring_in.columns.items()}
            lost = ", ".join(bring_in.headings[place] for place in unknown(bring_in.headings, columns))
            lacks = ", ".join(missing(kind, columns))
            said = "; ".join(filter(None, [lost and f"not known: {lost}", lacks and f"missing: {lacks}"]))
            raise CommandError(
                f"Not every column is known ({said}). Open the file under “Bring in” and say which is which; nothing was written."
            )
        return actions.work_off(bring_in)

    def say(self, bring_in, how):
        counted = queries.counts(bring_in)
        rows = BringInRow.objects.open().filter(bring_in=bring_in)
        open_rows = [{"row": row.number, "why": row.says or " ".join(row.problems.values())} for row in rows]
        if how == "json":
            counts = {state.value: counted.get(state, 0) for state in BringInRow.State}
            self.stdout.write(
                json.dumps({"file": str(bring_in.pk), "state": bring_in.state, **counts, "open": open_rows})
            )
            return
        for row in open_rows:
            self.stdout.write(f"Row {row['row']}: {row['why']}")
        self.stdout.write(f"{queries.sentence(counted)}.")
