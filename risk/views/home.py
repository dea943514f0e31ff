"""The risk assessment of a home: its scheme writes it; care managers read the signed summary alone."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from carers.access import home_or_404, may
from risk import actions, forms, queries, rules
from risk.models import RiskAssessment
from risk.sections import HOME_KEYS, written
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require
from sharedlives.records.rules import alike

from .assessment import with_risks

BOTH = ["GET", "POST"]


@require(Permission.HOUSEHOLD_VIEW)
@require_GET
def home(request, pk):
    """The versions of the assessment of one home."""
    found = home_or_404(request, pk, Permission.HOUSEHOLD_VIEW)
    rows = RiskAssessment.objects.visible_to(request.user).filter(household=found)
    rows = list(rows.select_related("superseded_by"))
    context = {
        "home": found,
        "assessments": rows,
        "draft": next((row for row in rows if row.state == RiskAssessment.State.DRAFT), None),
        "may": may(request.user, found.schemes_now, Permission.HOUSEHOLD_WRITE),
    }
    return render(request, "risk/home.html", context)


def version_or_404(request, pk, permission, state=None):
    """A version about a home of the user's own schemes, with its home as `home`."""
    rows = RiskAssessment.objects.visible_to(request.user).filter(household__isnull=False)
    rows = with_risks(
        rows.select_related("scale", "organisation__council", "signed_by", "superseded_by__new")
    )
    rows = rows.filter(state=state) if state else rows
    row = get_object_or_404(rows, pk=pk)
    row.home = home_or_404(request, row.household_id, permission)
    return row


@require(Permission.HOUSEHOLD_VIEW)
@require_GET
def assessment(request, pk):
    """One version, risk by risk."""
    row = version_or_404(request, pk, Permission.HOUSEHOLD_VIEW)
    context = {
        "assessment": row,
        "home": row.home,
        "sections": written(row),
        "may": may(request.user, row.home.schemes_now, Permission.HOUSEHOLD_WRITE),
    }
    return render(request, "risk/home_assessment.html", context)


@require(Permission.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def begin(request, pk):
    """Begin a version: the last one's risks are copied."""
    found = home_or_404(request, pk, Permission.HOUSEHOLD_WRITE)
    form = forms.BeginForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.draft_assessment, household=found, by=request.user),
        template="risk/home_begin.html", to=lambda draft: reverse("risk:edit_home", args=[draft.pk]), home=found,
    )  # fmt: skip


@require(Permission.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def edit(request, pk):
    """The whole draft on one page."""
    draft = version_or_404(request, pk, Permission.HOUSEHOLD_WRITE, RiskAssessment.State.DRAFT)
    form = forms.AssessmentForm(
        request.POST or None, user=request.user, row=draft, scale=draft.scale, of_home=True,
        risks=[actions.as_facts(risk) for risk in draft.risks.all()],
        initial={name: getattr(draft, name) for name in HOME_KEYS},
    )  # fmt: skip
    return form_page(
        request, form=form, action=partial(actions.amend_assessment, assessment=draft, by=request.user),
        template="risk/home_edit.html", done="The draft is saved.",
        to=lambda saved: reverse("risk:sign_home", args=[saved.pk]), home=draft.home, assessment=draft,
    )  # fmt: skip


@require(Permission.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def sign(request, pk):
    """Check the whole draft and sign it."""
    draft = version_or_404(request, pk, Permission.HOUSEHOLD_WRITE, RiskAssessment.State.DRAFT)
    last = queries.current_version(household=draft.household)
    again = last is not None and last.nothing_changed and rules.unchanged(last.risks.all(), draft.risks.all())
    found = alike(last, draft, rules.texts)
    form = forms.SignForm(
        request.POST or None, user=request.user, row=draft, again=again, alike=found, of_home=True
    )
    return form_page(
        request, form=form, action=partial(actions.sign_assessment, assessment=draft, by=request.user),
        template="risk/home_sign.html", done="The risk assessment of the home is signed.", home=draft.home,
        assessment=draft, sections=written(draft), alike=found,
    )  # fmt: skip
