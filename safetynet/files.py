"""From the bytes of a file to cleaned rows. Refuses a whole file with a rule, a single row with a reason."""

import hashlib
from dataclasses import dataclass, field

from people import likeness
from sharedlives.documents.rules import FILE_EMPTY
from sharedlives.documents.tables import check_size, filled, is_formula, lines_of

from . import columns, rules

__all__ = ["MOST_ROWS", "ReadRow", "check_size", "read"]

MOST_ROWS = 20_000
MOST_UNPACKED = 100_000_000  # bytes: an XLSX that unpacks to more is a bomb, not a list


@dataclass
class ReadRow:
    """One row: its number in the file, what it said, what was understood, and why it was refused (or empty)."""

    number: int
    raw: dict
    facts: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)
    why_refused: str = ""
    fingerprint: str = ""


def read(content, filename, *, today, mapping=None):
    """The rows of a file as `ReadRow`s. Raises RuleBroken for a file that is no list; changes nothing."""
    heading, *lines = lines_of(content, filename, most_unpacked=MOST_UNPACKED)
    heading = [str("" if cell is None else cell).strip() for cell in heading]
    places = columns.places_of(heading, mapping)
    lacks = columns.missing_from(places, mapping)
    if lacks:
        found = ", ".join(cell for cell in heading if cell)
        raise rules.HEADER.broken("file", missing=", ".join(lacks), found=found[:300] or "no headings at all")
    lines = [(number, line) for number, line in enumerate(lines, 2) if any(filled(cell) for cell in line)]
    if not lines:
        raise FILE_EMPTY.broken("file", what="there is a heading, and no row beneath it")
    if len(lines) > MOST_ROWS:
        raise rules.TOO_MANY_ROWS.broken("file", most=f"{MOST_ROWS:,}")
    rows = [read_row(number, heading, line, places, today) for number, line in lines]
    return refuse_repeats(rows)


# -- Rows -----------------------------------------------------------------------------------------------


def read_row(number, heading, line, places, today):
    """One line understood, or refused with its reason; what it said is kept either way."""
    row = ReadRow(number, raw=raw_of(heading, line))
    try:
        check_shape(heading, line)
        row.facts, row.notes = understood(line, places, today)
    except columns.BadCell as bad:
        row.why_refused = f"{str(bad)[:1].upper()}{str(bad)[1:]}."[:400]
        return row
    row.fingerprint = fingerprint(row.facts)
    return row


def raw_of(heading, line):
    """{heading: cell} as text; cells beyond the heading are kept under their number."""
    kept = {}
    for place, cell in enumerate(line):
        name = heading[place] if place < len(heading) and heading[place] else f"column {place + 1}"
        if filled(cell):
            kept[name if name not in kept else f"{name} ({place + 1})"] = str(cell).replace("\x00", "")[:2000]
    return kept


def check_shape(heading, line):
    if len(line) > len(heading) and any(filled(cell) for cell in line[len(heading) :]):
        raise columns.BadCell(
            f"this row has {len(line)} cells, the heading has {len(heading)}; a comma too many?"
        )
    for place, cell in enumerate(line):
        if isinstance(cell, str) and is_formula(cell):
            name = heading[place] if place < len(heading) and heading[place] else f"column {place + 1}"
            raise columns.BadCell(f"“{name}” holds a formula, not a value; save the list with values only")


def understood(line, places, today):
    """({our column: value}, [what was noted]). Raises BadCell."""

    def cell(key):
        place = places.get(key)
        return line[place] if place is not None and place < len(line) else None

    given, family = (
        columns.text(cell("given_name"), "Given name"),
        columns.text(cell("family_name"), "Family name"),
    )
    whole = columns.text(cell("name"), "Name")
    if whole and not (given or family):
        family_or_given = likeness.split_name(whole)
        given, family = (part.strip() for part in family_or_given)
    if not likeness.letters(f"{given} {family}"):
        raise columns.BadCell("there is no name in this row")
    number, note = columns.nhs(cell("nhs_number"))
    facts = {
        "given_name": given,
        "family_name": family,
        "date_of_birth": columns.birth(cell("date_of_birth"), today),
        "nhs_number": number,
        "postcode": columns.postcode(cell("postcode")),
        "service": columns.text(cell("service"), "Service"),
    }
    return facts, [note] if note else []


def fingerprint(facts):
    """The same for the same entry in the next list: names, birth and number, however they are spaced or accented."""
    said = "|".join(
        (
            likeness.letters(facts["given_name"]),
            likeness.letters(facts["family_name"]),
            str(facts["date_of_birth"] or ""),
            facts["nhs_number"],
        )
    )
    return hashlib.sha256(said.encode()).hexdigest()


def refuse_repeats(rows):
    """Refuse a row that says who an earlier row of the same file was already."""
    first = {}
    for row in rows:
        if row.why_refused:
            continue
        earlier = first.setdefault(row.fingerprint, row)
        if earlier is not row:
            row.why_refused = f"The same person as in row {earlier.number}."
    return rows
