"""Hiding what should not be on this record: an assessment, a support plan, a wish, a reassessment."""

from django.db import transaction

from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from ..models import Assessment, NeedEnteredInError, Reassessment, SupportPlan, Wish
from ..moments import SUPPORT_PLAN_HIDDEN

WHY = "entered in error"


def mark(key, row, why, by):
    with refusals():
        record(NeedEnteredInError(person=row.person, **{key: row}, why=why.strip()), by=by, why=WHY)
    return row


def remind_nobody(row, by):
    row.next_stage_on = None
    return record(row, by=by, why=WHY)


@transaction.atomic
def assessment_in_error(*, assessment, why, by):
    """Somebody else's assessment, or one begun on a wrong record. What was planned from it stays, to be put right."""
    return mark("assessment", lock(Assessment, assessment.pk), why, by)


@transaction.atomic
def support_plan_in_error(*, plan, why, by):
    """Somebody else's support plan. The version before it is the one in use again."""
    plan = lock(SupportPlan, plan.pk)
    row = mark("support_plan", plan, why, by)
    left = SupportPlan.objects.in_use().filter(person=plan.person, organisation=plan.organisation)
    if plan.state == SupportPlan.State.IN_USE and not left.exists():
        SUPPORT_PLAN_HIDDEN.happened(person=plan.person, scheme=plan.organisation, by=by)
    return row


@transaction.atomic
def wish_in_error(*, wish, why, by):
    """Somebody else's wish: it is nobody's job here any more."""
    return mark("wish", remind_nobody(lock(Wish, wish.pk), by), why, by)


@transaction.atomic
def reassessment_in_error(*, reassessment, why, by):
    """Something changed in somebody else's life: nobody is owed a reassessment for it here."""
    return mark("reassessment", remind_nobody(lock(Reassessment, reassessment.pk), by), why, by)
