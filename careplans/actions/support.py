"""The scheme's support plan: drafted, written, taken into use."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from people.models import Person
from sharedlives.records.actions import lock, record, strike
from sharedlives.rules import refusals

from .. import rules
from ..models import SupportPlan, SupportStep
from ..moments import SUPPORT_PLAN_IN_USE


@transaction.atomic
def draft_support_plan(*, person, scheme, by, why_new=""):
    """Begin a version; a later one begins with the steps of the one in use, and says why."""
    lock(Person, person.pk)
    versions = SupportPlan.objects.filter(person=person, organisation=scheme)
    if versions.drafts().exists():
        raise rules.ONE_SUPPORT_DRAFT.broken()
    last = versions.in_use().first()
    if last is not None and not why_new.strip():
        raise rules.WHY_NEW.broken("why_new")
    plan = SupportPlan(
        person=person, organisation=scheme, drafted_by=by, why_new=why_new.strip(),
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1, about=last.about if last else "",
    )  # fmt: skip
    with refusals():
        record(plan, by=by, why=why_new or "first version begun")
    if last is not None:
        write_steps(plan, [(step.words, step.who, step.outcome) for step in last.steps.all()], by)
    return plan


def open_draft(plan, version):
    plan = lock(SupportPlan, plan.pk, version)
    if plan.state != SupportPlan.State.DRAFT:
        raise rules.SUPPORT_IN_USE.broken()
    return plan


def write_steps(plan, steps, by):
    """Make the steps of a draft read as these (words, who, outcome), in this order."""
    kept = {step.number: step for step in plan.steps.all()}
    with refusals():
        for number, (words, who, outcome) in enumerate((s for s in steps if s[0].strip()), start=1):
            step = kept.pop(number, None) or SupportStep(plan=plan, number=number)
            if (step.words, step.who, step.outcome) != (words.strip(), who, outcome):
                step.words, step.who, step.outcome = words.strip(), who, outcome
                record(step, by=by, why="step written")
        for step in kept.values():
            strike(step, by=by, why="step taken out of the draft")


@transaction.atomic
def write_support_plan(*, plan, about, steps, by, version=None):
    """Put what was typed into a draft. Raises Stale when a colleague saved meanwhile."""
    plan = open_draft(plan, version)
    plan.about = about
    record(plan, by=by, why="draft changed")
    write_steps(plan, steps, by)
    return plan


@transaction.atomic
def use_support_plan(*, plan, agreed_with, by, version=None):
    """The version is agreed with the person and in use from today; from then on it no longer changes."""
    plan = open_draft(plan, version)
    if not plan.steps.exists():
        raise rules.SUPPORT_HAS_STEPS.broken()
    plan.state, plan.agreed_with, plan.in_use_from = "in_use", agreed_with.strip(), timezone.localdate()
    with refusals(careplans_support_in_use_was_agreed="agreed_with"):
        record(plan, by=by, why="in use")
    SUPPORT_PLAN_IN_USE.happened(person=plan.person, scheme=plan.organisation, on=plan.in_use_from, by=by)
    return plan
