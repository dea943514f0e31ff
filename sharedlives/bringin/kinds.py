"""The registry: which files can be brought in, by whom, with which columns, and what becomes of a row."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sharedlives.documents.tables import is_formula
from sharedlives.permissions import GRANTS, Role

from .cells import BadCell, empty, plain

REGISTRY = {}


@dataclass(frozen=True)
class Column:
    """One column: our name for it, its heading, how a cell is read, other headings that mean the same."""

    key: str
    heading: str
    read: Callable
    needed: bool = False
    others: tuple[str, ...] = ()
    what: str = ""
    example: str = ""


class Stands(StrEnum):
    """What a check says of a row that can be read."""

    NEW = "new"
    HERE = "here"
    MEND = "mend"
    DECIDE = "decide"


@dataclass(frozen=True)
class Finding:
    """How a row stands to our records.

    `problems` is {column key, or "" for the whole row: words}; `candidates` are those whom a row to decide may be,
    [{"id", "label", "why"}], without those that the sender may not know of; `subject` is the id of what is here.
    """

    stands: Stands
    says: str = ""
    problems: dict = field(default_factory=dict)
    candidates: list = field(default_factory=list)
    subject: Any = None


def new():
    return Finding(Stands.NEW)


def here(says, subject):
    return Finding(Stands.HERE, says=says, subject=subject)


def mend(**problems):
    """A row to mend. A problem of the whole row is called `row`."""
    return Finding(Stands.MEND, problems={"" if k == "row" else k: v for k, v in problems.items()})


@dataclass
class Scope:
    """For whom a file is brought in: whose records (an organisation's id), by whom, as of which day."""

    organisation_id: Any
    by: Any
    today: date
    decided: bool = False  # somebody has said that this row is nobody of those it is like
    from_this_file: Callable = frozenset  # of some ids, those of records that this very file brought in


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    `check(rows, scope)` says of each of some rows (dictionaries of values) how it stands, as a list of `Finding`s, and
    writes nothing. `bring(row, scope)` carries one out through the app's own actions and returns the record; it may
    raise RuleBroken. `key(row)` tells two rows of one file apart. `order` is the order in which to go live.
    """

    slug: str
    title: str
    noun: tuple[str, str]
    about: str
    permission: str
    columns: tuple[Column, ...]
    order: int
    check: Callable = field(repr=False)
    bring: Callable = field(repr=False)
    key: Callable = field(repr=False)

    def __post_init__(self):
        if self.slug in REGISTRY:
            raise ValueError(f"Two kinds of file are called {self.slug}")
        REGISTRY[self.slug] = self

    def column(self, key):
        return next((column for column in self.columns if column.key == key), None)

    def places_of(self, headings, remembered=None):
        """{place in the row: our column's key} for the headings that are known; each column once, the first wins.

        `remembered` is what headings meant the last time, {plain heading: key}; it wins.
        """
        known = {}
        for column in self.columns:
            for name in (column.heading, column.key, *column.others):
                known.setdefault(plain(name), column.key)
        known |= remembered or {}
        found = {}
        for place, heading in enumerate(headings):
            key = known.get(plain(heading))
            if key and key not in found.values():
                found[place] = key
        return found

    def read(self, cells):
        """({column key: value or None}, {column key: what is wrong}) of the cells of a row, as text."""
        values, problems = {}, {}
        for column in self.columns:
            said = cells.get(column.key, "")
            try:
                values[column.key] = read_cell(column, said)
            except BadCell as bad:
                problems[column.key] = str(bad)
        return values, problems


def read_cell(column, said):
    if empty(said):
        if column.needed:
            raise BadCell(f"“{column.heading}” is empty. It is needed.")
        return None
    if is_formula(said):
        raise BadCell(
            f"“{said[:60]}” is a formula, not a value. Write the value itself, or save the file with values only."
        )
    return column.read(said)


def kinds_for(user):
    """The kinds of file that a user may bring in, in the order in which to go live."""
    held = {p for m in user.current_memberships() for p in GRANTS[m.role]}
    return sorted((kind for kind in REGISTRY.values() if kind.permission in held), key=lambda k: k.order)


def organisations_for(user, kind):
    """The organisations for which a user may bring in a kind of file. A data officer acts for the whole council."""
    found = {}
    for membership in user.current_memberships():
        if kind.permission in GRANTS[membership.role]:
            organisation = membership.organisation
            if membership.role == Role.DATA_OFFICER:
                organisation = organisation.council or organisation
            found[organisation.pk] = organisation
    return list(found.values())
