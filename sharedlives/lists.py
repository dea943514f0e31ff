"""Every list of the product: sorted, paged and counted in the database, the same rows on screen and as CSV.

A page costs two queries however long the list is: how many there are, and the 25 that show.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import render
from django.utils.functional import cached_property

from .documents.spreadsheet import csv_response
from .templatetags.components import words_date

PER_PAGE = 25
CSV_LIMIT = 10_000  # rows; a file is built whole in memory, so that no half file leaves


@dataclass(frozen=True)
class Column:
    """One column.

    `value` is a function of the row, or the path of an attribute ("person.known_as"; default: the key). A field
    with choices shows its label. `order_by` is what `?sort=key` sorts by: field paths, or None for a column that
    cannot be sorted. `link` is a function of the row that returns an address, or None. `tag` draws the value as
    a state. `numeric` sets it at the right.
    """

    key: str
    label: str
    order_by: str | tuple[str, ...] | None = None
    value: Callable | str | None = None
    link: Callable | None = None
    numeric: bool = False
    tag: bool = False

    def plain(self, row):
        """The value itself, as it goes into a spreadsheet."""
        if callable(self.value):
            return self.value(row)
        owner, name = follow(row, self.value or self.key)
        display = getattr(owner, f"get_{name}_display", None)
        found = display() if display else getattr(owner, name, None)
        return found() if callable(found) else found

    def state(self, row):
        """The code of a state, from which its colour comes; the plain value where there is none."""
        if callable(self.value):
            return self.value(row)
        owner, name = follow(row, self.value or self.key)
        return getattr(owner, name, None)

    @property
    def order(self):
        return (self.order_by,) if isinstance(self.order_by, str) else self.order_by or ()


@dataclass(frozen=True)
class Cell:
    """What one cell shows."""

    text: str
    url: str = ""
    numeric: bool = False
    state: Any = None


@dataclass(frozen=True)
class Head:
    """What stands above one column: its words, the address that sorts by it, and how it is sorted now."""

    label: str
    query: str = ""
    direction: str = ""
    numeric: bool = False


@dataclass
class ListPage:
    """A queryset as one page of a list. `noun` is what the rows are: ("review", "reviews")."""

    request: Any
    queryset: Any
    columns: list[Column]
    title: str
    noun: tuple[str, str] = ("row", "rows")
    filters: Any = None
    empty: str = ""
    export_name: str | None = None
    person: str | None = None
    per_page: int = field(default=PER_PAGE)

    @cached_property
    def ordered(self):
        """The queryset in the order asked for; without a wish, in its own. Rows that tie keep one order."""
        key = self.sort.removeprefix("-")
        column = next((c for c in self.columns if c.key == key and c.order), None)
        if column is None:
            return self.queryset if self.queryset.ordered else self.queryset.order_by("pk")
        backwards = self.sort.startswith("-")
        terms = [
            F(path).desc(nulls_last=True) if backwards else F(path).asc(nulls_last=True)
            for path in column.order
        ]
        return self.queryset.order_by(*terms, "pk")

    @property
    def sort(self):
        return self.request.GET.get("sort", "")

    @cached_property
    def page(self):
        return Paginator(self.ordered, self.per_page).get_page(self.request.GET.get("page"))

    @property
    def count(self):
        return self.page.paginator.count

    @property
    def caption(self):
        """How many there are, in words: *87 reviews*. The same number that a tile or an export shows."""
        return f"{self.count:,} {self.noun[0] if self.count == 1 else self.noun[1]}"

    @property
    def filtered(self):
        """Whether the address narrows the list: then nothing found means something else than nothing there."""
        return any(value for key, value in self.request.GET.items() if key not in ("sort", "page", "format"))

    @property
    def heads(self):
        return [self.head(column) for column in self.columns]

    def head(self, column):
        if not column.order:
            return Head(column.label, numeric=column.numeric)
        now = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")
        query = self.request.GET.copy()
        query.pop("page", None)
        query.pop("format", None)
        query["sort"] = f"-{column.key}" if now == "ascending" else column.key
        return Head(column.label, f"?{query.urlencode()}", now, column.numeric)

    @cached_property
    def rows(self):
        """The cells of this page, row by row."""
        return [[cell(column, row) for column in self.columns] for row in self.page.object_list]

    @property
    def csv_query(self):
        query = self.request.GET.copy()
        query.pop("page", None)
        query["format"] = "csv"
        return f"?{query.urlencode()}"

    @property
    def csv_words(self):
        """What the link to the CSV file promises; a file that cannot hold all rows says so first."""
        if self.count <= CSV_LIMIT:
            return "Save as a spreadsheet (CSV)"
        return f"Save the first {CSV_LIMIT:,} as a spreadsheet (CSV)"

    def note_persons(self, rows):
        """Tell the access log whom these rows show."""
        looked_at = getattr(self.request, "looked_at", None)
        if self.person and looked_at:
            looked_at({pk for pk in (attribute(row, self.person) for row in rows) if pk})

    def as_csv(self):
        """The whole list as a CSV file, at most CSV_LIMIT rows; a last line says when there are more."""
        rows = list(self.ordered[: CSV_LIMIT + 1])
        cut = len(rows) > CSV_LIMIT
        rows = rows[:CSV_LIMIT]
        self.note_persons(rows)
        self.request.exported = self.export_name
        lines = [[column.plain(row) for column in self.columns] for row in rows]
        if cut:
            lines.append([f"Only the first {CSV_LIMIT:,} rows are here. Narrow the list to get the others."])
        return csv_response(self.export_name, [column.label for column in self.columns], lines)


def list_page(
    request,
    queryset,
    *,
    columns,
    title,
    template="components/list.html",
    filters=None,
    context=None,
    export_name=None,
    noun=("row", "rows"),
    empty="",
    person=None,
):
    """Answer with a list, or with its CSV file for `?format=csv` where `export_name` allows one.

    `queryset` is narrowed already; `filters` is the GET form that narrowed it, shown above the list. `empty` says
    what would be here and what to do. `person` is the path to a person's id ("person_id"), for the access log.
    """
    listed = ListPage(request, queryset, columns, title, noun, filters, empty, export_name, person)
    if export_name and request.GET.get("format") == "csv":
        return listed.as_csv()
    listed.note_persons(listed.page.object_list)
    return render(request, template, {"list": listed, "title": title, **(context or {})})


def cell(column, row):
    plain = column.plain(row)
    url = column.link(row) if column.link else ""
    state = column.state(row) if column.tag else None
    return Cell(in_words(plain), url or "", column.numeric, state)


def in_words(value):
    """A value as the screen says it: dates in words, yes or no, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return words_date(value)
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def follow(row, path):
    """(owner, name): the object at the end of a dotted path but one, and the last name."""
    *way, name = path.replace("__", ".").split(".")
    for step in way:
        row = getattr(row, step, None)
    return row, name


def attribute(row, path):
    owner, name = follow(row, path)
    return getattr(owner, name, None)
