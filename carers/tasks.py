"""What the clock does to homes: holds that nobody booked give their place back."""

from celery import shared_task
from django.utils import timezone

from sharedlives.worklist.actions import job_run

from . import actions

AT_ONCE = 500  # holds a tick; what is left over is the next one's


@shared_task
def release_expired_holds():
    as_of = timezone.localdate()
    with job_run("release_expired_holds", as_of) as run:
        run.done["released"] = actions.release_expired_holds(as_of=as_of, limit=AT_ONCE)
