"""This floor's part of a person's page."""

from sharedlives.panels import Panel
from sharedlives.permissions import Permission

from .models import Concern, IncidentPerson, RiskAssessment


def rows(user, person):
    """The version that holds as far as the user may read it, an open draft, and the last incidents."""
    assessments = RiskAssessment.objects.visible_to(user).filter(person=person, superseded_by=None)
    assessments = list(assessments.order_by("-number")[:2])
    incidents = IncidentPerson.objects.visible_to(user).filter(person=person).select_related("incident")
    return {
        "assessment": next((a for a in assessments if a.state == RiskAssessment.State.SIGNED), None),
        "draft": next((a for a in assessments if a.state == RiskAssessment.State.DRAFT), None),
        "incidents": incidents[:3],
    }


RISK = Panel(
    name="risk.assessment",
    title="Risk",
    template="risk/_panel.html",
    order=30,
    permission=Permission.RISK_VIEW,
    rows=rows,
)


def concerns(user, person):
    """The concerns that the user may see, newest first; no panel where there is none: its absence tells nothing."""
    rows = list(Concern.objects.visible_to(user).filter(person=person).order_by("-received_at")[:5])
    return {"concerns": rows} if rows else None


CONCERNS = Panel(
    name="risk.concerns",
    title="Concerns",
    template="concern/_panel.html",
    order=31,
    permission=Permission.CONCERN_VIEW,
    rows=concerns,
)
