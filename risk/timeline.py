"""This floor's part of the timeline: signed risk assessments, and incidents."""

from django.urls import reverse

from sharedlives.permissions import Permission
from sharedlives.timeline import Part

from .models import Incident, IncidentPerson, RiskAssessment

LANE = "Risk"

Part(
    name="risk.assessment",
    lane=LANE,
    permission=Permission.RISK_VIEW,
    rows=lambda user, person: RiskAssessment.objects.visible_to(user).filter(person=person),
    at="signed_on",
    code="number",
    says=lambda code, text: f"Risk assessment signed, version {code}",
    path=lambda pk: reverse("risk:assessment", args=[pk]),
)
Part(
    name="risk.incident",
    lane=LANE,
    permission=Permission.RISK_VIEW,
    rows=lambda user, person: IncidentPerson.objects.visible_to(user).filter(person=person),
    at="incident__happened_on",
    code="incident__kind",
    leads="incident",
    says=lambda code, text: f"Incident: {Incident.Kind(code).label.lower()}",
    path=lambda pk: reverse("risk:incident", args=[pk]),
)
