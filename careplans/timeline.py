"""This floor's part of the timeline: assessments, plans and their copies, budgets, wishes, reassessments."""

from django.urls import reverse

from sharedlives.permissions import Permission
from sharedlives.timeline import Part, cut, first_written, visible

from .models import Assessment, CarePlan, PersonalBudget, PlanShare, Reassessment, SupportPlan, Wish

LANE = "Plans"


def given(user, person):
    return visible(PlanShare)(user, person).filter(plan__entered_in_error=None)


Part(
    name="careplans.assessment",
    lane=LANE,
    permission=Permission.PLAN_VIEW,
    rows=lambda user, person: Assessment.objects.visible_to(user).filter(
        person=person, state=Assessment.State.COMPLETE
    ),
    at="done_on",
    says=lambda code, text: "Needs assessed",
    path=lambda pk: reverse("careplans:assessment", args=[pk]),
)
Part(
    name="careplans.plan",
    lane=LANE,
    permission=Permission.PLAN_VIEW,
    rows=lambda user, person: CarePlan.objects.visible_to(user).filter(person=person),
    at="signed_on",
    code="number",
    says=lambda code, text: f"Care and support plan signed, version {code}",
    path=lambda pk: reverse("careplans:plan", args=[pk]),
)
Part(
    name="careplans.wish",
    lane=LANE,
    permission=Permission.PLAN_VIEW,
    rows=visible(Wish),
    at=first_written(Wish),
    code="kind",
    text="words",
    says=lambda code, text: f"{Wish.Kind(code).label}: {cut(text)}",
    path=lambda pk: reverse("careplans:wish", args=[pk]),
)
Part(
    name="careplans.reassessment",
    lane=LANE,
    permission=Permission.PLAN_VIEW,
    rows=visible(Reassessment),
    at="happened_on",
    code="cause",
    text="what_happened",
    says=lambda code, text: f"Reassessment opened, {Reassessment.Cause(code).label.lower()}: {cut(text)}",
    path=lambda pk: reverse("careplans:reassessment", args=[pk]),
)
Part(
    name="careplans.support_plan",
    lane=LANE,
    permission=Permission.PLAN_VIEW,
    rows=visible(SupportPlan),
    at="in_use_from",
    code="number",
    text="organisation__name",
    says=lambda code, text: f"Support plan of {text} in use, version {code}",
    path=lambda pk: reverse("careplans:support_plan", args=[pk]),
)
Part(
    name="careplans.budget",
    lane=LANE,
    permission=Permission.PLAN_VIEW,
    rows=visible(PersonalBudget),
    at="since",
    until="until",
    text="weekly_pounds",
    says=lambda code, text: f"Personal budget: £{text} a week",
)
Part(
    name="careplans.plan_given",
    lane=LANE,
    permission=Permission.PLAN_VIEW,
    rows=given,
    at="shared_on",
    code="plan__number",
    text="scheme__name",
    leads="plan",
    says=lambda code, text: f"Plan given to {text}, version {code}",
    path=lambda pk: reverse("careplans:plan", args=[pk]),
)
Part(
    name="careplans.plan_acknowledged",
    lane=LANE,
    permission=Permission.PLAN_VIEW,
    rows=given,
    at="acknowledged_at",
    code="plan__number",
    text="scheme__name",
    leads="plan",
    says=lambda code, text: f"Plan acknowledged by {text}, version {code}",
    path=lambda pk: reverse("careplans:plan", args=[pk]),
)
