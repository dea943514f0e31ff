"""What somebody who signs in decides for themselves."""

from django.db import transaction

from people.models import User
from sharedlives.records.actions import lock, record


@transaction.atomic
def choose_mails(*, wants_digest, by, version=None):
    """One mail a working day instead of one for each reminder, or the other way round. Raises Stale."""
    user = lock(User, by.pk, version)
    user.wants_digest = wants_digest
    return record(user, by=user, why="chose how to get mails")
