"""What becomes of an action agreed at a review."""

from django.db import transaction
from django.utils import timezone

from sharedlives.records.actions import lock, record

from .. import rules
from ..models import ReviewAction


@transaction.atomic
def finish_action(*, action, done_on, by, version=None):
    """It was done on a day."""
    action = open_one(action, version)
    if not action.review.held_on <= done_on <= timezone.localdate():
        raise rules.DONE_DATE.broken("done_on")
    action.done_on, action.next_stage_on = done_on, None
    return record(action, by=by, why="done")


@transaction.atomic
def give_up_action(*, action, gave_up_because, by, version=None):
    """It will not be done, and why. The next review hears of it."""
    action = open_one(action, version)
    action.gave_up_because, action.next_stage_on = gave_up_because.strip(), None
    return record(action, by=by, why="given up")


def open_one(action, version):
    action = lock(ReviewAction.objects.select_related("review"), action.pk, version)
    if not action.is_open:
        raise rules.ACTION_CLOSED.broken()
    return action
