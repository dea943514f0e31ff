"""A file arrives: it is kept row by row, and its columns are named."""

import hashlib
import json

from django.conf import settings
from django.db import transaction

from sharedlives.documents.rules import FILE_EMPTY
from sharedlives.documents.tables import as_text, check_size, filled, lines_of
from sharedlives.records.actions import lock, record

from .. import rules
from ..cells import plain
from ..models import BringIn, BringInRow
from .working import work_off_if_short

MOST_ROWS = 20_000
BATCH = 1_000


@transaction.atomic
def receive(*, kind, organisation, file, by):
    """Keep a file of a kind for an organisation, row by row. Raises RuleBroken for one that is no such file.

    Nothing of it reaches a record before it is confirmed. `file` has a name and can be read.
    """
    content = file.read()
    check_size(len(content), settings.ROSTER_MAX_BYTES)
    heading, *lines = lines_of(content, file.name)
    headings = [as_text(cell)[:120] for cell in heading]
    remembered = columns_of_last_time(kind, organisation)
    columns = kind.places_of(headings, remembered)
    if not columns:
        found = ", ".join(cell for cell in headings if cell)[:300]
        raise rules.HEADING_KNOWN.broken("file", found=found or "no headings at all")
    lines = [(number, line) for number, line in enumerate(lines, 2) if any(filled(cell) for cell in line)]
    if not lines:
        raise FILE_EMPTY.broken("file", what="there is a heading, and no row beneath it")
    if len(lines) > MOST_ROWS:
        raise rules.NOT_TOO_MANY_ROWS.broken("file", most=f"{MOST_ROWS:,}")
    known = not missing(kind, columns) and not unknown(headings, columns, remembered)
    bring_in = BringIn(
        kind=kind.slug, organisation_id=organisation.pk, organisation_name=str(organisation)[:120],
        filename=file.name[:150], sha256=hashlib.sha256(content).hexdigest(), headings=headings,
        columns=columns, uploaded_by=by, state=BringIn.State.CHECKING if known else BringIn.State.COLUMNS,
    )  # fmt: skip
    record(bring_in, by=by, why="file received")
    rows = (as_row(bring_in, number, line) for number, line in lines)
    BringInRow.objects.bulk_create(rows, batch_size=BATCH)
    return work_off_if_short(bring_in)


def as_row(bring_in, number, line):
    raw = [as_text(cell)[:2000] for cell in line]
    said = json.dumps([cell for cell in raw if cell], ensure_ascii=False)
    digest = hashlib.sha256(said.encode()).hexdigest()
    return BringInRow(bring_in=bring_in, number=number, raw=raw, raw_hash=digest)


def columns_of_last_time(kind, organisation):
    """{plain heading: our column, or "" for not used}: what the headings of the last such file meant."""
    last = (
        BringIn.objects.filter(kind=kind.slug, organisation_id=organisation.pk)
        .exclude(state=BringIn.State.COLUMNS)
        .order_by("-uploaded_at")
        .first()
    )
    if last is None:
        return {}
    return {plain(heading): last.columns.get(str(n), "") for n, heading in enumerate(last.headings)}


def missing(kind, columns):
    """The headings that are needed and that no column of the file holds."""
    named = set(columns.values())
    return [column.heading for column in kind.columns if column.needed and column.key not in named]


def unknown(headings, columns, remembered=None):
    """The places of headings that mean nothing here, and that nobody has said are not used."""
    return [
        n
        for n, heading in enumerate(headings)
        if heading and n not in columns and (remembered or {}).get(plain(heading)) != ""
    ]


@transaction.atomic
def name_columns(*, bring_in, columns, by):
    """Say which column of the file is which: {place: our column's key, or empty for not used}; then it is checked.

    Raises RuleBroken for a column that is needed and not named, or named twice.
    """
    bring_in = lock(BringIn, bring_in.pk)
    if bring_in.state != BringIn.State.COLUMNS:
        raise rules.FIRST_CHECKED.broken()
    named = {str(place): key for place, key in columns.items() if key}
    for key in set(named.values()):
        places = [place for place, one in named.items() if one == key]
        if len(places) > 1:
            heading = bring_in.spec.column(key).heading
            raise rules.COLUMN_ONCE.broken(f"column-{places[-1]}", heading=heading)
    lacks = missing(bring_in.spec, named)
    if lacks:
        raise rules.COLUMNS_COMPLETE.broken(missing=", ".join(lacks))
    bring_in.columns, bring_in.state = named, BringIn.State.CHECKING
    record(bring_in, by=by, why="columns named")
    return work_off_if_short(bring_in)
