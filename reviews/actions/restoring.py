"""What is owed again: a death, or the record of a meeting, was entered in error."""

from django.db import transaction
from django.utils import timezone

from people import actions as people
from placements.codes import EndReason
from placements.models import Placement
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.actions import start_clocks
from sharedlives.worklist.deadlines import first_stage_on

from .. import rules
from ..models import RecordEnteredInError, RecordOwed, Review, ReviewDue
from .dues import DUE, let_go, next_cycle

DIED = ("the person died", f"the placement ended: {EndReason.DIED.label.lower()}")
LIKE_BEFORE = (
    "person", "organisation", "subject", "placement", "service", "is_first", "policy", "counted_from", "agreed_on",
    "first_due_on", "due_on",
)  # fmt: skip


@transaction.atomic
def restore_dues(*, person, by):
    """What the death made void is owed again, on the dates it had: as a round of its own, for closed stays closed."""
    for old in last_rounds(person):
        if old.state == ReviewDue.State.VOID and old.why in DIED:
            open_again(old, by, "the death was recorded in error")


def last_rounds(person):
    """The last round of each subject, locked in one order."""
    rows = ReviewDue.objects.filter(person=person).select_related(
        "organisation__council", "policy", "placement"
    )
    rows = rows.select_for_update(no_key=True, of=("self",)).order_by("pk")
    last = {}
    for due in sorted(rows, key=lambda due: due.cycle):
        last[due.subject, due.placement_id, due.service] = due
    return last.values()


def open_again(old, by, why):
    council = old.organisation.council or old.person.responsible_council
    due = ReviewDue(
        cycle=next_cycle(old.person, old.subject, old.placement, old.service),
        next_stage_on=first_stage_on(DUE, council=council, due_on=old.due_on),
        **{name: getattr(old, name) for name in LIKE_BEFORE},
    )
    record(due, by=by, why=why)


NO_MEETING = "the record of the meeting was entered in error"


@transaction.atomic
def enter_in_error(*, review, why, by):
    """Hide the record of a meeting that should not be on this person's record.

    What it met is owed again on the date it had, what was promised at it reminds nobody, and its copies are work.
    """
    review = lock(Review, review.pk)
    if not review.is_held:
        raise rules.NOT_HELD.broken()
    with refusals():
        record(RecordEnteredInError(review=review, why=why.strip()), by=by, why="entered in error")
    stop_reminders(review, by)
    for due in met_by(review):
        owe_again(due, by)
    copies = review.copies.select_related("participant").order_by("sent_on", "pk")
    people.recall_copies(
        person=review.person, organisation=review.organisation, record_id=review.pk,
        what=f"Record of the {review.get_kind_display().lower()} held on {review.held_on:%-d %B %Y}",
        copies=[(holder(copy), copy.sent_on) for copy in copies], by=by,
    )  # fmt: skip
    return review


def holder(copy):
    guest = copy.participant
    return f"{guest.name}, {guest.get_role_display().lower()}"


def stop_reminders(review, by):
    rows = [*RecordOwed.objects.filter(review=review), *review.actions.all()]
    for row in rows:
        if row.next_stage_on is not None:
            row.next_stage_on = None
            record(row, by=by, why=NO_MEETING)


def met_by(review):
    """The dues that a meeting closed, locked in one order."""
    dues = ReviewDue.objects.filter(
        subjects__review=review, state__in=[ReviewDue.State.MET, ReviewDue.State.MET_LATE]
    )
    dues = dues.select_related("organisation__council", "policy", "placement", "person")
    return dues.select_for_update(no_key=True, of=("self",)).order_by("pk")


def owe_again(due, by):
    """It is open again, on the date it had, and the round after it gives way.

    Unless that one was met meanwhile, or what it was about has ended.
    """
    later = ReviewDue.objects.filter(
        person=due.person,
        subject=due.subject,
        placement=due.placement,
        service=due.service,
        cycle__gt=due.cycle,
    ).exclude(state=ReviewDue.State.VOID, why=NO_MEETING)
    if due.placement_id and due.placement.state == Placement.State.ENDED:
        return
    if later.exclude(state=ReviewDue.State.OPEN).exists():
        return
    for following in later.select_for_update(no_key=True, of=("self",)):
        let_go(following, on=timezone.localdate(), why=NO_MEETING, by=by)
    council = due.organisation.council or due.person.responsible_council
    due.state, due.closed_on, due.why = ReviewDue.State.OPEN, None, ""
    due.next_stage_on = first_stage_on(DUE, council=council, due_on=due.due_on)
    with refusals():
        record(due, by=by, why=NO_MEETING)
    start_clocks(person=due.person)  # what was sent of its ladder is not sent again
