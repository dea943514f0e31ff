"""Taking in a list: all of it or nothing, every row kept, each compared with our records."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sharedlives.records.actions import lock, record, record_all
from sharedlives.rules import refusals

from .. import files, rules
from ..models import Flag, Roster, RosterRow, RosterSource
from . import flags
from .linking import BATCH, match

AT_ONCE = 1_000  # rows compared while the sender waits; the sweep compares the others


@transaction.atomic
def receive(*, source, content, filename, by, at=None, compare=AT_ONCE):
    """Take in a list of a source. Raises RuleBroken, and changes nothing, for a file that is no list.

    `compare` is how many rows are compared with our records at once; the nightly sweep does the rest.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    files.check_size(len(content), settings.ROSTER_MAX_BYTES)
    source = lock(RosterSource, source.pk)
    if source.agreement_until < today:
        raise rules.AGREEMENT.broken(source=source.name, ended=f"{source.agreement_until:%-d %B %Y}")
    read = files.read(content, filename, today=today, mapping=source.columns)
    sha256 = hashlib.sha256(content).hexdigest()
    if Roster.objects.filter(source=source, sha256=sha256).exists():
        raise rules.SAME_FILE.broken("file")
    replace_older(source, at, by)
    roster = Roster(
        source=source,
        uploaded_by=by,
        uploaded_at=at,
        filename=filename[:150],
        sha256=sha256,
        row_count=len(read),
        refused_count=sum(bool(row.why_refused) for row in read),
    )
    with refusals(safetynet_same_file_once="file"):
        record(roster, by=by, why="list received")
    rows = record_all([as_row(roster, row) for row in read], by=by, why="list received")
    close_flags_of_those_gone(source, rows, on=today, by=by)
    compare_first(rows, compare, on=today, by=by)
    return roster


def replace_older(source, at, by):
    for older in Roster.objects.filter(source=source, replaced_at=None):
        older.replaced_at = at
        record(older, by=by, why="replaced by a newer list")


def as_row(roster, read):
    row = RosterRow(
        roster=roster, number=read.number, raw=read.raw, notes=read.notes, fingerprint=read.fingerprint
    )
    if read.why_refused:
        row.state, row.why_refused = RosterRow.State.REFUSED, read.why_refused
    for name, value in read.facts.items():
        setattr(row, name, value)
    return row


def compare_first(rows, most, *, on, by):
    waiting = [row for row in rows if row.state == RosterRow.State.WAITING][:most]
    for start in range(0, len(waiting), BATCH):
        match(waiting[start : start + BATCH], on=on, by=by)


def close_flags_of_those_gone(source, rows, *, on, by):
    """Whoever is no longer on the list: that question has gone with them. While a row was refused it may be theirs."""
    if any(row.state == RosterRow.State.REFUSED and not row.fingerprint for row in rows):
        return
    still = {row.fingerprint for row in rows}
    opened = Flag.objects.open().filter(roster_row__roster__source=source).select_related("roster_row")
    gone = [flag for flag in opened if flag.roster_row.fingerprint not in still]
    flags.close_many(gone, Flag.Because.LEFT, on=on, by=by, why="no longer on the newest list")
