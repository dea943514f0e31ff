"""The tick of the sweep. It looks at the database; losing one is harmless, and so is a second one."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def sweep_safety_net():
    run = actions.sweep_safety_net(as_of=timezone.localdate(), limit_seconds=60)
    if run.more:
        sweep_safety_net.delay()
