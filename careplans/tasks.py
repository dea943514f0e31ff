"""What the clock does to plans."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def look_at_ended_services():
    actions.look_at_ended_services(as_of=timezone.localdate())
