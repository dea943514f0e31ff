"""This floor's part of the timeline: risk assessments and their checks, incidents, changes, what went wrong."""

from django.urls import reverse

from sharedlives.permissions import Permission
from sharedlives.timeline import Part, cut, first_written, visible

from .models import (
    ChangeNoticed,
    Complaint,
    Concern,
    DutyOfCandour,
    ForeseenNeed,
    Incident,
    IncidentPerson,
    RiskAssessment,
    RiskCheck,
)

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
Part(
    name="risk.check",
    lane=LANE,
    permission=Permission.RISK_VIEW,
    rows=visible(RiskCheck),
    at="checked_on",
    leads="assessment",
    says=lambda code, text: "Risk assessment checked with the person, still right",
    path=lambda pk: reverse("risk:assessment", args=[pk]),
)
Part(
    name="risk.change",
    lane=LANE,
    permission=Permission.RISK_VIEW,
    rows=visible(ChangeNoticed),
    at="noticed_on",
    code="kind",
    says=lambda code, text: f"Change noticed: {ChangeNoticed.Kind(code).label.lower()}",
    path=lambda pk: reverse("risk:change", args=[pk]),
)
Part(
    name="risk.foreseen",
    lane=LANE,
    permission=Permission.RISK_VIEW,
    rows=visible(ForeseenNeed),
    at=first_written(ForeseenNeed),
    text="words",
    says=lambda code, text: f"Need foreseen: {cut(text)}",
    path=lambda pk: reverse("risk:foreseen", args=[pk]),
)
Part(
    name="risk.concern",
    lane=LANE,
    permission=Permission.CONCERN_VIEW,
    rows=visible(Concern),
    at="received_at",
    code="reference",
    says=lambda code, text: f"Concern {code} raised",
    path=lambda pk: reverse("risk:concern", args=[pk]),
)
Part(
    name="risk.complaint",
    lane=LANE,
    permission=Permission.RISK_VIEW,
    rows=visible(Complaint),
    at="received_on",
    says=lambda code, text: "Complaint received",
    path=lambda pk: reverse("risk:complaint", args=[pk]),
)
Part(
    name="risk.candour",
    lane=LANE,
    permission=Permission.RISK_VIEW,
    rows=visible(DutyOfCandour),
    at="told_on",
    says=lambda code, text: "Told openly what went wrong, with an apology",
    path=lambda pk: reverse("risk:candour", args=[pk]),
)
