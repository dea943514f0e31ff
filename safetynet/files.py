"""From the bytes of a file to cleaned rows. Refuses a whole file with a rule, a single row with a reason."""

import csv
import hashlib
import io
import re
import zipfile
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from people import likeness
from sharedlives.documents.spreadsheet import begins_like_a_formula

from . import columns, rules

ENCODINGS = ("utf-8-sig", "cp1252")
MOST_ROWS = 20_000
MOST_UNPACKED = 100_000_000  # bytes: an XLSX that unpacks to more is a bomb, not a list
NUMBER_LIKE = re.compile(r"[+-][\d\s().,-]*")


@dataclass
class ReadRow:
    """One row: its number in the file, what it said, what was understood, and why it was refused (or empty)."""

    number: int
    raw: dict
    facts: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)
    why_refused: str = ""
    fingerprint: str = ""


def check_size(size, most):
    """Refuse a file by its size, before a byte of it is read."""
    if size > most:
        raise rules.FILE_TOO_BIG.broken("file", size=f"{size / 1e6:.1f}", most=f"{most / 1e6:g}")
    if size == 0:
        raise rules.FILE_EMPTY.broken("file", what="it has no bytes")


def read(content, filename, *, today, mapping=None):
    """The rows of a file as `ReadRow`s. Raises RuleBroken for a file that is no list; changes nothing."""
    table = (
        xlsx(content)
        if filename.lower().endswith((".xlsx", ".xlsm")) or content[:4] == b"PK\x03\x04"
        else comma(content)
    )
    heading, *lines = table
    heading = [str("" if cell is None else cell).strip() for cell in heading]
    places = columns.places_of(heading, mapping)
    lacks = columns.missing_from(places, mapping)
    if lacks:
        found = ", ".join(cell for cell in heading if cell)
        raise rules.HEADER.broken("file", missing=", ".join(lacks), found=found[:300] or "no headings at all")
    lines = [(number, line) for number, line in enumerate(lines, 2) if any(filled(cell) for cell in line)]
    if not lines:
        raise rules.FILE_EMPTY.broken("file", what="there is a heading, and no row beneath it")
    if len(lines) > MOST_ROWS:
        raise rules.TOO_MANY_ROWS.broken("file", most=f"{MOST_ROWS:,}")
    rows = [read_row(number, heading, line, places, today) for number, line in lines]
    return refuse_repeats(rows)


def filled(cell):
    return cell is not None and str(cell).strip() != ""


# -- Tables ---------------------------------------------------------------------------------------------


def decoded(content):
    """The text of a file in one of the encodings that work. Raises RuleBroken."""
    if b"\x00" not in content:
        for encoding in ENCODINGS:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise rules.FILE_READABLE.broken("file")


def comma(content):
    """The lines of a CSV file, the heading first; the separator is read off the heading."""
    said = decoded(content)
    if not said.strip():
        raise rules.FILE_EMPTY.broken("file", what="it holds only blanks")
    first = said.lstrip().split("\n", 1)[0]
    separator = max(",;\t|", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(said, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise rules.FILE_A_TABLE.broken("file", why=f"as CSV it breaks off ({error})") from error
    return from_heading(lines)


def from_heading(lines):
    """Without the empty lines before the heading; their number stays true for what follows the heading."""
    start = next((n for n, line in enumerate(lines) if any(filled(cell) for cell in line)), None)
    if start is None:
        raise rules.FILE_EMPTY.broken("file", what="it holds only blanks")
    return [lines[start], *([[]] * start), *lines[start + 1 :]]


def xlsx(content):
    """The lines of the first sheet of an XLSX file. Formulas stay formulas: their row will be refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise rules.FILE_A_TABLE.broken("file", why="unpacked it would be far too large")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise rules.FILE_A_TABLE.broken("file", why="it is damaged, or not XLSX") from error
    lines = []
    for line in book.worksheets[0].iter_rows(values_only=True):
        lines.append(list(line))
        if len(lines) > MOST_ROWS * 2:
            raise rules.TOO_MANY_ROWS.broken("file", most=f"{MOST_ROWS:,}")
    book.close()
    return from_heading(lines)


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


def is_formula(cell):
    """Whether a spreadsheet would run this cell. A lone dash or a number with its sign is no formula."""
    said = cell.strip()
    return begins_like_a_formula(said) and not NUMBER_LIKE.fullmatch(said)


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
