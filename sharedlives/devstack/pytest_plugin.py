"""Real services for the tests, before pytest-django reads the settings. Loaded by `-p` in
pyproject.toml.

With pytest-xdist only the controller starts them; its workers inherit the environment.
`DATABASE_URL` and `REDIS_URL` win; the role in `DATABASE_URL` must then be allowed to create
databases.
"""

import gc
import os

import psycopg2
import pytest

from . import template
from .stack import Stack

FOR_TESTS = {
    "SECRET_KEY": "only-for-tests-" + "x" * 40,
    "SECURE_COOKIES": "0",  # the test client and the live server speak plain http
    "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "EMAIL_HOST": "127.0.0.1",
}
STACK = pytest.StashKey()


def ensure_app_role(url):
    """Tests take the role `app` to prove what it may not do; a server that is not ours may lack it."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1 from pg_roles where rolname = 'app'")
            if not cursor.fetchone():
                cursor.execute("create role app")
            cursor.execute("select pg_has_role(current_user, 'app', 'member')")
            if not cursor.fetchone()[0]:
                cursor.execute("grant app to current_user")
    except psycopg2.errors.InsufficientPrivilege as error:
        raise pytest.UsageError(
            "The role in DATABASE_URL may not take the role app. As a superuser, run: "
            "create role app; grant app to the role in DATABASE_URL; and let it create databases."
        ) from error
    finally:
        connection.close()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    for name, value in FOR_TESTS.items():
        os.environ.setdefault(name, value)
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    given = bool(os.environ.get("DATABASE_URL"))
    stack = early_config.stash[STACK] = Stack(throwaway=True, durable=False, as_owner=True).up()
    collected = stack.state / "staticfiles"  # nothing is collected for tests, but it is looked into
    collected.mkdir()
    os.environ.setdefault("STATIC_ROOT", str(collected))
    if given:
        ensure_app_role(os.environ["DATABASE_URL"])
    else:
        template.prepare(stack.services[0])


def pytest_collection_finish(session):
    """Thousands of collected tests are no garbage: to look through them again and again costs a twentieth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    if stack := config.stash.get(STACK, None):
        stack.down()
