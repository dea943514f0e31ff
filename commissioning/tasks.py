"""The tick of the snapshot. It looks at the database; losing one is harmless, and so is a second one."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def take_availability_snapshot():
    actions.take_availability_snapshot(as_of=timezone.localdate())
