"""Writes many rows fast: COPY in the text format, and each row's history in the same stroke.

No constraint, index or trigger is taken away meanwhile. Keys between tables are checked by the database at the end
of each batch, so children may be written before their parents (signed versions ask for that order).
"""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, JSONField
from django.utils import timezone

REASON = "demo data"
NULL = r"\N"
CHUNK = 1 << 18  # characters handed to the database at a time
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def escaped(words):
    return words.translate(ESCAPES) if not words.isprintable() or "\\" in words else words


def array(items):
    """An array literal; every item quoted, so that commas and braces in it are harmless."""
    quoted = (str(item).replace("\\", r"\\").replace('"', r"\"") for item in items)
    return escaped("{" + ",".join(f'"{item}"' for item in quoted) + "}")


def period(ends):
    """A date range from a pair (first day, leaving day): the leaving day does not count, None is open."""
    first, leaving = ends
    return f"[{first.isoformat() if first else ''},{leaving.isoformat() if leaving else ''})"


def as_json(value):
    return escaped(json.dumps(value, ensure_ascii=False))


ENCODERS = {
    type(None): lambda value: NULL,
    str: escaped,
    bool: lambda value: "t" if value else "f",
    int: str,
    Decimal: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    tuple: period,
    list: array,
    bytes: lambda value: "\\\\x" + value.hex(),
}


class CopyWriter:
    """Collects rows of one model (`write`, `take`) and copies them, and their history, into the database (`put`).

    `write` takes the columns by attribute name (`person_id`, not `person`). What is not given takes the field's
    default. A tuple is a period, a list an array.
    """

    def __init__(self, model, new_id, now=None):
        self.model, self.new_id, self.lines, self.written = model, new_id, [], 0
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
        self.columns = [field.column for field in fields]
        self.at = {field.attname: number for number, field in enumerate(fields)}
        self.json = {field.attname for field in fields if isinstance(field, JSONField)}
        self.blank = [self.default(field) for field in fields]
        history = getattr(model, "history", None)
        self.history = history.model if history is not None else None
        self.suffix = f"\t{(now or timezone.now()).isoformat()}\t+\t{REASON}\t{NULL}\n"
        self.left_out = self.not_in_history()

    def default(self, field):
        value = field.get_default() if field.has_default() or not field.null else None
        return self.encode(field.attname, value)

    def not_in_history(self):
        """The places of columns that history leaves out (a password), or None where it keeps all."""
        if self.history is None:
            return None
        kept = {field.attname for field in self.history._meta.concrete_fields}
        return {number for name, number in self.at.items() if name not in kept}

    def encode(self, name, value):
        if name in self.json:
            return as_json(value)
        encoder = ENCODERS.get(type(value))
        return encoder(value) if encoder else escaped(str(value))

    def write(self, **values):
        """Add one row. Returns its id as text."""
        cells = self.blank.copy()
        if "id" not in values and "id" in self.at:
            values["id"] = self.new_id()
        at, json_names = self.at, self.json
        for name, value in values.items():
            encoder = None if name in json_names else ENCODERS.get(type(value))
            cells[at[name]] = encoder(value) if encoder else self.encode(name, value)
        self.lines.append("\t".join(cells))
        return values.get("id")

    def take(self):
        """The lines collected so far; collecting begins anew."""
        lines, self.lines = self.lines, []
        return lines

    def put(self, cursor, lines):
        """Copy lines into the table."""
        self.copy(cursor, self.model._meta.db_table, self.columns, "\n".join(lines) + "\n")
        self.written += len(lines)

    def put_history(self, cursor, lines):
        """Copy lines into the table's history, where it has one."""
        if self.history is None:
            return
        columns = self.columns
        if self.left_out:
            columns = [column for number, column in enumerate(columns) if number not in self.left_out]
            lines = [
                "\t".join(cell for number, cell in enumerate(line.split("\t")) if number not in self.left_out)
                for line in lines
            ]
        told = ["history_date", "history_type", "history_change_reason", "history_user_id"]
        rows = self.suffix.join(lines) + self.suffix
        self.copy(cursor, self.history._meta.db_table, [*columns, *told], rows)

    @staticmethod
    def copy(cursor, table, columns, rows):
        """Names come from the models, never from outside."""
        quoted = ", ".join(f'"{column}"' for column in columns)
        cursor.copy_expert(f'COPY "{table}" ({quoted}) FROM STDIN', io.StringIO(rows), size=CHUNK)

    @property
    def rows(self):
        """Rows written so far, history counted."""
        return self.written * (1 if self.history is None else 2)


class Loader:
    """The writers of all models; their rows go into the database in the order in which the models were named."""

    def __init__(self, models, new_id):
        now = timezone.now()
        self.writers = {model: CopyWriter(model, new_id, now) for model in models}
        self.second = self.beside = None

    def __getitem__(self, model):
        return self.writers[model]

    def take(self):
        """What all writers have collected: [(place in the order, lines)]. They can go on collecting meanwhile."""
        return [
            (number, writer.take()) for number, writer in enumerate(self.writers.values()) if writer.lines
        ]

    def put(self, batch):
        """Copy a batch with its history, and have the database check every key and deferred rule of it."""
        histories = self.beside.submit(self.put_histories, self.second, batch) if self.second else None
        writers = list(self.writers.values())
        with connection.cursor() as cursor:
            for number, lines in batch:
                writers[number].put(cursor, lines)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        if histories:
            histories.result()
        else:
            self.put_histories(connection, batch)

    def put_histories(self, through, batch):
        writers = list(self.writers.values())
        with through.cursor() as cursor:
            for number, lines in batch:
                writers[number].put_history(cursor, lines)

    @contextmanager
    def histories_beside(self):
        """Histories go through a connection of their own meanwhile, on the second processor.

        They are committed at the end, or not at all. Nothing in the database looks from a table to its history or back.
        """
        self.second = connections.create_connection(DEFAULT_DB_ALIAS)
        self.second.inc_thread_sharing()
        try:
            with self.second.cursor() as cursor, ThreadPoolExecutor(1) as self.beside:
                self.second.set_autocommit(False)
                cursor.execute("SET LOCAL statement_timeout = 0")
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                yield
                self.second.commit()
        finally:
            self.second.close()
            self.second = None

    @property
    def rows(self):
        return sum(writer.rows for writer in self.writers.values())
