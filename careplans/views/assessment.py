"""Recording and reading a needs assessment."""

from functools import partial

from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from careplans import actions, forms
from careplans.models import Assessment
from people.access import can, person_or_404, row_or_404
from people.visibility import Level
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
TYPED = (
    "kind", "done_on", "took_part", "summary", "eligible_outcomes", "complexity", "why_not_joint", "pressures",
    "explained_shared_lives", "why_not_explained", "state",
)  # fmt: skip


@require(Permission.ASSESSMENT_WRITE)
@require_http_methods(BOTH)
def assess(request, person):
    """A short assessment of a person's needs."""
    person = person_or_404(request, person, Permission.ASSESSMENT_WRITE, least=Level.FUNDS)
    form = forms.AssessmentForm(request.POST or None, user=request.user)
    action = partial(actions.assess, person=person, by=request.user)
    return form_page(
        request, form=form, action=action, template="careplans/assess.html", done="The assessment is saved.",
        person=person,
    )  # fmt: skip


@require(Permission.PLAN_VIEW)
@require_GET
def assessment(request, pk):
    """An assessment, to read."""
    rows = Assessment.objects.visible_to(request.user).select_related("person", "organisation", "assessor")
    row = row_or_404(request, rows, pk, Permission.PLAN_VIEW)
    may_write = row.state == Assessment.State.DRAFT and can(
        request.user, Permission.ASSESSMENT_WRITE, row.person
    )
    context = {"assessment": row, "person": row.person, "may_write": may_write}
    return render(request, "careplans/assessment.html", context)


@require(Permission.ASSESSMENT_WRITE)
@require_http_methods(BOTH)
def amend(request, pk):
    """Go on with a draft assessment."""
    rows = Assessment.objects.visible_to(request.user).select_related("person")
    row = row_or_404(request, rows, pk, Permission.ASSESSMENT_WRITE)
    initial = {name: getattr(row, name) for name in TYPED}
    form = forms.AssessmentForm(request.POST or None, user=request.user, row=row, initial=initial)

    def action(**facts):
        return actions.amend_assessment(assessment=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="careplans/assess.html", done="The assessment is saved.",
        person=row.person, assessment=row,
    )  # fmt: skip
