"""The timetable of the jobs, made once. From here on it is the administrator's: no start ever overwrites it."""

from django.db import migrations
from django.utils import timezone

MINUTE = 60
# name, task, minute and hour of a day in London; nothing between 00:55 and 02:05, when clocks change
NIGHTLY = (
    ("miss_overdue", "reviews.tasks.miss_overdue", "40", "2"),
    ("sweep_safety_net", "safetynet.tasks.sweep_safety_net", "10", "3"),
    ("take_availability_snapshot", "commissioning.tasks.take_availability_snapshot", "40", "3"),
    ("check_stages", "sharedlives.worklist.tasks.check_stages", "10", "4"),
)
HOURLY = (
    ("send_reminders", "sharedlives.worklist.tasks.send_reminders", "5"),
    ("release_expired_holds", "carers.tasks.release_expired_holds", "20"),
)
EVERY = (
    ("deliver_outbox", "sharedlives.worklist.tasks.deliver_outbox", 30),
    ("send_heartbeat", "sharedlives.worklist.tasks.send_heartbeat", 5 * MINUTE),
)


def make(apps, schema_editor):
    Crontab = apps.get_model("django_celery_beat", "CrontabSchedule")
    Interval = apps.get_model("django_celery_beat", "IntervalSchedule")
    Changed = apps.get_model("django_celery_beat", "PeriodicTasks")
    for name, task, minute, hour in NIGHTLY:
        at, _ = Crontab.objects.get_or_create(minute=minute, hour=hour, timezone="Europe/London")
        add(apps, name, task, 6 * 60 * MINUTE, crontab=at)
    for name, task, minute in HOURLY:
        at, _ = Crontab.objects.get_or_create(minute=minute, hour="*", timezone="Europe/London")
        add(apps, name, task, 55 * MINUTE, crontab=at)
    for name, task, seconds in EVERY:
        every, _ = Interval.objects.get_or_create(every=seconds, period="seconds")
        add(apps, name, task, seconds, interval=every)
    # A clock that runs already reads its timetable again when this row changes.
    Changed.objects.update_or_create(ident=1, defaults={"last_update": timezone.now()})


def add(apps, name, task, expires, **when):
    """`expires`: a tick that waited longer than this for a worker is dropped; the next one does its work."""
    apps.get_model("django_celery_beat", "PeriodicTask").objects.get_or_create(
        name=name, defaults={"task": task, "expire_seconds": expires, **when}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0001_initial"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
    ]

    # Backwards the timetable stays: an administrator may have changed it.
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
