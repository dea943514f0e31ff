"""What a carer is approved and trained for on a day."""

from carers import rules
from carers.models import Approval, Training, TrainingCourse


def current_approval(carer, kind, person, on):
    """The approval that lets a carer take a kind of placement for a person on a day, or None."""
    return rules.approved_for(Approval.objects.filter(carer=carer).current(on), kind, person, on)


def emergency_refusals(carer, on, person=None):
    """Why a carer may not take somebody in an emergency on a day: plain words, empty when they may."""
    return rules.emergency_ready(
        Approval.objects.filter(carer=carer).current(on),
        TrainingCourse.objects.filter(for_emergencies=True),
        Training.objects.filter(carer=carer),
        on,
        person,
    )
