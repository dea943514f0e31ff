"""Puts the demo together: batch by batch, one story after another, in one transaction."""

from django.db import connection, transaction
from django.utils import timezone

from people.models import (
    CommunicationNeed,
    Involvement,
    Membership,
    Organisation,
    Person,
    PersonalContact,
    User,
)

from .copying import Loader
from .dice import Dice
from .organisations import Founder
from .people import Registrar

BATCH = 2000
# Children of versions that are final once signed come before them; persons and homes before the stays that count them.
ORDER = (
    Organisation,
    User,
    Membership,
    Person,
    CommunicationNeed,
    PersonalContact,
    Involvement,
)  # fmt: skip


def load(*, people, seed, progress=None, today=None):
    """Write the whole demo, or nothing of it. Returns the number of rows written, history counted.

    `progress(count)` is called after each batch with the number of persons just written.
    """
    today = today or timezone.localdate()
    dice = Dice(seed, "everything else")
    loader = Loader(ORDER, dice.uuid)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        world = Founder(loader, dice, people).world()
        loader.flush()
        registrar = Registrar(loader, dice, world, today, seed)
        for first in range(0, people, BATCH):
            numbers = range(first, min(first + BATCH, people))
            for number in numbers:
                registrar.register(number)
            loader.flush()
            if progress:
                progress(len(numbers))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return loader.rows
