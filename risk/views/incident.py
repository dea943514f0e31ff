"""Incidents: recording, reading, the council's decision."""

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from people.access import can, check, person_or_404, row_or_404
from people.visibility import Level
from risk import actions, forms, rules
from risk.models import DutyOfCandour, IncidentPerson
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
COLUMNS = (
    Column("day", "Day", order_by="incident__happened_on", value="incident.happened_on", link=lambda row: row.incident.get_absolute_url()),
    Column("person", "Person", order_by="person__sort_name", value="person.known_as"),
    Column("kind", "Kind", order_by="incident__kind", value="incident.kind"),
    Column("emergency", "Emergency", order_by="incident__is_emergency", value="incident.is_emergency"),
    Column("read", "Read by the team", order_by="read_at", value="read_at"),
)  # fmt: skip


@require(Permission.RISK_VIEW)
@require_GET
def incidents(request):
    """Incidents of the user's own people, newest first."""
    rows = IncidentPerson.objects.visible_to(request.user).select_related("person", "incident")
    return list_page(
        request, rows, columns=COLUMNS, title="Incidents", export_name="incidents", person="person_id",
        noun=("incident", "incidents"), empty="No incident of anybody whom you support. Record one from the person’s page.",
    )  # fmt: skip


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def record(request, person):
    """Record an incident from a person's page."""
    person = person_or_404(request, person, Permission.INCIDENT_WRITE, least=Level.SUPPORTS)
    council = can(request.user, Permission.RISK_WRITE, person)
    form = forms.IncidentForm(request.POST or None, user=request.user, council=council)
    return form_page(
        request, form=form, action=partial(actions.record_incident, person=person, by=request.user),
        template="risk/record_incident.html", done="The incident is recorded. Each person’s worker is asked to read it.",
        person=person,
    )  # fmt: skip


def rows_or_404(request, pk, permission):
    """The rows of an incident that the user may read: the header shows only to those who have one."""
    rows = IncidentPerson.objects.visible_to(request.user).filter(incident=pk)
    rows = list(
        rows.select_related(
            "person", "incident__organisation", "incident__recorded_by", "incident__cqc_owed_by", "read_by"
        )
    )
    if not rows:
        raise Http404
    request.looked_at([row.person_id for row in rows])
    check(request.user, permission, rows[0].person)
    return rows


@require(Permission.RISK_VIEW)
@require_GET
def incident(request, pk):
    """The nameless header, and what it means for the user's own people."""
    rows = rows_or_404(request, pk, Permission.RISK_VIEW)
    council = can(request.user, Permission.RISK_WRITE, rows[0].person)
    found = rows[0].incident
    sorry = DutyOfCandour.objects.visible_to(request.user).filter(incident=found)
    for row in rows:
        row.candours = [candour for candour in sorry if candour.person_id == row.person_id]
    context = {"incident": found, "rows": rows, "council": council, "person": rows[0].person}
    context["may_write"] = can(request.user, Permission.INCIDENT_WRITE, rows[0].person)
    context["enquiry_owed"] = rules.enquiry_owed(found.safeguarding_test)
    return render(request, "risk/incident.html", context)


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def read(request, pk):
    """The person's worker reads an incident."""
    rows = IncidentPerson.objects.visible_to(request.user).select_related("person", "incident")
    row = row_or_404(request, rows, pk, Permission.RISK_WRITE)
    form = forms.ReadForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.read_incident, row=row, by=request.user),
        template="risk/read_incident.html", done="Noted that you have read it.",
        to=row.incident, row=row, incident=row.incident, person=row.person,
    )  # fmt: skip


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def safeguarding(request, pk):
    """The council decides the three-part test."""
    rows = rows_or_404(request, pk, Permission.RISK_WRITE)
    found = rows[0].incident
    names = ("person_wants", "has_needs", "at_risk", "cannot_protect")
    form = forms.SafeguardingForm(
        request.POST or None,
        user=request.user,
        row=found,
        initial={name: getattr(found, name) for name in names},
    )
    action = partial(actions.decide_safeguarding, incident=found, person=rows[0].person, by=request.user)
    return form_page(
        request, form=form, action=action, template="risk/safeguarding.html", done="The decision is saved.",
        to=reverse("risk:incident", args=[found.pk]), incident=found, person=rows[0].person,
    )  # fmt: skip


@require(Permission.INCIDENT_WRITE)
@require_http_methods(BOTH)
def cqc(request, pk):
    """The scheme has told the Care Quality Commission. Whoever may write incidents of these people may say so."""
    rows = rows_or_404(request, pk, Permission.INCIDENT_WRITE)
    found = rows[0].incident
    form = forms.CqcForm(request.POST or None, user=request.user, row=found)
    return form_page(
        request, form=form, action=partial(actions.tell_cqc, incident=found, by=request.user), template="risk/cqc.html",
        done="Noted that it has been told.", to=reverse("risk:incident", args=[found.pk]), incident=found,
        person=rows[0].person,
    )  # fmt: skip
