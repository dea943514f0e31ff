"""Carers: registered, approved, trained, ended."""

import secrets

from django.db import transaction
from django.utils import timezone

from carers import rules
from carers.models import Approval, Carer, HouseholdScheme, Training
from carers.moments import READY
from people.models.organisation import current
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .ties import check_not_close

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without letters that are mistaken for digits
RENEWAL = "carers.training"  # the deadline


def new_reference():
    """A reference for mails and lists, such as C-7KQ2MX: it says nothing about the carer."""
    return "C-" + "".join(secrets.choice(ALPHABET) for _letter in range(6))


def scheme_of(household):
    """The scheme that has worked longest with a home, of those that do today."""
    links = HouseholdScheme.objects.filter(current(timezone.localdate()), household=household)
    return links.select_related("scheme").order_by("since", "pk").first().scheme


@transaction.atomic
def register_carer(*, household, by, organisation=None, **facts):
    """Put a carer of a home on our records. They may take nobody until they are approved.

    `organisation` is the scheme that assesses them: the home's own unless told.
    """
    carer = Carer(
        household=household,
        organisation=organisation or scheme_of(household),
        reference=new_reference(),
        **facts,
    )
    return record(carer, by=by, why="registered")


@transaction.atomic
def correct_carer(*, carer, by, version=None, **facts):
    """Change details of a carer. Raises Stale when somebody else saved meanwhile."""
    carer = lock(Carer, carer.pk, version)
    for name, value in facts.items():
        setattr(carer, name, value)
    return record(carer, by=by, why="details corrected")


@transaction.atomic
def approve(
    *, carer, kinds, since, by, emergency=False, only_for=None, conditions="", until=None, decision=None
):
    """Approve a carer. An earlier approval of the same reach (for anybody, or for the same person) ends that day.

    `until` is the first day on which it no longer holds. Raises RuleBroken for dates in the wrong order, for somebody
    who is close to the carer, and while the carer is suspended. `decision` is the panel's.
    """
    carer = lock(Carer, carer.pk)
    check_not_close(carer, by)
    rules.period(since, until)
    if carer.suspensions.open().exists():
        raise rules.LIFT_FIRST.broken()
    for earlier in Approval.objects.filter(carer=carer, only_for=only_for).current(since).order_by("pk"):
        end_approval(approval=earlier, on=since, by=by)
    approval = Approval(
        carer=carer,
        kinds=list(kinds),
        emergency=emergency,
        only_for=only_for,
        conditions=conditions,
        since=since,
        until=until,
        decision=decision,
        approved_by=by,
    )
    with refusals(carers_approval_for_something="kinds"):
        record(approval, by=by, why="approved")
    READY.happened(carer=carer, by=by)
    return approval


@transaction.atomic
def end_approval(*, approval, on, by):
    """An approval no longer holds from a day on."""
    approval = lock(Approval, approval.pk)
    approval.until = max(on, approval.since)
    return record(approval, by=by, why="approval ended")


@transaction.atomic
def record_training(*, carer, course, done_on, by):
    """A carer did a course; how long it lasts comes from the course. Raises RuleBroken for a date to come.

    The newest of a course falls due on the day it expires; those before it are renewed, and remind nobody.
    """
    if done_on > timezone.localdate():
        raise rules.TRAINED_IN_THE_PAST.broken("done_on")
    lock(Carer, carer.pk)
    same = Training.objects.filter(carer=carer, course=course)
    training = Training(
        carer=carer,
        course=course,
        done_on=done_on,
        expires_on=rules.expires_on(done_on, course.refresh_months),
    )
    if training.expires_on and not same.filter(done_on__gt=done_on).exists():
        training.due_on = training.expires_on
        training.next_stage_on = first_stage_on(
            RENEWAL, council=carer.organisation.council, due_on=training.due_on
        )
    with refusals(carers_training_once_a_day="done_on"):
        record(training, by=by, why="trained")
    for earlier in same.filter(done_on__lt=done_on, due_on__isnull=False).order_by("pk"):
        earlier.due_on = earlier.next_stage_on = None
        record(earlier, by=by, why="renewed")
    READY.happened(carer=carer, by=by)
    return training
