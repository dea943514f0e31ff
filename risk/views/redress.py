"""Complaints and the duty of candour."""

from functools import partial

from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from careplans.access import row_allowed
from people.access import person_or_404, row_or_404
from people.visibility import Level
from risk import actions, forms
from risk.models import Complaint, DutyOfCandour, IncidentPerson
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
COLUMNS = (
    Column("received", "Came on", order_by="received_on", value="received_on", link=lambda row: row.get_absolute_url()),
    Column("person", "Person", order_by="person__sort_name", value="person.known_as"),
    Column("stage", "Stage", order_by="stage", value="stage"),
    Column("answers", "Answered by", order_by="organisation__name", value="organisation"),
    Column("due", "To be answered by", order_by="due_on", value="due_on"),
    Column("state", "State", value=lambda row: "answered" if row.answered_on else "waiting", tag=True),
)  # fmt: skip


@require(Permission.RISK_VIEW)
@require_GET
def complaints(request):
    """Complaints about the support of the user's own people: unanswered ones first."""
    rows = Complaint.objects.visible_to(request.user).select_related("person", "organisation")
    return list_page(
        request, rows.order_by("answered_on", "received_on", "pk"), columns=COLUMNS, title="Complaints",
        export_name="complaints", person="person_id", noun=("complaint", "complaints"),
        empty="No complaint. Record one from the person’s page.",
    )  # fmt: skip


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def write_complaint(request, person):
    """Somebody complained."""
    person = person_or_404(request, person, Permission.INCIDENT_WRITE, least=Level.SUPPORTS)
    form = forms.ComplaintForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.record_complaint, person=person, by=request.user),
        template="risk/write_complaint.html", done="The complaint is recorded. Its clock runs.", person=person,
    )  # fmt: skip


@require(Permission.RISK_VIEW)
@require_GET
def complaint(request, pk):
    """One complaint at one stage, with what came before and after it."""
    rows = Complaint.objects.visible_to(request.user).select_related(
        "person", "organisation", "recorded_by", "answered_by", "takes_further", "taken_further_by"
    )
    row, may = row_allowed(request, rows, pk, Permission.RISK_VIEW)
    return render(request, "risk/complaint.html", {"complaint": row, "person": row.person, "may": may})


def change(request, pk, form, action, template, done):
    """A page that changes one complaint."""
    rows = Complaint.objects.visible_to(request.user).select_related("person", "organisation")
    row = row_or_404(request, rows, pk, Permission.INCIDENT_WRITE)
    form = form(request.POST or None, user=request.user, row=row)
    action = partial(action, complaint=row, by=request.user)
    return form_page(
        request, form=form, action=action, template=template, done=done, complaint=row, person=row.person
    )


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def acknowledge(request, pk):
    form, template = forms.AcknowledgeComplaintForm, "risk/acknowledge_complaint.html"
    return change(request, pk, form, actions.acknowledge_complaint, template, "Noted.")


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def answer(request, pk):
    form, template = forms.AnswerComplaintForm, "risk/answer_complaint.html"
    return change(request, pk, form, actions.answer_complaint, template, "The answer is on our records.")


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def further(request, pk):
    form, template = forms.FurtherForm, "risk/complaint_further.html"
    return change(request, pk, form, actions.take_further, template, "The next stage has begun.")


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def say_sorry(request, pk):
    """The duty of candour towards one person whom an incident concerns."""
    rows = IncidentPerson.objects.visible_to(request.user).select_related("person", "incident")
    row = row_or_404(request, rows, pk, Permission.INCIDENT_WRITE)
    form = forms.CandourForm(request.POST or None, user=request.user)
    action = partial(actions.say_sorry, incident=row.incident, person=row.person, by=request.user)
    return form_page(
        request, form=form, action=action, template="risk/say_sorry.html", incident=row.incident, person=row.person,
        done="Saved. The same is to go out in writing.",
    )  # fmt: skip


@require(Permission.RISK_VIEW)
@require_GET
def candour(request, pk):
    """What was said, and when it went out in writing."""
    rows = DutyOfCandour.objects.visible_to(request.user)
    rows = rows.select_related("person", "incident", "organisation", "recorded_by", "in_writing_by")
    row, may = row_allowed(request, rows, pk, Permission.RISK_VIEW)
    return render(request, "risk/candour.html", {"candour": row, "person": row.person, "may": may})


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def in_writing(request, pk):
    """It went out in writing."""
    rows = DutyOfCandour.objects.visible_to(request.user).select_related("person", "incident")
    row = row_or_404(request, rows, pk, Permission.INCIDENT_WRITE)
    form = forms.InWritingForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.say_sorry_in_writing, candour=row, by=request.user),
        template="risk/in_writing.html", done="Noted that it went out in writing.", candour=row, person=row.person,
    )  # fmt: skip
