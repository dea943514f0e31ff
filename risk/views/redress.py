"""Complaints and the duty of candour."""

from functools import partial

from django.db.models import F
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from people.access import person_or_404, row_or_404
from people.visibility import Level
from risk import actions, forms
from risk.access import redress_or_404
from risk.models import Complaint, DutyOfCandour, IncidentPerson
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
UNANSWERED_FIRST = F("answered_on").desc(nulls_first=True)
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
        request, rows.order_by(UNANSWERED_FIRST, "received_on", "pk"), columns=COLUMNS, title="Complaints",
        export_name="complaints", person="looked_at_as", noun=("complaint", "complaints"),
        empty="No complaint. Record one from the person’s page.",
    )  # fmt: skip


def if_seen(user):
    """Where to go on: to the row, or to the list where its writer sees nothing of it any more."""

    def to(row):
        seen = type(row).objects.visible_to(user).filter(pk=row.pk).exists()
        return row if seen else reverse("risk:complaints")

    return to


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def write_complaint(request, person):
    """Somebody complained."""
    person = person_or_404(request, person, Permission.INCIDENT_WRITE, least=Level.SUPPORTS)
    form = forms.ComplaintForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.record_complaint, person=person, by=request.user),
        template="risk/write_complaint.html", done="The complaint is recorded. Its clock runs.", person=person,
        to=if_seen(request.user),
    )  # fmt: skip


@require(Permission.RISK_VIEW)
@require_GET
def complaint(request, pk):
    """One complaint at one stage, with what came before and after it."""
    rows = Complaint.objects.visible_to(request.user).select_related(
        "person", "organisation", "recorded_by", "answered_by", "takes_further", "taken_further_by"
    )
    row, may = redress_or_404(request, rows, pk, Permission.RISK_VIEW)
    context = {"complaint": row, "person": row.person, "may": may, "about": about_of(row)}
    return render(request, "risk/complaint.html", context)


def about_of(row):
    return row.about.select_related("user", "organisation", "carer")


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def complaint_about(request, pk):
    return say_about(request, Complaint, pk)


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def candour_about(request, pk):
    return say_about(request, DutyOfCandour, pk)


def say_about(request, model, pk):
    """Say whom a row is about: it goes on its way anew, past them."""
    rows = model.objects.visible_to(request.user).select_related("person")
    row, _may = redress_or_404(request, rows, pk, Permission.INCIDENT_WRITE)
    initial = {"about": [one.kind for one in row.about.all()]}
    form = forms.RedressAboutForm(request.POST or None, user=request.user, row=row, initial=initial)
    return form_page(
        request, form=form, action=partial(actions.say_whom_redress_is_about, row=row, by=request.user),
        template="risk/redress_about.html", done="Saved. It is with those who may answer it.",
        to=if_seen(request.user), row=row, person=row.person,
    )  # fmt: skip


def change(request, pk, form, action, template, done):
    """A page that changes one complaint."""
    rows = Complaint.objects.visible_to(request.user).select_related("person", "organisation")
    row, _may = redress_or_404(request, rows, pk, Permission.INCIDENT_WRITE)
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
        done="Saved. The same is to go out in writing.", to=if_seen(request.user),
    )  # fmt: skip


@require(Permission.RISK_VIEW)
@require_GET
def candour(request, pk):
    """What was said, and when it went out in writing."""
    rows = DutyOfCandour.objects.visible_to(request.user)
    rows = rows.select_related("person", "incident", "organisation", "recorded_by", "in_writing_by")
    row, may = redress_or_404(request, rows, pk, Permission.RISK_VIEW)
    context = {"candour": row, "person": row.person, "may": may, "about": about_of(row)}
    return render(request, "risk/candour.html", context)


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def in_writing(request, pk):
    """It went out in writing."""
    rows = DutyOfCandour.objects.visible_to(request.user).select_related("person", "incident")
    row, _may = redress_or_404(request, rows, pk, Permission.INCIDENT_WRITE)
    form = forms.InWritingForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.say_sorry_in_writing, candour=row, by=request.user),
        template="risk/in_writing.html", done="Noted that it went out in writing.", candour=row, person=row.person,
    )  # fmt: skip
