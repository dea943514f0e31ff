"""The timeline: what happened around a person, from every floor, newest first.

Apps declare their parts in `timeline.py`; however many there are, a page is one UNION ALL statement, paged by key.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, OuterRef, Q, Subquery, UUIDField, Value
from django.db.models.functions import Cast
from django.utils import timezone

REGISTRY = {}
COLUMNS = ("t_part", "t_at", "t_until", "t_row", "t_leads", "t_code", "t_text")


def visible(model):
    """The rows of a person that a user may see: what most parts show."""
    return lambda user, person: model.objects.visible_to(user).filter(person=person)


def first_written(model):
    """The moment at which a row was first written, for models that name no day of their own."""
    rows = model.history.model.objects.filter(id=OuterRef("pk")).order_by("history_date")
    return Subquery(rows.values("history_date")[:1])


def cut(text, most=140):
    """A text on one line, and no longer than that."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


@dataclass(frozen=True)
class Part:
    """One kind of entry.

    `rows(user, person)` is a queryset through the rows' own `visible_to`; it is not evaluated by itself. `at` is the
    field (or expression) of the day or moment; `until`, where an entry lasts, of its end. `code` and `text` are two
    fields that `says(code, text)` puts into words; `leads` is the field whose id `path(id)` turns into an address.
    `lane` is the row of the picture. Rows without `at` are left out.
    """

    name: str
    lane: str
    permission: str
    rows: Callable = field(repr=False)
    says: Callable = field(repr=False)
    at: Any = "created_at"
    until: Any = None
    code: Any = ""
    text: Any = ""
    leads: str = "pk"
    path: Callable | None = field(default=None, repr=False)

    def __post_init__(self):
        if self.name in REGISTRY:
            raise ValueError(f"Two parts of the timeline are called {self.name}")
        REGISTRY[self.name] = self

    def columns(self, user, person):
        """The rows as the columns of the union."""
        rows = self.rows(user, person).annotate(
            t_part=Value(self.name, CharField()),
            t_at=Cast(expression(self.at), DateTimeField()),
            t_until=Cast(expression(self.until), DateTimeField()),
            t_row=Cast(F("pk"), UUIDField()),
            t_leads=Cast(F(self.leads), UUIDField()),
            t_code=Cast(expression(self.code), CharField()),
            t_text=Cast(expression(self.text), CharField()),
        )
        return rows.filter(t_at__isnull=False)


@dataclass(frozen=True)
class Entry:
    """One line of the timeline."""

    part: Part
    at: datetime
    until: datetime | None
    row: UUID
    words: str
    url: str

    @property
    def day(self):
        return timezone.localdate(self.at)

    @property
    def key(self):
        """Where the next page begins."""
        return f"{self.at.isoformat()}~{self.row}"


def expression(path):
    """A field by its path, an expression as it is, nothing for nothing."""
    if path is None:
        return Value(None, DateTimeField())
    if isinstance(path, str):
        return F(path) if path else Value("")
    return path


def entries(user, person, allowed, *, before="", since=None, limit=25):
    """The newest `limit` entries that a user may read, as one statement; a list that may be empty.

    `allowed(permission)` answers for this person. `before` is the key of the last entry of the page before; an
    unreadable key begins at the newest. `since` leaves out what ended before a day; what still lasts is kept.
    """
    parts = [part for part in REGISTRY.values() if allowed(part.permission)]
    statements = [
        part.columns(user, person)
        .filter(narrowing(part, before, since))
        .order_by("-t_at", "-t_row")
        .values_list(*COLUMNS)[:limit]
        for part in parts
    ]
    if not statements:
        return []
    first, *rest = statements
    return [entry(*row) for row in first.union(*rest, all=True).order_by("-t_at", "-t_row")[:limit]]


def narrowing(part, before, since):
    condition = Q()
    at, row = read_key(before)
    if at is not None:
        condition &= Q(t_at__lt=at) | Q(t_at=at, t_row__lt=row)
    if since is not None:
        start = timezone.make_aware(datetime.combine(since, time()))
        lasts = Q(t_until__gte=start)
        if part.until is not None:
            lasts |= Q(t_until=None)
        condition &= Q(t_at__gte=start) | lasts
    return condition


def read_key(key):
    """(moment, id) of a key, or (None, None) for one that was not ours."""
    try:
        at, row = key.split("~")
        at = datetime.fromisoformat(at)
        return (at, UUID(row)) if timezone.is_aware(at) else (None, None)
    except ValueError:
        return None, None


def entry(name, at, until, row, leads, code, text):
    part = REGISTRY[name]
    url = part.path(leads) if part.path and leads else ""
    return Entry(part, at, until, row, part.says(code, text), url)
