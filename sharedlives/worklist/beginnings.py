"""The beginning of My work: all three lists in one statement, which is put together once a day for each reader.

Forty deadlines stand in it, each with who may see what: to put that together took longer than all else of the page.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Count, F, Value, When, Window
from django.db.models.functions import RowNumber

from . import protocols
from .deadlines import REGISTRY
from .queries import ITEM, LISTS, PER_PAGE, TODAY, WAITING, WEEKS, Item, columns, named, owed, waited_for


@dataclass(frozen=True)
class Asker:
    """Somebody with all that decides what they are shown. Two that are equal are shown the same rows."""

    sights: tuple
    user: Any = field(compare=False)


def first_pages(user, today, per_page=PER_PAGE):
    """{slug: (items, more, count)}: the beginning of all three lists and how long each is, in one statement.

    Who may see what is a long expression: it stands here once for each deadline, not once for each number.
    """
    asker = Asker(protocols.get("sights")(user=user), user)
    found, counted = {slug: [] for slug in LISTS}, {}
    for *columns_of_item, count, _row in rows_of(*question(asker, today, per_page, tuple(REGISTRY.values()))):
        item = Item(*columns_of_item)
        found[item.which].append(item)
        counted[item.which, item.deadline] = count
    totals_of = {slug: sum(n for (which, _deadline), n in counted.items() if which == slug) for slug in LISTS}
    shown = named([item for items in found.values() for item in sorted(items, key=in_order)[:per_page]])
    return {
        slug: ([item for item in shown if item.which == slug], count > per_page, count)
        for slug, count in totals_of.items()
    }


@lru_cache(maxsize=128)  # readers of one process, each some 150 KiB
def question(asker, today, per_page, deadlines):
    """(SQL, parameters) of `first_pages`. It asks nothing, so that it holds as long as what it was made from.

    What it was made from is what it is kept by: who asks with their sights, the day, and what falls due at all.
    """
    by_date = Case(
        When(due_on__lte=today, then=Value(TODAY.slug)), default=Value(WEEKS.slug), output_field=CharField()
    )
    parts = []
    for deadline in deadlines:
        parts.append(beginning(deadline, owed(deadline, asker.user, today), by_date, per_page + 1))
        rows = waited_for(deadline, asker.user)
        if rows is not None:
            parts.append(beginning(deadline, rows, Value(WAITING.slug), per_page + 1))
    try:
        return parts[0].union(*parts[1:], all=True).query.sql_with_params() if parts else ("", ())
    except EmptyResultSet:
        return "", ()


def rows_of(sql, params):
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def in_order(item):
    return item.due_on, item.object_id


def beginning(deadline, rows, which, limit):
    """The first rows of a deadline in each list that `which` tells apart, each with the length of its list."""
    numbered = columns(which, deadline, rows).annotate(
        w_row=Window(RowNumber(), partition_by=[F("w_list")], order_by=[F("due_on"), F("pk")]),
        w_count=Window(Count("pk"), partition_by=[F("w_list")]),
    )
    return numbered.filter(w_row__lte=limit).values_list(*ITEM, "w_count", "w_row")
