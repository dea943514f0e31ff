"""The columns of a list: what we ask for, what else a heading may be called, and how a cell is read.

Expected heading of a CSV file: `Given name,Family name,Date of birth,NHS number,Postcode,Service`.
"""

import datetime
import re
from dataclasses import dataclass

from people.rules import nhs_number_fault
from sharedlives.bringin.cells import day_of

TEXT = 120


@dataclass(frozen=True)
class Column:
    """One column: our name for it, its heading, other headings that mean the same, and what it is for."""

    key: str
    heading: str
    others: tuple[str, ...]
    what: str


COLUMNS = (
    Column("given_name", "Given name", ("first name", "forename", "forenames", "christian name"), "All given names."),
    Column("family_name", "Family name", ("surname", "last name"), "The family name."),
    Column("name", "Name", ("full name", "client name", "customer name"), "In place of the two before: “Rees, Kate” or “Kate Rees”."),
    Column("date_of_birth", "Date of birth", ("dob", "birth date", "born", "d o b"), "Day first: 9/3/1984, or 1984-03-09."),
    Column("nhs_number", "NHS number", ("nhs no", "nhs", "nhs num"), "Ten digits, if known."),
    Column("postcode", "Postcode", ("post code", "home postcode"), "Where the person lives."),
    Column("service", "Service", ("placement type", "arrangement", "support", "service type"), "What they receive, in the list’s own words."),
)  # fmt: skip
EXPECTED = "Given name,Family name,Date of birth,NHS number,Postcode,Service"


def plain(heading):
    return " ".join(re.sub(r"[^a-z0-9]+", " ", str(heading or "").lower()).split())


def places_of(heading, mapping=None):
    """{our column: place in the row} for a heading; `mapping` holds the source's own names and wins."""
    at = {plain(cell): place for place, cell in reversed(list(enumerate(heading))) if plain(cell)}
    found = {}
    for column in COLUMNS:
        own = (mapping or {}).get(column.key)
        names = [own] if own else [column.heading, *column.others]
        place = next((at[plain(name)] for name in names if plain(name) in at), None)
        if place is not None:
            found[column.key] = place
    return found


def missing_from(places, mapping=None):
    """The headings that a list cannot do without and that are not there, in words."""
    lacks = []
    if "name" not in places:
        lacks = [heading_of(key, mapping) for key in ("given_name", "family_name") if key not in places]
    if "date_of_birth" not in places and "nhs_number" not in places:
        lacks.append(f"{heading_of('date_of_birth', mapping)} or {heading_of('nhs_number', mapping)}")
    return lacks


def heading_of(key, mapping=None):
    return (mapping or {}).get(key) or next(column.heading for column in COLUMNS if column.key == key)


class BadCell(ValueError):
    """A cell that cannot be read; the text says why, for the sender."""


def text(cell, heading):
    """A cell as text, single spaces. Raises BadCell when it is longer than any name."""
    found = " ".join(str("" if cell is None else cell).split())
    if found in ("-", "–", "n/a", "N/A", "none", "None", "NULL"):
        return ""
    if len(found) > TEXT:
        raise BadCell(f"“{heading}” has more than {TEXT} letters")
    return found


def birth(cell, today):
    """A cell as date of birth, or None for an empty one. Raises BadCell."""
    if isinstance(cell, datetime.datetime):
        found = cell.date()
    elif isinstance(cell, datetime.date):
        found = cell
    else:
        said = text(cell, "Date of birth")
        if not said:
            return None
        found = read_date(said)
    if found > today or today.year - found.year > 120:
        raise BadCell(f"a date of birth of {found:%-d %B %Y} is not possible")
    return found


def read_date(said):
    """A date written day first (9/3/1984, 9 March 1984) or year first (1984-03-09). Raises BadCell."""
    found = day_of(said)
    if found is None:
        raise BadCell(
            f"“{said}” is not a date of birth that can be read; write day, month and four-figure year"
        )
    return found


def nhs(cell):
    """(ten digits or empty, what was noted) of a cell. A number that fails its check is kept, and said."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    said = text(cell, "NHS number")
    digits = "".join(c for c in said if c.isdigit())
    if not said:
        return "", ""
    if len(digits) != 10:
        return "", f"“{said}” is not an NHS number: it needs ten digits. Compared without it."
    fault = nhs_number_fault(digits)
    return digits, f"The NHS number does not pass its check: {fault}. Compared without it." if fault else ""


def postcode(cell):
    return "".join(c for c in str(cell or "") if c.isalnum()).upper()[:10]
