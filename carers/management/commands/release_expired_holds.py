"""Release holds by hand: the same that the clock does every hour."""

from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone

from carers import actions


class Command(BaseCommand):
    help = "Give back the places of holds whose day has come and that nobody booked."

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-of", type=date.fromisoformat, help="A day such as 2027-03-01; today unless told."
        )

    def handle(self, *, as_of, **options):
        released = actions.release_expired_holds(as_of=as_of or timezone.localdate())
        self.stdout.write(f"{released} hold{'' if released == 1 else 's'} released.")
