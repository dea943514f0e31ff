"""What the clock does to reviews."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def miss_overdue():
    actions.miss_overdue(as_of=timezone.localdate())
