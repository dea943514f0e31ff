"""Steps taken together lead to the tables and the state that they lead to one by one, there and back."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from sharedlives.migrating import Together

pytestmark = pytest.mark.django_db


def key():
    return models.BigAutoField(primary_key=True)


SHELF = migrations.CreateModel("Shelf", [("id", key()), ("name", models.CharField(max_length=20))])
BOOK = migrations.CreateModel(
    "Book", [("id", key()), ("shelf", models.ForeignKey("library.Shelf", models.PROTECT))]
)
ROOM = migrations.AddField("Shelf", "room", models.IntegerField(default=7))
FIRM = migrations.AddConstraint(
    "Shelf", models.CheckConstraint(condition=models.Q(room__gt=0), name="library_shelf_is_in_a_room")
)


def columns(table):
    """{column: its type} in the database; empty where there is no such table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table]
        )
        return dict(cursor.fetchall())


def after(state, operation):
    changed = state.clone()
    operation.state_forwards("library", changed)
    return changed


def forwards(operation, state):
    """The state after an operation that was carried out."""
    changed = after(state, operation)
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("library", editor, state, changed)
    return changed


def backwards(operation, state):
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("library", editor, after(state, operation), state)


def constrained(room):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO library_shelf (name, room) VALUES ('A', %s) RETURNING room", [room])
        return cursor.fetchone()[0]


def test_models_that_know_each_other_are_made_and_taken_away_together():
    empty, both = ProjectState(), Together([SHELF, BOOK])
    made = forwards(both, empty)
    assert made == after(after(empty, SHELF), BOOK)
    assert columns("library_book") == {"id": "bigint", "shelf_id": "bigint"}
    assert made.apps.get_model("library.Book")._meta.get_field("shelf").related_model.__name__ == "Shelf"
    assert both.reversible
    assert "Shelf" in both.describe() and "Book" in both.describe()
    backwards(both, empty)
    assert columns("library_book") == columns("library_shelf") == {}


def test_a_column_and_its_constraint_come_and_go_in_order():
    shelf = forwards(Together([SHELF]), ProjectState())
    assert shelf.apps  # drawn up, so that what follows has something to forget
    more = Together([ROOM, FIRM])
    changed = forwards(more, shelf)
    assert changed.apps.get_model("library.Shelf")._meta.get_field("room").default == 7
    assert constrained(1) == 1
    backwards(more, shelf)
    assert columns("library_shelf") == {"id": "bigint", "name": "character varying"}


def test_what_cannot_be_undone_makes_the_group_so():
    assert not Together([SHELF, migrations.RunSQL("SELECT 1")]).reversible
