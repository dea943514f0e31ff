"""Calling back the copies of what was entered on a wrong person's record."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sharedlives.records.actions import lock, record
from sharedlives.worklist.deadlines import first_stage_on

from .. import rules
from ..models import CopyToRecall

DEADLINE = "people.copy_to_recall"
WITHIN = timedelta(days=3)  # days until whoever holds a copy has been asked, and has answered
WHO, WHAT = 200, 160  # letters


@transaction.atomic
def recall_copies(*, person, organisation, record_id, what, copies, by):
    """Each copy of a version that was entered in error is to be called back. `copies` is [(who holds it, given on)]."""
    today = timezone.localdate()
    due_on = today + WITHIN
    next_stage_on = first_stage_on(DEADLINE, council=organisation.council, due_on=due_on)
    rows = []
    for holder, given_on in dict.fromkeys(copies):
        row = CopyToRecall(
            person=person, organisation=organisation, record_id=record_id, what=what[:WHAT], holder=holder[:WHO],
            given_on=given_on, due_on=due_on, next_stage_on=next_stage_on,
        )  # fmt: skip
        rows.append(record(row, by=by, why="to be recalled"))
    return rows


@transaction.atomic
def note_recall(*, copy, asked_on, by, answer="", version=None):
    """When the holder was asked and, once they have, what they answered: that closes it. Raises RuleBroken."""
    copy = lock(CopyToRecall, copy.pk, version)
    if not copy.given_on <= asked_on <= timezone.localdate():
        raise rules.ASKED_AFTER_GIVEN.broken("asked_on", given=copy.given_on)
    copy.asked_on, copy.asked_by = asked_on, by
    copy.answer = answer.strip()
    if copy.answer:
        copy.answered_on, copy.next_stage_on = timezone.localdate(), None
    return record(copy, by=by, why="answered" if copy.answer else "asked")
