"""Rows by the hundred: exact copies of a few, made by PostgreSQL itself, so that every list can grow."""

import itertools

from django.db import connection
from django.db.models import ForeignKey, UUIDField

APART = 1_000_000  # how far apart the copies of a numbered row stand
counter = itertools.count(1)


class Copies:
    """Some rows that belong together, and as many copies of them as a list needs.

    A copy's key is worked out from the key it was copied from, so keys between the rows lead to the copy of what they
    led to. `changed` gives the copies another value: {"state": "open"}. The database's refusals are put out of the
    way first: copies would all be in one place at once. Whoever asks for this rolls back.
    """

    def __init__(self, *querysets, **changed):
        self.changed, self.salt, self.ids = changed, next(counter), {}
        for rows in querysets:
            ids = list(rows.values_list("pk", flat=True))
            assert ids, f"nothing to copy of {rows.model.__name__}"
            self.ids.setdefault(rows.model, []).extend(ids)
        for model in self.ids:
            out_of_the_way(model._meta.db_table)

    def make(self, first, last):
        """The copies number `first` to `last`."""
        with connection.cursor() as cursor:
            for model in self.ids:
                names, values, parameters = self.columns(model, cursor)
                cursor.execute(
                    f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {values} FROM "{model._meta.db_table}" row'
                    f' CROSS JOIN generate_series(%s, %s) n WHERE row."{model._meta.pk.column}" = ANY(%s)',
                    [*parameters, first, last, self.ids[model]],
                )

    def columns(self, model, cursor):
        """What is copied of one table: names, values, and the parameters of the values."""
        names, values, parameters = [], [], []
        for field in model._meta.concrete_fields:
            if field.generated:
                continue
            names.append(f'"{field.column}"')
            leads_to = model if field.primary_key else field.related_model
            if field.name in self.changed:
                values.append("%s")
                parameters.append(field.get_db_prep_save(self.changed[field.name], connection))
            elif leads_to in self.ids and (field.primary_key or isinstance(field, ForeignKey)):
                values.append(
                    f'CASE WHEN row."{field.column}" = ANY(%s) THEN {self.copied(field)} ELSE row."{field.column}" END'
                )
                parameters.append(self.ids[leads_to])
            else:
                values.append(f'row."{field.column}"')
        return ", ".join(names), ", ".join(values), parameters

    def copied(self, field):
        """The key of the n-th copy, from the key of what is copied."""
        target = field.target_field if isinstance(field, ForeignKey) else field
        if isinstance(target, UUIDField):
            return f"md5(row.\"{field.column}\"::text || '/{self.salt}/' || n)::uuid"
        return f'row."{field.column}" + n * {APART}'


def out_of_the_way(table):
    """No trigger and no uniqueness of this table, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('u', 'x')",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}" CASCADE')
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name} CASCADE")
