"""Telling people that something falls due: each stage once, the latest one always, whatever was interrupted.

Every batch is one small transaction that holds the rows it looks at. Being killed anywhere, running twice at
once or being replayed changes nothing: a reminder is unique, and `next_stage_on` moves in the same transaction.
"""

import logging
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection, transaction

from .. import ladders, protocols
from ..deadlines import REGISTRY
from ..models import Mail, Reminder, ReminderCopy
from .outbox import new_message_id
from .runs import Until, job_run

log = logging.getLogger(__name__)

BATCH = 500
CAUGHT_UP = "caught up: a later stage had come by then"
ALREADY_LATER = "a later stage was sent before this one was added"
NOBODY = "nobody to tell: no worker, no cover, no manager who may see the record"
COUNTS = ("sent", "skipped", "mails", "nobody", "faulty")

INSERT = """
INSERT INTO worklist_reminder (deadline, object_id, due_on, stage, stage_on, state, why_skipped, written_on, written_at)
SELECT %s, object_id, due_on, stage, stage_on, state, why_skipped, %s, now()
FROM unnest(%s::uuid[], %s::date[], %s::text[], %s::date[], %s::text[], %s::text[])
     AS new(object_id, due_on, stage, stage_on, state, why_skipped)
ON CONFLICT ON CONSTRAINT worklist_reminder_once DO NOTHING
RETURNING id, object_id, stage
"""


@dataclass
class Due:
    """What one row needs now: the stage to send, those to skip and why, and when to look again."""

    row: Any
    next_on: Any
    send: Any = None
    skip: list = field(default_factory=list)
    asked: Any = None
    path: str = ""
    recipients: tuple = ()


def send_reminders(*, as_of, limit_seconds=60, progress=None):
    """Write the reminders of every stage that has come by `as_of`, and queue their mails. Returns the run.

    Works at most `limit_seconds` (None: to the end) and goes on at the next call. A deadline that fails is noted
    as a fault of the run and does not stop the others. `progress(n)` hears of each batch.
    """
    with job_run("send_reminders", as_of) as run:
        clock, tally = Until(limit_seconds), dict.fromkeys(COUNTS, 0)
        run.done = tally
        for deadline in list(REGISTRY.values()):
            try:
                run.more |= not remind_all(deadline, as_of, clock, tally, progress)
            except Exception as error:
                log.exception("reminders of one deadline failed")
                run.fault, run.more = f"{deadline.name}: {type(error).__name__}", True
        if tally["faulty"] and not run.fault:
            run.fault = f"{tally['faulty']} rows could not be read or passed on; see the log"
    return run


def remind_all(deadline, as_of, clock, tally, progress):
    """Batch after batch of one deadline. Returns False when the time was over before the rows were."""
    leave_out, stages = set(), {}
    while not clock.over:
        looked_at = remind_batch(deadline, as_of, leave_out, stages, tally)
        if progress:
            progress(looked_at)
        if not looked_at:
            return True
    return False


def remind_batch(deadline, as_of, leave_out, stages, tally):
    """One batch in one transaction. Returns how many rows it looked at; none means that there are no more."""
    batch = Counter()
    with transaction.atomic():
        held = take(deadline, as_of, leave_out)
        if held:
            # Read again under the lock: what was closed in between is no longer open.
            rows = list(deadline.open().filter(pk__in=held))
            dues = plan(deadline, rows, as_of, stages, leave_out)
            batch["faulty"] += len(rows) - len(dues)
            address(dues, as_of)
            write(deadline, dues, as_of, batch)
            move_on(deadline, dues)
    for name in COUNTS:  # what is counted has been committed
        tally[name] += batch[name]
    return len(held)


def come(deadline, as_of):
    """The open rows of which a stage has come. What a second engine holds is left to it."""
    # The lock is taken on the bare table: `open()` may join what must not be locked.
    table = deadline.model._base_manager
    return table.filter(pk__in=deadline.open().order_by().values("pk"), next_stage_on__lte=as_of)


def take(deadline, as_of, leave_out):
    """The ids of a batch of rows, locked."""
    rows = come(deadline, as_of).exclude(pk__in=leave_out).order_by("next_stage_on", "pk")
    return list(rows.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)[:BATCH])


def plan(deadline, rows, as_of, stages, leave_out):
    """What each row needs. A row that cannot be read is left out of this run and logged; it holds up no other."""
    written = written_stages(deadline, rows)
    dues = []
    for row in rows:
        try:
            ladder = ladder_of(deadline, row, stages)
            due = what_is_due(row, ladder, written[row.pk, row.due_on], as_of)
            if due.send:
                due.asked, due.path = question(deadline, due), deadline.path(row.pk)
        except DatabaseError:
            raise  # the transaction is broken: the whole batch is
        except Exception:
            log.exception("a row that falls due could not be read")
            leave_out.add(row.pk)
        else:
            dues.append(due)
    return dues


def question(deadline, due):
    """Whom to ask for: the person, who answers for it, and whom the row itself names."""
    person, organisation = deadline.responsible(due.row)
    worker = deadline.worker(due.row) if deadline.worker else None
    return protocols.Asked(person, organisation, due.send.tells, worker, deadline.outlives)


def written_stages(deadline, rows):
    """{(row, due date): the stages written already}."""
    found = defaultdict(set)
    reminders = Reminder.objects.filter(deadline=deadline.name, object_id__in=[row.pk for row in rows])
    for pk, due_on, stage in reminders.values_list("object_id", "due_on", "stage"):
        found[pk, due_on].add(stage)
    return found


def ladder_of(deadline, row, stages):
    """The ladder of the row's council; asked for once a run and council."""
    council = deadline.council(row)
    key = council.pk if council else None
    if key not in stages:
        stages[key] = protocols.get("ladder")(deadline=deadline, council=council)
    return stages[key]


def what_is_due(row, ladder, written, as_of):
    """Of the stages that have come and are not written: the latest is sent, the others are skipped."""
    due = Due(row, ladders.next_after(ladder, row.due_on, as_of))
    have_come = ladders.come_by(ladder, row.due_on, as_of)
    new = [stage for stage in have_come if stage.name not in written]
    if not new:
        return due
    if new[-1] is have_come[-1]:
        due.send = new.pop()
        due.skip = [(stage, CAUGHT_UP) for stage in new]
    else:
        due.skip = [(stage, ALREADY_LATER) for stage in new]
    return due


def address(dues, on):
    """Find whom each stage tells. Nobody, or a reason for silence, turns a stage to send into one skipped."""
    sending = [due for due in dues if due.send]
    answers = protocols.get("recipients")(asked=[due.asked for due in sending], on=on) if sending else []
    for due, told in zip(sending, answers, strict=True):
        due.recipients = told.recipients
        if not told.recipients:
            due.skip.append((due.send, told.silent_because or NOBODY))
            due.send = None


def write(deadline, dues, on, tally):
    """Insert the reminders; what another engine was quicker with is left as it is."""
    lines = {}
    for due in dues:
        if due.send:
            lines[due.row.pk, due.send.name] = (due, due.send, Reminder.State.SENT, "")
        for stage, why in due.skip:
            lines[due.row.pk, stage.name] = (due, stage, Reminder.State.SKIPPED, why)
    sent = []
    for pk, object_id, stage_name in insert(deadline, lines.values(), on):
        due, stage, state, why = lines[object_id, stage_name]
        tally[state.value] += 1
        if state == Reminder.State.SENT:
            sent.append((pk, due))
        elif why == NOBODY:
            tally["nobody"] += 1
            tally["faulty"] += not tell_nobody(deadline, due.row, stage, on)
    tally["mails"] += copy_and_queue(deadline, sent)


def insert(deadline, lines, on):
    """One statement for the batch. Returns (id, row, stage) of what is new."""
    if not lines:
        return []
    columns = zip(
        *(
            (
                due.row.pk,
                due.row.due_on,
                stage.name,
                ladders.stage_on(stage, due.row.due_on),
                state.value,
                why,
            )
            for due, stage, state, why in lines
        ),
        strict=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [deadline.name, on, *map(list, columns)])
        return cursor.fetchall()


def copy_and_queue(deadline, sent):
    """A copy for each recipient, and a mail for each copy. Returns how many mails.

    Whoever wants one mail a working day gets a copy that waits for it, unless the matter cannot wait.
    """
    copies, paths = [], []
    for reminder_id, due in sent:
        for user, stands_in_for in due.recipients:
            copy = ReminderCopy(
                reminder_id=reminder_id,
                recipient=user,
                stands_in_for=stands_in_for,
                reference=getattr(due.asked.person, "reference", ""),
                waits_for_digest=user.wants_digest and not deadline.urgent,
            )
            copies.append(copy)
            paths.append(due.path)
    ReminderCopy.objects.bulk_create(copies)
    mails = [
        Mail(
            copy=copy,
            recipient_id=copy.recipient_id,
            template="reminder",
            path=path,
            reference=copy.reference,
            message_id=new_message_id(uuid.uuid4()),
        )
        for copy, path in zip(copies, paths, strict=True)
        if not copy.waits_for_digest
    ]
    Mail.objects.bulk_create(mails)
    return len(mails)


def tell_nobody(deadline, row, stage, on):
    """Something falls due and there is nobody to hear of it: the floor above makes work of that.

    Returns whether it did, or whether there is no such floor; a fault there undoes no reminder.
    """
    try:
        supplied = protocols.get("nobody")
    except KeyError:
        log.error("a reminder has nobody to go to", extra={"job": deadline.name})
        return True
    try:
        with transaction.atomic():
            supplied(deadline=deadline, row=row, stage=stage.name, on=on)
    except Exception:
        log.exception("nobody to tell, and no work could be made of it")
        return False
    return True


def move_on(deadline, dues):
    """Set when to look again, by bare updates: this is bookkeeping of the clock, not a change of the record,
    and must neither fill its history nor raise its version under somebody who is editing it."""
    by_date = defaultdict(list)
    for due in dues:
        by_date[due.next_on, due.row.due_on].append(due.row.pk)
    for (next_on, due_on), pks in by_date.items():
        deadline.model._base_manager.filter(pk__in=pks, due_on=due_on).update(next_stage_on=next_on)
