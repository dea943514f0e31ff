"""The scheme's support plan: begun, written, taken into use, read."""

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from careplans import actions, forms, queries
from careplans.access import row_allowed
from careplans.models import CarePlan, Outcome, SupportPlan, own_organisations
from people.access import person_or_404, row_or_404
from people.visibility import Level
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
WRITE = Permission.SUPPORT_PLAN_WRITE


@require(WRITE)
@require_http_methods(BOTH)
def begin_support(request, person):
    """Begin a version of the own scheme's support plan."""
    person = person_or_404(request, person, WRITE, least=Level.SUPPORTS)
    scheme = queries.schemes_involved(person).filter(pk__in=own_organisations(request.user)).first()
    if scheme is None:
        raise Http404
    first = not SupportPlan.objects.in_use().filter(person=person, organisation=scheme).exists()
    form = forms.BeginSupportForm(request.POST or None, user=request.user, first=first)
    return form_page(
        request, form=form, action=partial(actions.draft_support_plan, person=person, scheme=scheme, by=request.user),
        template="careplans/begin_support.html", to=lambda plan: reverse("careplans:write_support", args=[plan.pk]),
        person=person, scheme=scheme,
    )  # fmt: skip


@require(Permission.PLAN_VIEW)
@require_GET
def support_plan(request, pk):
    """One version, to read."""
    rows = SupportPlan.objects.visible_to(request.user).select_related("person", "organisation", "drafted_by")
    row, may = row_allowed(request, rows.prefetch_related("steps__outcome"), pk, Permission.PLAN_VIEW)
    own = row.organisation_id in own_organisations(request.user)
    context = {"plan": row, "person": row.person, "may_write": own and "SUPPORT_PLAN_WRITE" in may}
    return render(request, "careplans/support_plan.html", context)


def draft_or_404(request, pk):
    rows = SupportPlan.objects.visible_to(request.user).drafts().select_related("person", "organisation")
    return row_or_404(request, rows.prefetch_related("steps"), pk, WRITE)


@require(WRITE)
@require_http_methods(BOTH)
def write_support(request, pk):
    """Write the steps of a draft; each may serve an outcome of the care and support plan that the scheme holds."""
    row = draft_or_404(request, pk)
    held = CarePlan.objects.visible_to(request.user).latest_version().filter(person=row.person)
    form = forms.SupportForm(
        request.POST or None, user=request.user, row=row, steps=list(row.steps.all()),
        outcomes=Outcome.objects.filter(plan__in=held), initial={"about": row.about},
    )  # fmt: skip

    def action(**facts):
        return actions.write_support_plan(plan=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="careplans/write_support.html", done="The draft is saved.",
        plan=row, person=row.person,
    )  # fmt: skip


@require(WRITE)
@require_http_methods(BOTH)
def use_support(request, pk):
    """Take a draft into use."""
    row = draft_or_404(request, pk)
    form = forms.UseSupportForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.use_support_plan(plan=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="careplans/use_support.html", done="The support plan is in use.",
        plan=row, person=row.person,
    )  # fmt: skip
