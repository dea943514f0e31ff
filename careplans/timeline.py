"""This floor's part of the timeline: assessments, and signed versions of the plan."""

from django.urls import reverse

from sharedlives.permissions import Permission
from sharedlives.timeline import Part

from .models import Assessment, CarePlan

LANE = "Plans"

Part(
    name="careplans.assessment",
    lane=LANE,
    permission=Permission.PLAN_VIEW,
    rows=lambda user, person: Assessment.objects.visible_to(user).filter(
        person=person, state=Assessment.State.COMPLETE
    ),
    at="done_on",
    says=lambda code, text: "Needs assessed",
    path=lambda pk: reverse("careplans:assessment", args=[pk]),
)
Part(
    name="careplans.plan",
    lane=LANE,
    permission=Permission.PLAN_VIEW,
    rows=lambda user, person: CarePlan.objects.visible_to(user).filter(person=person),
    at="signed_on",
    code="number",
    says=lambda code, text: f"Care and support plan signed, version {code}",
    path=lambda pk: reverse("careplans:plan", args=[pk]),
)
