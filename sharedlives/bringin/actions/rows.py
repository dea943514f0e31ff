"""What somebody does about one row: mends it in place, decides who it is, leaves it out."""

from django.db import transaction
from django.utils import timezone

from sharedlives.records.actions import lock

from .. import rules
from ..kinds import Stands
from ..models import BringIn, BringInRow
from .judging import judge
from .working import State, bring, keep


def open_row(row):
    """The row as it is now, locked after its file. Raises RuleBroken when nothing is open about it."""
    bring_in = lock(BringIn, row.bring_in_id)
    row = BringInRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    row.bring_in = bring_in
    if row.state not in BringInRow.OPEN or bring_in.state == BringIn.State.PUT_ASIDE:
        raise rules.STILL_OPEN.broken()
    return row


def again(row, by):
    """Check a row again; where its file has been brought in already, bring it in at once."""
    row.touched_by, row.touched_at = by, timezone.now()
    if row.bring_in.is_confirmed:
        bring(row.bring_in, [row], by=by)
    else:
        judge(row.bring_in, [row], by=by)
        keep([row])
    return row


@transaction.atomic
def mend(*, row, cells, by):
    """Put right cells of a row, {column: text}, and try it again. What is still wrong, the row says.

    What was typed is kept either way, and beside it the row as it came. Raises RuleBroken when nothing is open.
    """
    row = open_row(row)
    row.cells = row.cells | {key: " ".join(text.split()) for key, text in cells.items()}
    return again(row, by)


@transaction.atomic
def decide(*, row, who, by):
    """Say whom a row to decide means: a candidate's id, `here` for a record that is not shown, `new` for nobody yet."""
    row = open_row(row)
    if row.state != State.DECIDE:
        raise rules.STILL_OPEN.broken()
    if who == Stands.NEW:
        row.nobody_of_those = True
        return again(row, by)
    chosen = next((one for one in row.candidates if one["id"] == who), None)
    row.state, row.subject_id = State.HERE, chosen and chosen["id"]
    row.says = (
        f"Decided: this is {chosen['label']}."
        if chosen
        else "Decided: this is somebody with a record already."
    )
    row.touched_by, row.touched_at = by, timezone.now()
    keep([row])
    return row


@transaction.atomic
def leave_out(*, row, why, by):
    """Do not bring a row in; it stays, with the reason. Raises RuleBroken without one."""
    row = open_row(row)
    if not why.strip():
        raise rules.REASON_GIVEN.broken("why")
    row.state, row.says, row.problems = State.LEFT_OUT, why.strip()[:300], {}
    row.touched_by, row.touched_at = by, timezone.now()
    keep([row])
    return row
