"""Everything that can happen to reviews. Pages, follows and the clock all come through here.

The followers of moments stand in this file; the other events in the files beside it.
"""

from django.db import transaction
from django.utils import timezone

from people.queries import funding_team
from placements.codes import EndReason
from sharedlives.records.actions import record

from .. import rules
from ..models import Review, ReviewDue, ReviewSubject
from .dues import let_go, meet, no_longer_owed, open_due
from .guests import add_guest, set_guests
from .holding import hold
from .meeting import assign_reviewing_officer, cancel, schedule
from .nightly import miss_overdue
from .owners import follow_the_funding
from .policy import apply_policies, preview, set_policy
from .remarks import may_remark, say_what_is_wrong
from .restoring import enter_in_error, restore_dues
from .sending import getting_a_copy, render_record, say_what_became, send_record
from .todo import finish_action, give_up_action
from .wanting import answer_request, ask_for_review, not_wanted, want_review_for_change

__all__ = [
    "add_guest",
    "answer_request",
    "apply_policies",
    "ask_for_review",
    "assign_reviewing_officer",
    "cancel",
    "enter_in_error",
    "finish_action",
    "follow_the_funding",
    "getting_a_copy",
    "give_up_action",
    "hold",
    "look_at_new_service",
    "let_go_of_support_plan",
    "look_at_support_plan",
    "may_remark",
    "miss_overdue",
    "no_longer_owed",
    "not_wanted",
    "note_sign_off",
    "open_first_due",
    "open_service_due",
    "preview",
    "render_record",
    "restore_dues",
    "say_what_became",
    "say_what_is_wrong",
    "schedule",
    "send_record",
    "set_guests",
    "set_policy",
    "void_dues",
    "void_everything",
    "want_review_for_change",
]


@transaction.atomic
def open_first_due(*, placement, by):
    """A placement started: its agreement must be looked at within the policy's days, and the plan with it.

    Two dues on one day, which one meeting serves. A plan that has an open review already keeps that one.
    """
    person, today = placement.person, timezone.localdate()
    team = funding_team(person, today) or placement.funding_team or placement.scheme
    facts = {
        "person": person,
        "organisation": team,
        "on": today,
        "counted_from": rules.counts_from(placement.starts_on, today),
        "is_first": True,
        "by": by,
    }
    plan = ReviewDue.objects.open().filter(person=person, subject=ReviewDue.Subject.CARE_PLAN)
    if not plan.exists():
        open_due(subject=ReviewDue.Subject.CARE_PLAN, **facts)
    return open_due(subject=ReviewDue.Subject.PLACEMENT_AGREEMENT, placement=placement, **facts)


@transaction.atomic
def open_service_due(*, person, service, started_on, by):
    """Any new service in the package is looked at within the policy's days after its start (Kent policy 26)."""
    today = timezone.localdate()
    return open_due(
        person=person,
        organisation=funding_team(person, today) or person.responsible_council,
        subject=ReviewDue.Subject.SERVICE,
        service=service,
        on=today,
        counted_from=rules.counts_from(started_on, today),
        is_first=True,
        by=by,
    )


@transaction.atomic
def look_at_new_service(*, person, service, started_on, by):
    """A signed plan has a new service: its first review opens, unless one of the same name is open already."""
    if not ReviewDue.objects.open().filter(person=person, service__iexact=service).exists():
        open_service_due(person=person, service=service, started_on=started_on, by=by)


@transaction.atomic
def look_at_support_plan(*, person, scheme, on, by):
    """A scheme's support plan has a review clock of its own: yearly from the first version in use."""
    service = of_support_plan(scheme)
    if ReviewDue.objects.open().filter(person=person, service=service).exists():
        return
    open_due(
        person=person,
        organisation=funding_team(person, on) or scheme,
        subject=ReviewDue.Subject.SERVICE,
        service=service,
        on=on,
        counted_from=on,
        is_first=False,
        by=by,
    )


def of_support_plan(scheme):
    """What the review of a scheme's support plan is called among the services."""
    return f"Support plan of {scheme}"[:120]


@transaction.atomic
def let_go_of_support_plan(*, person, scheme, by):
    """The only support plan stood on the wrong record: there is nothing to look at again."""
    for due in held_open().filter(person=person, service=of_support_plan(scheme)):
        let_go(due, on=timezone.localdate(), why="the support plan was entered in error", by=by)


@transaction.atomic
def void_dues(*, placement, by):
    """A placement ended: its agreement need not be looked at any more. The plan still must, as long as the person lives."""
    on = placement.ended_on or timezone.localdate()
    why = f"the placement ended: {placement.get_end_reason_display().lower()}"
    if placement.end_reason == EndReason.DIED:
        return void_everything(person=placement.person, on=on, by=by, why=why)
    for due in held_open().filter(placement=placement):
        let_go(due, on=on, why=why, by=by)


@transaction.atomic
def void_everything(*, person, on, by, why="the person died"):
    """A person died: nothing has to be looked at any more. What is owed on a meeting already held stays owed."""
    for due in held_open().filter(person=person):
        let_go(due, on=on, why=why, by=by)
    for review in Review.objects.scheduled().filter(person=person):
        cancel(review=review, because=Review.Cancelled.DIED, words=why, by=by)


def held_open():
    """Open dues, locked in one order, so that two such actions wait instead of blocking each other."""
    return ReviewDue.objects.open().select_for_update(no_key=True, of=("self",)).order_by("pk")


@transaction.atomic
def note_sign_off(*, person, on, by):
    """Plan and budget are signed: meetings held before, which met nothing until now, meet what they were about."""
    waiting = ReviewSubject.objects.filter(
        due__person=person,
        due__state="open",
        outcome=ReviewSubject.Outcome.AWAITING,
        review__held_on__isnull=False,
        review__entered_in_error=None,
    )
    for subject in waiting.select_related("review", "due").order_by("review__held_on", "pk"):
        due = ReviewDue.objects.select_for_update(no_key=True, of=("self",)).get(pk=subject.due_id)
        if due.state != ReviewDue.State.OPEN:
            continue  # an earlier meeting of this loop met it
        review = subject.review
        met_on = rules.met_on(review.held_on, on)
        state = meet(due, on=met_on, held_on=review.held_on, agreed_on=review.next_due_on, by=by)
        subject.outcome = state
        record(subject, by=by, why="plan and budget were signed off")
