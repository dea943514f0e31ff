"""One world for everything here: to make it takes as long as to ask a hundred pages."""

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from commissioning.actions import count_places
from sharedlives.documents import pdf

from . import world as worlds
from .crawl import Crawl, Unpacked


@pytest.fixture(scope="package")
def crawl(django_db_setup, django_db_blocker):
    """The world and its users, signed in; all of it is gone at the end."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(pdf, "HTML", Unpacked)
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        with connection.cursor() as cursor:  # nobody asks while a browser looks at the pages
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        world = worlds.build()
        count_places(on=timezone.localdate())  # kept, as on any morning: not counted by whoever looks first
        crawl = Crawl(world)
        crawl.clients["team_manager"].get(world.anna.get_absolute_url())  # somebody has looked
        with connection.cursor() as cursor:  # checked once, not again by each request that is undone
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        yield crawl
        transaction.set_rollback(True)
