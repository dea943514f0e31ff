"""From the bytes of a CSV or XLSX file to lines of cells, the heading first. Knows nothing of what they mean."""

import csv
import datetime
import io
import re
import zipfile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from . import rules
from .spreadsheet import begins_like_a_formula

ENCODINGS = ("utf-8-sig", "cp1252")
MOST_UNPACKED = 100_000_000  # bytes: an XLSX that unpacks to more is a bomb, not a list
MOST_LINES = 40_000  # of a sheet, blank ones included
NUMBER_LIKE = re.compile(r"[+-][\d\s().,-]*")


def check_size(size, most):
    """Refuse a file by its size, before a byte of it is read. Both in bytes. Raises RuleBroken."""
    if size > most:
        raise rules.FILE_TOO_BIG.broken("file", size=f"{size / 1e6:.1f}", most=f"{most / 1e6:g}")
    if size == 0:
        raise rules.FILE_EMPTY.broken("file", what="it has no bytes")


def lines_of(content, filename, *, most_unpacked=MOST_UNPACKED):
    """The lines of a file, the heading first, each a list of cells; blank lines before the heading keep their number.

    Raises RuleBroken for a file that is no table.
    """
    if filename.lower().endswith((".xlsx", ".xlsm")) or content[:4] == b"PK\x03\x04":
        return xlsx(content, most_unpacked)
    return comma(content)


def filled(cell):
    return cell is not None and str(cell).strip() != ""


def is_formula(cell):
    """Whether a spreadsheet would run this cell. A lone dash or a number with its sign is no formula."""
    said = str(cell).strip()
    return begins_like_a_formula(said) and not NUMBER_LIKE.fullmatch(said)


def as_text(cell):
    """A cell as somebody would have typed it: days as 2011-03-04, whole numbers without a point, single spaces."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).replace("\x00", "").split())


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


def xlsx(content, most_unpacked):
    """The lines of the first sheet of an XLSX file. Formulas stay formulas: their row will be refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > most_unpacked:
                raise rules.FILE_A_TABLE.broken("file", why="unpacked it would be far too large")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise rules.FILE_A_TABLE.broken("file", why="it is damaged, or not XLSX") from error
    lines = []
    for line in book.worksheets[0].iter_rows(values_only=True):
        lines.append(list(line))
        if len(lines) > MOST_LINES:
            raise rules.FILE_A_TABLE.broken("file", why=f"its first sheet has more than {MOST_LINES:,} lines")
    book.close()
    return from_heading(lines)
