"""This floor's part of a person's page."""

from sharedlives.panels import Glance, Panel
from sharedlives.permissions import Permission

from .models import CarePlan, PlanShare, Reassessment, SupportPlan, Wish


def ask(user, person):
    plans = (
        CarePlan.objects.visible_to(user).filter(person=person, superseded_by=None).order_by("-number")[:2]
    )
    shares = PlanShare.objects.visible_to(user).filter(person=person, plan__in=plans.values("pk"))
    return {"plans": plans.select_related("organisation"), "shares": shares.select_related("scheme", "plan")}


def rows(user, person, plans, shares):
    """The newest version the user may read, an open draft, and which copies wait to be acknowledged."""
    return {
        "plan": next((plan for plan in plans if plan.state == CarePlan.State.SIGNED), None),
        "draft": next((plan for plan in plans if plan.state == CarePlan.State.DRAFT), None),
        "shares": shares,
    }


def at_a_glance(facts):
    """The plan in force."""
    plan = facts["plan"]
    if plan is None:
        return [Glance("Care and support plan", "None signed", "late")]
    return [Glance("Care and support plan", f"Version {plan.number}, {plan.signed_on:%-d %B %Y}")]


CARE_PLAN = Panel(
    name="careplans.plan",
    title="Care and support plan",
    template="careplans/_panel.html",
    order=20,
    permission=Permission.PLAN_VIEW,
    asks=ask,
    rows=rows,
    glance=at_a_glance,
)


def ask_open_work(user, person):
    support = SupportPlan.objects.visible_to(user).in_use().filter(person=person)
    return {
        "wishes": Wish.objects.visible_to(user).open().filter(person=person).select_related("owner")[:6],
        "reassessments": Reassessment.objects.visible_to(user)
        .open()
        .filter(person=person)
        .select_related("owner")[:6],
        "support": support.select_related("organisation"),
    }


def open_work(user, person, wishes, reassessments, support):
    """Open wishes and changes, reassessments that are owed, and the support plan in use."""
    return {"wishes": wishes, "reassessments": reassessments, "support": support}


WISHES = Panel(
    name="careplans.wishes",
    title="Wishes, changes and support plan",
    template="careplans/_wishes_panel.html",
    order=25,
    permission=Permission.PLAN_VIEW,
    asks=ask_open_work,
    rows=open_work,
    sheet="careplans/_sheet_wishes.html",
)
