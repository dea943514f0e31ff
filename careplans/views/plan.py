"""Reading care plans: the person's plans, one version, and what changed between two."""

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from careplans import document, queries, rules
from careplans.access import person_allowed, row_allowed
from careplans.models import Assessment, CarePlan, PersonalBudget, PlanShare, own_organisations
from people.access import row_or_404
from sharedlives.documents import pdf
from sharedlives.permissions import Permission, require
from sharedlives.together import fetch


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
        "asking": asking(request.user, person) if "ASSESSMENT_PART" in may else [],
        "recalls": recalls(request.user, person),
        "may": may,
    }
    context["draft"] = next((plan for plan in context["plans"] if plan.state == "draft"), None)
    return render(request, "careplans/plans.html", context)


def asking(user, person):
    """Joint assessments of this person that wait for the part of the user's own scheme."""
    rows = Assessment.objects.asking(own_organisations(user))
    return rows.filter(person=person, part=None).select_related("organisation")


def recalls(user, person):
    """Copies of versions entered in error, as far as the user may know of them."""
    shares = PlanShare.objects.visible_to(user).filter(person=person, plan__entered_in_error__isnull=False)
    return shares.select_related("scheme", "plan__entered_in_error")


AROUND = ("person", "organisation__council", "superseded_by__new", "entered_in_error")


@require(Permission.PLAN_VIEW)
@require_GET
def plan(request, pk):
    """One version: its sections, outcomes, signatures, and who holds it."""
    rows = CarePlan.objects.visible_to(request.user).select_related(*AROUND)
    today = timezone.localdate()
    rows = queries.with_policy(rows.prefetch_related("outcomes", "sign_offs", "services"), today)
    row, may = row_allowed(request, rows, pk, Permission.PLAN_VIEW)
    budgets = PersonalBudget.objects.visible_to(request.user).filter(person=row.person).holding(today)[:1]
    shares, own = shares_of(request.user, row), own_organisations(request.user)
    fetch(shares, budgets)
    if "PLAN_SHARE" not in may:  # whoever shares the plan reads all of it
        row.kept_back = {key for share in shares if share.scheme_id in own for key in share.withheld}
    policy = queries.policy_of(row, today)
    context = {
        "plan": row,
        "person": row.person,
        "reasons": queries.reasons_against(row, today, policy) if row.state == "signed" else [],
        "shares": shares,
        "budget": next(iter(budgets), None),
        "may": may,
        "own": own,
        "formats": document.FORMATS if pdf.available() and row.state == "signed" else {},
    }
    return render(request, "careplans/plan.html", context | queries.week_of(row, today, policy, request.user))


def shares_of(user, plan):
    """The copies of a version that a user may know of."""
    shares = PlanShare.objects.visible_to(user).filter(plan=plan)
    return shares.select_related("scheme", "shared_by", "acknowledged_by")


@require(Permission.PLAN_VIEW)
@require_GET
def plan_file(request, pk, form):
    """A signed version as a document, in the format that its reader needs."""
    if form not in document.FORMATS or not pdf.available():
        raise Http404
    rows = (
        CarePlan.objects.visible_to(request.user).signed().select_related("person", "organisation__council")
    )
    row = row_or_404(request, rows.prefetch_related("outcomes", "services"), pk, Permission.PLAN_VIEW)
    queries.for_reader(request.user, row)
    rendered = document.render(row, form)
    request.exported = "careplans.plan"
    response = HttpResponse(rendered.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{rendered.filename}"'
    return response


@require(Permission.PLAN_VIEW)
@require_GET
def differences(request, pk):
    """What changed from the version before, word by word."""
    visible = CarePlan.objects.visible_to(request.user)
    rows = visible.select_related("person", "supersedes")
    row = row_or_404(request, rows, pk, Permission.PLAN_VIEW)
    before = visible.filter(person=row.person, number__lt=row.number).order_by("-number").first()
    if before:
        prefetch_related_objects([before, row], "outcomes", "services")
        queries.for_reader(request.user, before, row)
    changes = queries.changed_between(before, row) if before else []
    for change in changes:
        change["pieces"] = rules.word_changes(change["was"], change["now"])
    context = {"plan": row, "person": row.person, "before": before, "changes": changes}
    return render(request, "careplans/differences.html", context)
