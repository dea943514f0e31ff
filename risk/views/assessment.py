"""Risk assessments: reading, drafting, signing."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from careplans.access import person_allowed, row_allowed
from people.access import person_or_404, row_or_404
from people.visibility import Level
from risk import actions, document, forms, queries, rules
from risk.models import (
    ChangeNoticed,
    Complaint,
    IncidentPerson,
    ResponsibilityAgreement,
    RiskAssessment,
    RiskCopy,
    own_organisations,
)
from risk.sections import KEYS, written
from sharedlives.documents import pdf
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require
from sharedlives.records.rules import VERY_LIKE, alike
from sharedlives.together import fetch

BOTH = ["GET", "POST"]


@require(Permission.RISK_VIEW)
@require_GET
def overview(request, person):
    """Everything of this floor about one person."""
    person, may = person_allowed(request, person, Permission.RISK_VIEW)
    versions = RiskAssessment.objects.visible_to(request.user).filter(person=person)
    agreements = ResponsibilityAgreement.objects.visible_to(request.user).filter(person=person)
    incidents = IncidentPerson.objects.visible_to(request.user).filter(person=person)
    changes = ChangeNoticed.objects.visible_to(request.user).filter(person=person)
    complaints = Complaint.objects.visible_to(request.user).filter(person=person)
    context = {
        "person": person,
        "assessments": versions.select_related("superseded_by"),
        "agreements": agreements.select_related("scheme", "team"),
        "incidents": incidents.select_related("incident")[:10],
        "changes": changes.order_by("-noticed_on")[:5],
        "complaints": complaints.select_related("organisation")[:5],
    }
    fetch(*(value for name, value in context.items() if name != "person"))
    if "RISK_WRITE" in may:
        context["home_summary"] = queries.home_summary(person, timezone.localdate())
    context["may"] = may
    context["draft"] = next((a for a in context["assessments"] if a.state == "draft"), None)
    return render(request, "risk/overview.html", context)


@require(Permission.RISK_VIEW)
@require_GET
def assessment(request, pk):
    """One version, risk by risk."""
    rows = RiskAssessment.objects.visible_to(request.user).filter(person__isnull=False)
    rows = rows.select_related("person", "organisation", "signed_by", "superseded_by__new", "scale")
    row, may = row_allowed(request, with_risks(rows), pk, Permission.RISK_VIEW)
    copies = RiskCopy.objects.visible_to(request.user).filter(assessment=row)
    context = {"assessment": row, "person": row.person, "may": may, "sections": written(row)}
    context |= {
        "copies": copies.select_related("scheme", "carer", "person", "done_by"),
        "own": own_organisations(request.user),
        "formats": document.FORMATS if row.signed_on and pdf.available() else {},
        "checks": row.checks.select_related("checked_by"),
        "sooner": row.look_agains.filter(done_on=None),
    }
    return render(request, "risk/assessment.html", context)


def with_risks(rows):
    """With the risks of each version, and what more is done about them."""
    return rows.prefetch_related("risks__measures", "risks__decision")


@require(Permission.RISK_VIEW)
@require_GET
def assessment_file(request, pk, form):
    """A signed version as a document, in the format that its reader needs."""
    if form not in document.FORMATS or not pdf.available():
        raise Http404
    rows = RiskAssessment.objects.visible_to(request.user).signed().filter(person__isnull=False)
    rows = with_risks(rows.select_related("person", "organisation", "scale"))
    row = row_or_404(request, rows, pk, Permission.RISK_VIEW)
    rendered = document.render(row, form)
    request.exported = "risk.assessment"
    response = HttpResponse(rendered.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{rendered.filename}"'
    return response


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def begin(request, person):
    """Begin a version: the last one's risks are copied."""
    person = person_or_404(request, person, Permission.RISK_WRITE, least=Level.FUNDS)
    form = forms.BeginForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.draft_assessment, person=person, by=request.user),
        template="risk/begin.html", to=lambda draft: reverse("risk:edit", args=[draft.pk]),
        person=person, last=queries.signed_assessment(person), draft=queries.draft_of(person=person),
    )  # fmt: skip


def draft_or_404(request, pk, permission=Permission.RISK_WRITE):
    rows = RiskAssessment.objects.visible_to(request.user).drafts().filter(person__isnull=False)
    return row_or_404(request, with_risks(rows.select_related("person", "scale")), pk, permission)


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def edit(request, pk):
    """The whole draft on one page; “add another risk” keeps what is typed."""
    draft = draft_or_404(request, pk)
    form = forms.AssessmentForm(
        request.POST or None, user=request.user, row=draft,
        risks=[actions.as_facts(risk) for risk in draft.risks.all()],
        initial={name: getattr(draft, name) for name in KEYS},
        scale=draft.scale, decisions=list(queries.decisions_for(draft.person, timezone.localdate())),
    )  # fmt: skip
    return form_page(
        request, form=form, action=partial(actions.amend_assessment, assessment=draft, by=request.user),
        template="risk/edit.html", done="The draft is saved.",
        to=lambda saved: reverse("risk:sign", args=[saved.pk]), person=draft.person, assessment=draft,
    )  # fmt: skip


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def sign(request, pk):
    """Check the whole draft and sign it."""
    draft = draft_or_404(request, pk)
    last = queries.signed_assessment(draft.person)
    again = last is not None and last.nothing_changed and rules.unchanged(last.risks.all(), draft.risks.all())
    found = alike(last, draft, rules.texts)
    form = forms.SignForm(request.POST or None, user=request.user, row=draft, again=again, alike=found)
    return form_page(
        request, form=form, action=partial(actions.sign_assessment, assessment=draft, by=request.user),
        template="risk/sign.html", done="The risk assessment is signed. A copy is to be given to each reader.",
        person=draft.person, assessment=draft, sections=written(draft), alike=found,
    )  # fmt: skip


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def enter_in_error(request, pk):
    """Hide a version that should not be on this record."""
    rows = RiskAssessment.objects.visible_to(request.user).filter(person__isnull=False)
    row = row_or_404(request, rows.select_related("person"), pk, Permission.RISK_WRITE)
    form = forms.InErrorForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.enter_in_error, assessment=row, by=request.user),
        template="risk/enter_in_error.html", done="This version is hidden. It stays in the audit.",
        to=reverse("risk:overview", args=[row.person_id]), person=row.person, assessment=row,
    )  # fmt: skip


VERY_LIKE_ONES = (
    Column("person", "Person", order_by="person__family_name", value="person", link=lambda row: row.get_absolute_url()),
    Column("number", "Version", order_by="number", value="number", numeric=True),
    Column("signed_on", "Signed on", order_by="signed_on", value="signed_on"),
    Column("signed_by", "Signed by", order_by="signed_by__name", value="signed_by"),
    Column("likeness", "Per cent as last time", order_by="likeness", value="likeness", numeric=True),
    Column("why", "Why it is still right", value="why_nothing_changed"),
)  # fmt: skip


@require(Permission.TEAM_VIEW)
@require_GET
def very_like(request):
    """For managers: signed versions nearly all of whose words stood in the version before."""
    rows = RiskAssessment.objects.visible_to(request.user).signed().filter(person__isnull=False)
    rows = rows.filter(likeness__gte=VERY_LIKE).select_related("person", "signed_by")
    return list_page(
        request, rows, columns=VERY_LIKE_ONES, title="Risk assessments very like last time", template="risk/very_like.html",
        export_name="risk-very-like", noun=("version", "versions"), empty="None: each says something new.",
        context={"per_cent": VERY_LIKE},
    )  # fmt: skip
