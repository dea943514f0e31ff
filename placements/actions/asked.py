"""Answers that are waited for: opened when somebody is asked, closed by the answer, or when nobody asks any more."""

from datetime import timedelta

from sharedlives.records.actions import record
from sharedlives.worklist.deadlines import first_stage_on

from .. import codes, queries
from ..models import AnswerOwed

DEADLINE = "placements.answer_owed"
DAYS = {"scheme": "scheme_days", "person": "person_days", "carer": "carer_days"}
ANSWERED = "answered"


def ask(*, referral, scheme, side, on, by, match=None):
    """One side is asked on a day: the answer is due after the days of the council whose team refers the person."""
    asked = referral.answers_owed.open().filter(organisation=scheme, side=side, match=match)
    if asked.exists():
        return None
    council = referral.organisation.council
    due_on = on + timedelta(days=getattr(queries.matching_policy(council, on), DAYS[side]))
    row = AnswerOwed(
        referral=referral, match=match, organisation=scheme, side=side, due_on=due_on,
        next_stage_on=first_stage_on(DEADLINE, council=council, due_on=due_on),
    )  # fmt: skip
    return record(row, by=by, why="asked")


def follow_answer(match, side, on, by):
    """A yes or a no closes what was waited for; *not asked* and *not sure yet* leave it open, or open it again."""
    if getattr(match, f"{side}_answer") in (codes.Says.YES, codes.Says.NO):
        no_longer_owed(match.referral, on, by, ANSWERED, match=match, side=side)
    else:
        ask(referral=match.referral, scheme=match.scheme, side=side, match=match, on=on, by=by)


def no_longer_owed(referral, on, by, because, **only):
    """Answers of a referral that are not waited for any more, narrowed by fields of `AnswerOwed`."""
    for row in referral.answers_owed.open().filter(**only).order_by("pk"):
        row.done_on, row.closed_because, row.next_stage_on = on, because, None
        record(row, by=by, why=because)
