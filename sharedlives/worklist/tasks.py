"""Ticks of the clock. Each looks at the database; losing one is harmless, and so is a second one."""

from celery import shared_task
from django.utils import timezone

from . import actions, health


@shared_task
def send_reminders():
    actions.send_reminders(as_of=timezone.localdate())


@shared_task
def deliver_outbox():
    actions.deliver_outbox(limit_seconds=25)


@shared_task
def check_stages():
    actions.check_stages(as_of=timezone.localdate())


@shared_task
def send_digests():
    actions.send_digests(as_of=timezone.localdate())


@shared_task
def send_heartbeat():
    health.send_heartbeat()
