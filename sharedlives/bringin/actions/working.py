"""Working off a file, batch by batch: first every row is checked, and once confirmed the new ones are brought in.

The row is the truth: whoever is killed in the middle leaves rows that still say what has to be done.
"""

import logging
import time

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from sharedlives.records.actions import came_from, lock, record

from .. import rules
from ..models import BringIn, BringInRow
from .judging import judge, scope_of

AT_ONCE = 500  # rows worked off while somebody waits; of a longer file the clock sees to the rest
BATCH = 50
FIELDS = ("cells", "key_hash", "state", "says", "problems", "candidates", "subject_id")
CLASH = "This row clashes with what is recorded already ({what}). Check it against the record, or leave it out with a reason."
State = BringInRow.State
log = logging.getLogger(__name__)


@transaction.atomic
def confirm(*, bring_in, by):
    """Bring in what is new. Short files at once; a long one is worked off by the clock. Raises RuleBroken."""
    bring_in = lock(BringIn, bring_in.pk)
    if bring_in.state != BringIn.State.READY:
        raise rules.FIRST_CHECKED.broken()
    bring_in.state, bring_in.confirmed_by, bring_in.confirmed_at = BringIn.State.BRINGING, by, timezone.now()
    record(bring_in, by=by, why="confirmed: bring in what is new")
    return work_off_if_short(bring_in)


@transaction.atomic
def put_aside(*, bring_in, by):
    """The file was the wrong one: nothing of it is brought in. It stays as it was sent. Raises RuleBroken."""
    bring_in = lock(BringIn, bring_in.pk)
    if bring_in.is_confirmed or bring_in.state == BringIn.State.PUT_ASIDE:
        raise rules.FIRST_CHECKED.broken()
    bring_in.state = BringIn.State.PUT_ASIDE
    return record(bring_in, by=by, why="put aside")


def work_off_if_short(bring_in):
    if bring_in.is_working and bring_in.rows.count() <= AT_ONCE:
        work_off(bring_in)
    return bring_in


def work_off_all(*, limit_seconds=50):
    """The clock's part: work off all files that wait, batch by batch, each in a transaction of its own.

    Returns {"batches", "more"}. Stops after so many seconds; the next tick goes on.
    """
    until, batches = time.monotonic() + limit_seconds, 0
    for pk in BringIn.objects.filter(state__in=["checking", "bringing"]).order_by("uploaded_at").values_list("pk", flat=True):  # fmt: skip
        while time.monotonic() < until and one_batch(pk):
            batches += 1
    return {"batches": batches, "more": time.monotonic() >= until}


@transaction.atomic
def one_batch(pk):
    """One batch of one file, unless another worker is at it. Returns whether there is more to do."""
    rows = BringIn.objects.filter(pk=pk, state__in=["checking", "bringing"])
    bring_in = rows.select_for_update(skip_locked=True, of=("self",)).first()
    if bring_in is None:
        return False
    step(bring_in)
    return bring_in.is_working


def work_off(bring_in):
    """All batches of a file, in the transaction that is open."""
    while bring_in.is_working:
        step(bring_in)
    return bring_in


def step(bring_in):
    """One batch. The last one moves the file on: from checking to checked, from bringing in to done."""
    checking = bring_in.state == BringIn.State.CHECKING
    wanted = State.WAITING if checking else State.NEW
    rows = list(bring_in.rows.filter(state=wanted).order_by("number")[:BATCH])
    if checking:
        judge(bring_in, rows, by=bring_in.uploaded_by)
        keep(rows)
    else:
        bring(bring_in, rows, by=bring_in.confirmed_by)
    if len(rows) < BATCH:
        bring_in.state = BringIn.State.READY if checking else BringIn.State.DONE
        record(bring_in, by=bring_in.uploaded_by, why="checked" if checking else "brought in")


def keep(rows):
    for row in rows:
        row.bring_in_id = row.bring_in_id or row.bring_in.pk
    BringInRow.objects.bulk_update(rows, [*FIELDS, "touched_by", "touched_at", "nobody_of_those"])


def bring(bring_in, rows, *, by):
    """Check rows again, as things stand now, and carry out those that are new, each in a savepoint of its own."""
    one_at_a_time(bring_in)
    values = judge(bring_in, rows, by=by)
    for row in rows:
        if row.pk in values:
            bring_one(bring_in, row, values[row.pk], by)
    keep(rows)
    return rows


def one_at_a_time(bring_in):
    """Two files of a kind for one organisation are never brought in side by side: the second sees the first's records."""
    with connection.cursor() as cursor:
        what = f"bring in {bring_in.kind} {bring_in.organisation_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def bring_one(bring_in, row, values, by):
    scope = scope_of(bring_in, by, decided=row.nobody_of_those)
    try:
        with transaction.atomic(), came_from(f"brought in from {bring_in.filename[:40]}, row {row.number}"):
            record_of_it = bring_in.spec.bring(values, scope)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a late refusal belongs to its row
    except ValidationError as broken:
        row.state, row.problems = State.MEND, problems_of(bring_in.spec, broken)
    except DatabaseError as refused:
        name = (
            getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None)
            or "a fault of the data"
        )
        log.warning("A row could not be brought in", extra={"constraint": name})
        row.state, row.problems = State.MEND, {"": CLASH.format(what=name.replace("_", " "))}
    else:
        row.state, row.subject_id, row.says, row.problems = State.BROUGHT, record_of_it.pk, "", {}


def problems_of(kind, broken):
    """{our column, or "" for the whole row: words} of a refusal."""
    if not hasattr(broken, "error_dict"):
        return {"": " ".join(broken.messages)}
    found = {}
    for field, messages in broken.message_dict.items():
        key = field if kind.column(field) else ""
        found[key] = " ".join(filter(None, [found.get(key, ""), *messages]))
    return found
