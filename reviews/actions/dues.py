"""What happens to a duty: it opens, is met, is missed, is no longer owed. Its date never moves, but for a policy."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from people.queries import funding_team
from placements.models import Placement
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import rules
from ..models import ReviewDue, ReviewPolicy, ReviewSubject
from ..queries import policy_for

DUE = "reviews.review_due"
State, Subject = ReviewDue.State, ReviewDue.Subject


def policy_of(council, on):
    """The policy in force; a house that has lost its shipped default gets it back."""
    policy = policy_for(council, on)
    if policy is None:
        policy = record(
            ReviewPolicy(in_force_from=on.replace(month=1, day=1)), by=None, why="shipped default"
        )
    return policy


def open_due(
    *,
    person,
    organisation,
    subject,
    on,
    counted_from,
    by,
    is_first,
    placement=None,
    service="",
    agreed_on=None,
):
    """Open the next round of one subject, under the policy in force on a day. Raises RuleBroken when one is open."""
    council = organisation.council or person.responsible_council
    policy = policy_of(council, on)
    due_on = rules.due_under(
        is_first=is_first,
        counted_from=counted_from,
        agreed_on=agreed_on,
        first_days=policy.first_review_days,
        months=policy.interval_months,
    )
    due = ReviewDue(
        person=person,
        organisation=organisation,
        subject=subject,
        placement=placement,
        service=service,
        cycle=next_cycle(person, subject, placement, service),
        is_first=is_first,
        policy=policy,
        counted_from=counted_from,
        agreed_on=agreed_on,
        first_due_on=due_on,
        due_on=due_on,
        next_stage_on=first_stage_on(DUE, council=council, due_on=due_on),
    )
    with refusals():
        return record(due, by=by, why="first review opened" if is_first else "next review opened")


def next_cycle(person, subject, placement, service):
    same = ReviewDue.objects.filter(person=person, subject=subject, placement=placement, service=service)
    return (same.aggregate(last=Max("cycle"))["last"] or 0) + 1


def close(due, state, on, *, by, why=""):
    """End a due as met, met late, missed or void. It then reminds nobody."""
    due.state, due.closed_on, due.next_stage_on = state, on, None
    due.why = why[:200]
    with refusals():
        return record(due, by=by, why=why or State(state).label.lower())


def meet(due, *, on, held_on, agreed_on, by):
    """A meeting held on a day met this due on `on` (sign-off may come later); the next one opens. Returns the state."""
    state = rules.met_state(due.due_on, on)
    close(due, state, on, by=by)
    open_next(due, counted_from=min(due.due_on, held_on), agreed_on=agreed_on, on=on, by=by)
    return state


def open_next(due, *, counted_from, on, by, agreed_on=None):
    """The next round after a due was met or missed. None where what it was about has ended."""
    if due.placement_id and due.placement.state == Placement.State.ENDED:
        return None
    team = funding_team(due.person, on) or due.organisation
    return open_due(
        person=due.person,
        organisation=team,
        subject=due.subject,
        placement=due.placement,
        service=due.service,
        on=on,
        counted_from=counted_from,
        agreed_on=agreed_on,
        is_first=False,
        by=by,
    )


def let_go(due, *, on, why, by):
    """A due that is no longer owed. Meetings planned for it are about the rest, or about nothing any more."""
    close(due, State.VOID, on, by=by, why=why)
    for subject in due.subjects.filter(outcome__in=["planned", "awaiting"]):
        subject.outcome = ReviewSubject.Outcome.NOT_MET
        record(subject, by=by, why=why)


@transaction.atomic
def no_longer_owed(*, due, why, by, on, version=None):
    """Say by hand, with the reason, that a review is no longer owed: it stays on the record as void."""
    due = lock(ReviewDue, due.pk, version)
    if due.state != State.OPEN:
        raise rules.CLOSED_STAYS_CLOSED.broken()
    let_go(due, on=on, why=why, by=by)
    return due


def miss_all(*, as_of, progress=None):
    """Close as missed what is still open twelve months after its date, and open the next. Returns how many.

    The day of the miss is the day twelve months after the due date, whenever this runs: a clock that stood still
    for a year misses the same ones.
    """
    missed = 0
    before = rules.add_months(as_of, -rules.MISSED_AFTER_MONTHS)
    # One day more than the arithmetic asks for: 29 February is missed on 28 February of the next year.
    late = ReviewDue.objects.open().filter(due_on__lte=before + timedelta(days=1))
    for pk in list(late.order_by("due_on").values_list("pk", flat=True)):
        missed += miss(pk, as_of)
        if progress:
            progress(1)
    return missed


@transaction.atomic
def miss(pk, as_of):
    """Miss one due, and those after it that would be missed by now as well. Returns how many."""
    due = ReviewDue.objects.open().select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    count = 0
    while due is not None and rules.missed_on(due.due_on) <= as_of:
        on = rules.missed_on(due.due_on)
        close(due, State.MISSED, on, by=None, why="still open twelve months after its date")
        following = open_next(due, counted_from=due.due_on, on=on, by=None)
        carry_meetings_over(due, following)
        due, count = following, count + 1
    return count


def carry_meetings_over(due, following):
    """A meeting that was planned for a missed due is about the next round now; it cannot meet the missed one."""
    for subject in due.subjects.filter(outcome__in=["planned", "awaiting"]).select_related("review"):
        planned = subject.outcome == ReviewSubject.Outcome.PLANNED
        subject.outcome = ReviewSubject.Outcome.NOT_MET
        record(subject, by=None, why="the review was missed")
        if planned and following is not None:
            record(ReviewSubject(review=subject.review, due=following), by=None, why="carried over")
