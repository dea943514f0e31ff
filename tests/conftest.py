"""A small fixed cast, used by every test: two councils, two teams, two schemes, and who works in them.

Amina (care manager) and Tom (team manager) work in the Riverside team of Northshire; Priya (scheme worker) and Owen
(scheme manager) in Harbour Shared Lives. Charlie is a care manager of another council, and never has access.
"""

import json
import os
import shutil

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management.commands import flush
from django.db import connection, transaction
from playwright.sync_api import sync_playwright

from sharedlives.permissions import Role

from . import factories

STAYS = {"django_content_type", "auth_permission"}  # migrations wrote them, and nothing else changes them


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def rows_of_migrations(django_db_setup, django_db_blocker):
    """What migrations put into the tables, read before any test can empty them: [row as `dumpdata` writes it]."""
    with django_db_blocker.unblock():
        if "django_migrations" not in connection.introspection.table_names():
            return []  # only tests without a database were asked for, and none was made
        rows = json.loads(connection.creation.serialize_db_to_string())
        return [row for row in rows if apps.get_model(row["model"])._meta.db_table not in STAYS]


def sql_of_emptying(style, database, **options):
    """Statements that empty the tables that hold anything. To truncate all of them takes a second, each time.

    Our own triggers stay out of it, as they do when tables are truncated; foreign keys are checked at the end.
    """
    tables = database.introspection.django_table_names(only_existing=True, include_views=False)
    tables = sorted({*tables} - STAYS)
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)
    with database.cursor() as cursor:
        cursor.execute(asked)
        full = [row[0] for row in cursor.fetchall()]
    return [
        *(f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in full),
        *(f'DELETE FROM "{table}"' for table in full),
        "SET CONSTRAINTS ALL IMMEDIATE",
        *(f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in full),
    ]


def put_back(rows):
    """What migrations wrote (policy, courses, schedules) comes back into the tables that were emptied.

    Django's own way (`serialized_rollback`) fails after a transactional test that did not ask for it.
    """
    with transaction.atomic():
        for row in serializers.deserialize("json", json.dumps(rows)):
            row.save()


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly(django_db_setup, rows_of_migrations):
    """After a transactional test: only what it filled is emptied, and the next test of any kind finds all as migrated."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", sql_of_emptying)
        patch.setattr(
            flush, "emit_post_migrate_signal", lambda *arguments, **more: put_back(rows_of_migrations)
        )
        yield


@pytest.fixture
def region(db):
    return factories.organisation("region", "The Shires")


@pytest.fixture
def council(region):
    return factories.organisation("council", "Northshire", parent=region, ons_code="E06000001")


@pytest.fixture
def other_council(region):
    return factories.organisation("council", "Eastmoor", parent=region, ons_code="E06000002")


@pytest.fixture
def team(council):
    return factories.organisation("team", "Riverside team", parent=council)


@pytest.fixture
def other_team(other_council):
    return factories.organisation("team", "Moor team", parent=other_council)


@pytest.fixture
def scheme(region):
    return factories.organisation("scheme", "Harbour Shared Lives", parent=region, accepts_emergencies=True)


@pytest.fixture
def other_scheme(region):
    return factories.organisation("scheme", "Hillside Shared Lives", parent=region)


@pytest.fixture
def care_manager(team):
    return factories.user("Amina Yusuf", team, Role.CARE_MANAGER)


@pytest.fixture
def team_manager(team):
    return factories.user("Tom Ellery", team, Role.TEAM_MANAGER)


@pytest.fixture
def reviewing_officer(team):
    return factories.user("Ruth Pell", team, Role.REVIEWING_OFFICER)


@pytest.fixture
def scheme_worker(scheme):
    return factories.user("Priya Nair", scheme, Role.SCHEME_WORKER)


@pytest.fixture
def scheme_manager(scheme):
    return factories.user("Owen Price", scheme, Role.SCHEME_MANAGER)


@pytest.fixture
def commissioner(council):
    return factories.user("Carla Munro", council, Role.COMMISSIONER)


@pytest.fixture
def data_officer(council):
    return factories.user("Dev Patel", council, Role.DATA_OFFICER)


@pytest.fixture
def administrator(region):
    return factories.user("Sam Root", region, Role.ADMINISTRATOR)


@pytest.fixture
def charlie(other_team):
    """A care manager of another council: nothing here is theirs to see."""
    return factories.user("Charlie Stranger", other_team, Role.CARE_MANAGER)


@pytest.fixture
def person(team, care_manager):
    """Somebody the Riverside team funds; Amina is the named worker."""
    return factories.person(team, worker=care_manager)


@pytest.fixture
def supported_person(person, scheme, scheme_worker):
    """The same, supported by Harbour; Priya is the scheme's worker."""
    factories.supports(person, scheme, worker=scheme_worker)
    return person


@pytest.fixture
def as_role_app(db):
    """Do something as the database role of the web, to prove what it may not do."""

    def run(sql, parameters=()):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE app")
            cursor.execute(sql, parameters)  # a refusal undoes the role with its savepoint
            cursor.execute("RESET ROLE")

    return run


def chromium_program():
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((shutil.which(n) for n in names if shutil.which(n)), None)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for every browser test of a worker.

    Playwright keeps an event loop in this thread; the ORM is used beside it, never inside it, so Django's guard is off.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium_program(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()
