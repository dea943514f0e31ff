"""This floor's part of a person's page."""

from django.utils import timezone

from sharedlives.panels import Glance, Panel
from sharedlives.permissions import Permission

from .models import (
    ChangeNoticed,
    Complaint,
    Concern,
    ForeseenNeed,
    IncidentPerson,
    LookAgain,
    Risk,
    RiskAssessment,
    RiskCheck,
    RiskCopy,
    own_organisations,
)

SHOWN = 20  # risks on the page; the printed sheet, which is one page, takes six


def ask(user, person):
    assessments = RiskAssessment.objects.visible_to(user).filter(person=person, superseded_by=None)
    held = assessments.filter(state=RiskAssessment.State.SIGNED)
    copies = RiskCopy.objects.visible_to(user).waiting().filter(person=person)
    checks = RiskCheck.objects.visible_to(user).filter(person=person, is_newest=True)
    sooner = LookAgain.objects.visible_to(user).filter(person=person, done_on=None)
    incidents = IncidentPerson.objects.visible_to(user).filter(person=person).select_related("incident")
    return {
        "assessments": assessments.order_by("-number")[:2],
        "risks": Risk.objects.filter(assessment__in=held.values("pk")).order_by("number")[:SHOWN],
        "copies": copies.select_related("person", "scheme", "carer").order_by("due_on")[:5],
        "checks": checks.filter(assessment__in=held.values("pk"))[:1],
        "sooner": sooner.filter(assessment__in=held.values("pk"))[:1],
        "incidents": incidents[:3],
        "changes": ChangeNoticed.objects.visible_to(user).open().filter(person=person).order_by("due_on")[:5],
        "foreseen": ForeseenNeed.objects.visible_to(user)
        .open()
        .filter(person=person)
        .select_related("owner")[:5],
    }


def rows(user, person, assessments, checks, sooner, **lists):
    """The version that holds as far as the user may read it, an open draft; as they come: its risks, copies
    that wait, the last incidents, changes noticed and not answered, needs that are foreseen.

    It is looked at again by the date that something wants sooner, else by its newest check's, else by its own.
    """
    signed = next((a for a in assessments if a.state == RiskAssessment.State.SIGNED), None)
    dated = next(iter([*sooner, *checks]), signed)
    return {
        "due_on": dated.due_on if dated else None,
        "sooner": sooner[0] if sooner else None,
        "own": own_organisations(user),
        "assessment": signed,
        "draft": next((a for a in assessments if a.state == RiskAssessment.State.DRAFT), None),
        **lists,
    }


def at_a_glance(facts):
    """When the risk assessment is to be looked at again."""
    assessment = facts["assessment"]
    if assessment is None:
        return [Glance("Risk assessment", "None signed", "late")]
    late, sooner = facts["due_on"] < timezone.localdate(), facts["sooner"]
    words = f"Look again by {facts['due_on']:%-d %B %Y}"
    if sooner:
        words += f": {sooner.get_why_display().lower()}"
    return [Glance("Risk assessment", words, "late" if late else "soon" if sooner else "")]


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
