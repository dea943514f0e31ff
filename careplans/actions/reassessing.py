"""Reassessment after a major change: opened with an owner and a day, closed with what came of it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.rules import check_seen
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import Assessment, Reassessment
from .owners import owner as team_of
from .wishes import check_owner

DEADLINE = "careplans.reassessment"


@transaction.atomic
def open_reassessment(*, person, cause, what_happened, happened_on, by, owner=None, due_on=None):
    """Something changed so much that needs are looked at again. Owner and day default to the writer and the policy."""
    today, council = timezone.localdate(), person.responsible_council
    owner = owner or by
    due_on = due_on or today + timedelta(days=queries.policy_for(council, today).reassess_days)
    check_owner(person, owner, due_on)
    if happened_on > today:
        raise rules.NOT_BEFORE_DRAFT.broken("happened_on")
    row = Reassessment(
        person=person, organisation=team_of(person, by), cause=cause, what_happened=what_happened.strip(),
        happened_on=happened_on, owner=owner, due_on=due_on,
        next_stage_on=first_stage_on(DEADLINE, council=council, due_on=due_on),
    )  # fmt: skip
    with refusals(careplans_reassessment_says_why="what_happened"):
        return record(row, by=by, why="major change")


@transaction.atomic
def close_reassessment(
    *,
    reassessment,
    state,
    outcome,
    by,
    assessment=None,
    seen_how="",
    seen_on=None,
    seen_where="",
    version=None,
):
    """What came of it. *Reassessed* names the complete assessment; *not needed* says why in the outcome.

    When, where and how the person was seen comes from that assessment; else it is said, or why they were not.
    Raises RuleBroken.
    """
    row = lock(Reassessment, reassessment.pk, version)
    if row.state != Reassessment.State.OPEN:
        raise rules.ANSWERED_STAYS.broken()
    if assessment is not None and (
        assessment.person_id != row.person_id or assessment.state != Assessment.State.COMPLETE
    ):
        raise rules.REASSESSED_BY.broken("assessment")
    row.state, row.outcome, row.closed_on, row.next_stage_on = (
        state,
        outcome.strip(),
        timezone.localdate(),
        None,
    )
    row.assessment = assessment if state == Reassessment.State.DONE else None
    if row.assessment is None:
        row.seen_how, row.seen_on, row.seen_where = seen_how, seen_on, seen_where.strip()
    elif assessment.seen_how:  # older ones do not say it
        row.seen_how, row.seen_on, row.seen_where = (
            assessment.seen_how,
            assessment.done_on,
            assessment.seen_where,
        )
    if state == Reassessment.State.NOT_NEEDED:
        seen = {"seen_how": row.seen_how, "seen_on": row.seen_on, "seen_where": row.seen_where}
        check_seen(today=timezone.localdate(), **seen)
    fields = {
        "careplans_reassessed_by_an_assessment": "assessment",
        "careplans_reassessment_ends_with_an_outcome": "outcome",
    }
    with refusals(**fields):
        return record(row, by=by, why=f"reassessment: {row.get_state_display().lower()}")
