"""This floor's part of a person's page."""

from django.utils import timezone

from sharedlives.panels import Glance, Panel
from sharedlives.permissions import Permission

from .models import Complaint, Concern, IncidentPerson, Risk, RiskAssessment, RiskCopy, own_organisations

ON_SHEET = 6  # risks on the printed sheet, which is one page


def ask(user, person):
    assessments = RiskAssessment.objects.visible_to(user).filter(person=person, superseded_by=None)
    held = assessments.filter(state=RiskAssessment.State.SIGNED)
    copies = RiskCopy.objects.visible_to(user).waiting().filter(person=person)
    incidents = IncidentPerson.objects.visible_to(user).filter(person=person).select_related("incident")
    return {
        "assessments": assessments.order_by("-number")[:2],
        "risks": Risk.objects.filter(assessment__in=held.values("pk")).order_by("number")[:ON_SHEET],
        "copies": copies.select_related("person", "scheme", "carer").order_by("due_on")[:5],
        "incidents": incidents[:3],
    }


def rows(user, person, assessments, risks, copies, incidents):
    """The version that holds as far as the user may read it, an open draft, copies that wait, the last incidents."""
    return {
        "risks": risks,
        "copies": copies,
        "own": own_organisations(user),
        "assessment": next((a for a in assessments if a.state == RiskAssessment.State.SIGNED), None),
        "draft": next((a for a in assessments if a.state == RiskAssessment.State.DRAFT), None),
        "incidents": incidents,
    }


def at_a_glance(facts):
    """When the risk assessment is to be looked at again."""
    assessment = facts["assessment"]
    if assessment is None:
        return [Glance("Risk assessment", "None signed", "late")]
    late = assessment.due_on < timezone.localdate()
    words = f"Look again by {assessment.due_on:%-d %B %Y}"
    return [Glance("Risk assessment", words, "late" if late else "")]


RISK = Panel(
    name="risk.assessment",
    title="Risk",
    template="risk/_panel.html",
    order=30,
    permission=Permission.RISK_VIEW,
    asks=ask,
    rows=rows,
    glance=at_a_glance,
    sheet="risk/_sheet.html",
)


def ask_concerns(user, person):
    return {"found": Concern.objects.visible_to(user).filter(person=person).order_by("-received_at")[:5]}


def concerns(user, person, found):
    """The concerns that the user may see, newest first; no panel where there is none: its absence tells nothing."""
    return {"concerns": found} if found else None


CONCERNS = Panel(
    name="risk.concerns",
    title="Concerns",
    template="concern/_panel.html",
    order=31,
    permission=Permission.CONCERN_VIEW,
    asks=ask_concerns,
    rows=concerns,
)


def ask_complaints(user, person):
    found = Complaint.objects.visible_to(user).filter(person=person).select_related("organisation")
    return {"found": found.order_by("-received_on")[:5]}


def complaints(user, person, found):
    """The complaints that the user may see, newest first; no panel where there is none: its absence tells nothing."""
    return {"complaints": found} if found else None


COMPLAINTS = Panel(
    name="risk.complaints",
    title="Complaints",
    template="risk/_complaints_panel.html",
    order=32,
    permission=Permission.RISK_VIEW,
    asks=ask_complaints,
    rows=complaints,
)
