"""Several small querysets in one statement: a page that every floor adds to would ask the database thirty times.

Each queryset becomes one value of the statement, an array of its rows as text; Django builds the same objects out of
them as it would have built out of rows of its own.
"""

from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from psycopg2.extensions import STRINGARRAY
from psycopg2.extras import DateRange


def fetch(*querysets):
    """Evaluate querysets, all in one statement. Each keeps what it found: going through it asks nothing more.

    For the few rows of a page, not for long lists. A column of a type that is not in `READ` raises TypeError. What a
    queryset prefetches is asked for as ever, when it is gone through first.
    """
    asked = []
    for rows in querysets:
        compiler = rows.query.get_compiler(rows.db)
        try:
            asked.append((rows, compiler, *compiler.as_sql()))
        except EmptyResultSet:
            rows._result_cache = []
    if asked:
        for (rows, compiler, _sql, _params), found in zip(asked, answers(asked), strict=True):
            fill(rows, compiler, found or [])


def how_many(*querysets):
    """[how many rows each queryset has], all in one statement."""
    parts, values = [], []
    for rows in querysets:
        try:
            sql, params = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            sql, params = "SELECT 1 WHERE FALSE", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS found)")  # noqa: S608 - Django's own, as in `part`
        values.extend(params)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return list(cursor.fetchone())


def answers(asked):
    """One array for each queryset: its rows, each an array of its columns as text."""
    parts = [part(compiler, sql) for _rows, compiler, sql, _params in asked]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", [value for *_rest, params in asked for value in params])
        return cursor.fetchone()


def part(compiler, sql):
    names = [f"c{number}" for number in range(len(compiler.select))]
    as_text = ", ".join(f"{name}::text" for name in names)
    # The statement is Django's own; whatever anybody typed travels beside it, as parameters.
    return f"(SELECT json_agg(ARRAY[{as_text}]) FROM ({sql}) AS found({', '.join(names)}))"  # noqa: S608


def fill(rows, compiler, found):
    """Let Django make its objects of the rows, as if it had fetched them itself."""
    readers = [reader(expression.output_field) for expression, _sql, _alias in compiler.select]
    read = [
        tuple(value if value is None else to(value) for to, value in zip(readers, row, strict=True))
        for row in found
    ]
    compiler.execute_sql = lambda *args, **options: iter([read])
    rows.query.get_compiler = lambda *args, **options: compiler
    rows._result_cache = list(rows._iterable_class(rows))
    del rows.query.get_compiler


def reader(field):
    """What makes of a text the value that the database driver would have given."""
    while field.remote_field and getattr(field, "target_field", None):
        field = field.target_field
    kind = field.get_internal_type()
    if kind not in READ:
        raise TypeError(f"{kind} cannot be fetched together with others: say how it reads in READ")
    return READ[kind]


def truth(text):
    return text == "true"


def array(text):
    return STRINGARRAY(text, None)


def date_range(text):
    """A period as the database prints it, such as `[2027-01-01,)`."""
    if text == "empty":
        return DateRange(empty=True)
    lower, upper = text[1:-1].split(",")
    return DateRange(
        date.fromisoformat(lower) if lower else None,
        date.fromisoformat(upper) if upper else None,
        text[0] + text[-1],
    )


WORDS = ("CharField", "TextField", "EmailField", "SlugField", "URLField", "JSONField", "FileField")
NUMBERS = (
    "AutoField",
    "BigAutoField",
    "BigIntegerField",
    "IntegerField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "SmallIntegerField",
)
READ = {
    **dict.fromkeys(WORDS, str),
    **dict.fromkeys(NUMBERS, int),
    "ArrayField": array,
    "BooleanField": truth,
    "DateField": date.fromisoformat,
    "DateRangeField": date_range,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "FloatField": float,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}
