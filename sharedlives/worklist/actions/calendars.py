"""The secret address at which a calendar reads somebody's own dates: made, replaced, stopped."""

import secrets

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from sharedlives.addresses import hashed
from sharedlives.records.actions import record

from ..models import CalendarFeed


@transaction.atomic
def choose_calendar(*, wanted, by):
    """Stop the user's calendar address, and with `wanted` true make a new one.

    Returns the new one, whose `token` is what the address says, this once and never again; None where none is wanted.
    """
    get_user_model().objects.select_for_update().get(pk=by.pk)
    for feed in CalendarFeed.objects.open().filter(user=by.pk):
        feed.revoked_at = timezone.now()
        record(feed, by=by, why="calendar address stopped")
    if not wanted:
        return None
    token = secrets.token_urlsafe(32)
    feed = record(CalendarFeed(user=by, token_hash=hashed(token)), by=by, why="calendar address made")
    feed.token = token
    return feed


def find_feed(token):
    """The open feed of an address, or None: where there was never one, it was stopped, or its user may not sign in."""
    rows = CalendarFeed.objects.open().filter(user__is_active=True).select_related("user")
    return rows.filter(token_hash=hashed(token)).first()
