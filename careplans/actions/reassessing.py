"""Reassessment after a major change: opened with an owner and a day, closed with what came of it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

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
def close_reassessment(*, reassessment, state, outcome, by, assessment=None, version=None):
    """What came of it. *Reassessed* names the complete assessment; *not needed* says why in the outcome."""
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
    fields = {
        "careplans_reassessed_by_an_assessment": "assessment",
        "careplans_reassessment_ends_with_an_outcome": "outcome",
    }
    with refusals(**fields):
        return record(row, by=by, why=f"reassessment: {row.get_state_display().lower()}")
