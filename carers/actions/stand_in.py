"""What is agreed for the evening on which a carer cannot support."""

from django.db import transaction
from django.utils import timezone

from carers.models import Household, PlanB
from sharedlives.records.actions import lock, record


@transaction.atomic
def write_plan_b(*, household, words, by, stands_in=None):
    """Write down what is agreed with a home; what was agreed before is kept as it was until today."""
    list(Household.objects.filter(pk=household.pk).select_for_update(no_key=True, of=("self",)))
    for old in PlanB.objects.in_force().filter(household=household).order_by("pk"):
        old = lock(PlanB, old.pk)
        old.until = timezone.localdate()
        record(old, by=by, why="another plan B is agreed")
    row = PlanB(household=household, words=words.strip(), stands_in=stands_in, agreed_by=by)
    return record(row, by=by, why="plan B agreed")
