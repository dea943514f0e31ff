"""What falls due on this floor."""

from django.db.models import F
from django.urls import reverse

from sharedlives.worklist.deadlines import Deadline, Stage

from .models import PlanShare, own_organisations


def waiting():
    return PlanShare.objects.waiting().select_related("person", "scheme", "plan__organisation__council")


def owed_by(user):
    """Plans sent to the user's own schemes."""
    return waiting().visible_to(user).filter(scheme__in=own_organisations(user))


def waits_for(user):
    """Plans that the user's own people's schemes have yet to acknowledge."""
    sent_by_team = {"plan__organisation__in": own_organisations(user)}
    return waiting().visible_to(user).filter(**sent_by_team).exclude(scheme=F("plan__organisation"))


PLAN_ACKNOWLEDGEMENT = Deadline(
    name="careplans.plan_acknowledgement",
    label="A care plan is to be read and acknowledged",
    model=PlanShare,
    stages=(
        Stage("sent", -5, "worker"),
        Stage("due", 0, "worker"),
        Stage("late", 3, "manager"),
    ),
    open=waiting,
    visible_to=lambda user: waiting().visible_to(user),
    owed_by=owed_by,
    responsible=lambda share: (share.person, share.scheme),
    council=lambda share: share.plan.organisation.council,
    path=lambda object_id: reverse("careplans:acknowledge", args=[object_id]),
    person="person",
    organisation="scheme",
    waits_for=waits_for,
)
