"""Budgets, copies for schemes, their acknowledgement, and versions entered in error."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from careplans import actions, forms, queries
from careplans.models import CarePlan, PersonalBudget, PlanShare, ShareOwed
from people.access import person_or_404, row_or_404
from people.visibility import Level
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, needs, require

BOTH = ["GET", "POST"]


@require(Permission.PLAN_WRITE)
@require_http_methods(BOTH)
def budget(request, person):
    """Set the personal budget from a day on, or correct the last one."""
    person = person_or_404(request, person, Permission.PLAN_WRITE, least=Level.FUNDS)
    budgets = PersonalBudget.objects.visible_to(request.user).filter(person=person)
    last = budgets.first()
    names = (
        "weekly_pounds", "sufficient", "short_because", "direct_payment_pounds", "paid_to", "since",
        "signed_off_on",
    )  # fmt: skip
    initial = {name: getattr(last, name) for name in names} if last else {}
    form = forms.BudgetForm(request.POST or None, user=request.user, initial=initial)
    return form_page(
        request, form=form, action=partial(actions.set_budget, person=person, by=request.user),
        template="careplans/budget.html", done="The budget is saved.",
        to=reverse("careplans:plans", args=[person.pk]), person=person, last=last,
    )  # fmt: skip


@require(Permission.PLAN_SHARE)
@require_http_methods(BOTH)
def share(request, pk):
    """Give a signed version to a scheme."""
    rows = CarePlan.objects.visible_to(request.user).select_related("person", "organisation__council")
    plan = row_or_404(request, rows, pk, Permission.PLAN_SHARE)
    form = forms.ShareForm(request.POST or None, user=request.user, plan=plan)
    return form_page(
        request, form=form, action=partial(actions.share_plan, plan=plan, by=request.user),
        template="careplans/share.html", done="The plan is shared. The scheme is asked to acknowledge it.",
        to=plan, plan=plan, person=plan.person,
    )  # fmt: skip


@require(Permission.PLAN_SHARE)
@require_GET
def share_owed(request, pk):
    """From a list of what is due to the page that gives the version to the scheme."""
    rows = ShareOwed.objects.visible_to(request.user).select_related("person")
    row = row_or_404(request, rows, pk, Permission.PLAN_SHARE)
    return redirect("careplans:share", row.plan_id)


@require(Permission.PLAN_ACKNOWLEDGE)
@require_http_methods(BOTH)
def acknowledge(request, pk):
    """The scheme reads the plan here and says that it holds it."""
    rows = PlanShare.objects.visible_to(request.user).filter(plan__entered_in_error=None)
    rows = rows.select_related("person", "plan", "scheme").prefetch_related("plan__outcomes")
    row = row_or_404(request, rows, pk, Permission.PLAN_ACKNOWLEDGE)
    if row.scheme_id not in {membership.organisation_id for membership in request.user.current_memberships()}:
        raise PermissionDenied(needs(Permission.PLAN_ACKNOWLEDGE))
    if row.acknowledged_at is not None:
        return render(request, "careplans/acknowledged.html", {"share": row, "person": row.person})
    queries.for_reader(request.user, row.plan)
    form = forms.AcknowledgeForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.acknowledge_plan, share=row, by=request.user),
        template="careplans/acknowledge.html", done="Thank you. The funding team sees that you hold this plan.",
        to=row.plan, share=row, plan=row.plan, person=row.person,
        services=[] if "how_met" in row.plan.kept_back else row.plan.services.all(),
    )  # fmt: skip


@require(Permission.PLAN_WRITE)
@require_http_methods(BOTH)
def enter_in_error(request, pk):
    """Hide a version that should not be on this record; the page it leads to lists the copies to recall."""
    rows = CarePlan.objects.visible_to(request.user).select_related("person")
    plan = row_or_404(request, rows, pk, Permission.PLAN_WRITE)
    form = forms.InErrorForm(request.POST or None, user=request.user, row=plan)
    return form_page(
        request, form=form, action=partial(actions.enter_in_error, plan=plan, by=request.user),
        template="careplans/enter_in_error.html", done="This version is hidden. It stays in the audit.",
        to=reverse("careplans:plans", args=[plan.person_id]), plan=plan, person=plan.person,
    )  # fmt: skip
