"""What a carer is approved and trained for on a day."""

from django.db.models import F

from carers import rules
from carers.models import Approval, Requirement, Training, TrainingCourse


def current_approval(carer, kind, person, on):
    """The approval that lets a carer take a kind of placement for a person on a day, or None."""
    return rules.approved_for(Approval.objects.filter(carer=carer).current(on), kind, person, on)


def lapsed_for(carer, on):
    """What stops new placements with a carer on a day: of their own, of every adult in the home, and of the home itself.

    The gate of a start and the comparison of homes read this one. Each row carries `what`, the name of its kind.
    """
    return lapsed_beside(on, carer.pk, carer.household_id)


def lapsed_beside(on, carer, household):
    """As `lapsed_for`, for a carer and a home by id; takes `OuterRef`s too."""
    rows = Requirement.objects.lapsed(on).of_carer(carer, household)
    return rows.annotate(what=F("kind__name")).order_by("what", "pk")


def emergency_refusals(carer, on, person=None):
    """Why a carer may not take somebody in an emergency on a day: plain words, empty when they may."""
    return rules.emergency_ready(
        Approval.objects.filter(carer=carer).current(on),
        TrainingCourse.objects.filter(for_emergencies=True),
        Training.objects.filter(carer=carer),
        on,
        person,
    )
