"""What a carer says about their week: written down, and ended when it no longer holds."""

from django.db import transaction

from carers.models import Availability
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals


@transaction.atomic
def state_availability(*, carer, says, weekdays, parts, since, by, until=None, words=""):
    """A carer says when in the week they can or cannot support. Raises RuleBroken."""
    row = Availability(
        carer=carer, says=says, weekdays=weekdays, parts=parts, since=since, until=until, words=words.strip()
    )
    fields = {
        "carers_availability_on_weekdays": "weekdays",
        "carers_availability_for_a_part_of_the_day": "parts",
        "carers_availability_dates_in_order": "until",
    }
    with refusals(**fields):
        return record(row, by=by, why="the carer says when they can support")


@transaction.atomic
def end_availability(*, row, on, by, version=None):
    """It holds no longer from a day on; one that had not begun never held."""
    row = lock(Availability, row.pk, version)
    row.until = max(on, row.since)
    return record(row, by=by, why="the carer says that it holds no longer")
