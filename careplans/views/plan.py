"""Reading care plans: the person's plans, one version, and what changed between two."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from careplans import queries, rules
from careplans.access import person_allowed, row_allowed
from careplans.models import Assessment, CarePlan, PersonalBudget, PlanShare
from people.access import row_or_404
from sharedlives.permissions import Permission, require


@require(Permission.PLAN_VIEW)
@require_GET
def plans(request, person):
    """Everything of this floor about one person: versions, budget, assessments, copies to be recalled."""
    person, may = person_allowed(request, person, Permission.PLAN_VIEW)
    versions = CarePlan.objects.visible_to(request.user).filter(person=person)
    context = {
        "person": person,
        "plans": versions.select_related("superseded_by", "supersedes"),
        "budgets": PersonalBudget.objects.visible_to(request.user).filter(person=person),
        "assessments": Assessment.objects.visible_to(request.user).filter(person=person),
        "recalls": recalls(request.user, person),
        "may": may,
    }
    context["draft"] = next((plan for plan in context["plans"] if plan.state == "draft"), None)
    return render(request, "careplans/plans.html", context)


def recalls(user, person):
    """Copies of versions entered in error, as far as the user may know of them."""
    shares = PlanShare.objects.visible_to(user).filter(person=person, plan__entered_in_error__isnull=False)
    return shares.select_related("scheme", "plan__entered_in_error")


@require(Permission.PLAN_VIEW)
@require_GET
def plan(request, pk):
    """One version: its sections, outcomes, signatures, and who holds it."""
    rows = CarePlan.objects.visible_to(request.user).select_related(
        "person", "organisation", "superseded_by__new", "entered_in_error"
    )
    rows = rows.prefetch_related("outcomes", "sign_offs")
    row, may = row_allowed(request, rows, pk, Permission.PLAN_VIEW)
    today = timezone.localdate()
    shares = PlanShare.objects.visible_to(request.user).filter(plan=row)
    budgets = PersonalBudget.objects.visible_to(request.user).filter(person=row.person)
    context = {
        "plan": row,
        "person": row.person,
        "reasons": rules.not_up_to_date(row, today) if row.state == "signed" else [],
        "shares": shares.select_related("scheme", "shared_by", "acknowledged_by"),
        "budget": budgets.holding(today).first(),
        "may": may,
        "own": [membership.organisation_id for membership in request.user.current_memberships()],
    }
    return render(request, "careplans/plan.html", context)


@require(Permission.PLAN_VIEW)
@require_GET
def differences(request, pk):
    """What changed from the version before, word by word."""
    visible = CarePlan.objects.visible_to(request.user).prefetch_related("outcomes")
    rows = visible.select_related("person", "supersedes")
    row = row_or_404(request, rows, pk, Permission.PLAN_VIEW)
    before = visible.filter(person=row.person, number__lt=row.number).order_by("-number").first()
    changes = queries.changed_between(before, row) if before else []
    for change in changes:
        change["pieces"] = rules.word_changes(change["was"], change["now"])
    context = {"plan": row, "person": row.person, "before": before, "changes": changes}
    return render(request, "careplans/differences.html", context)
