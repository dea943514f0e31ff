"""Digests go out at half past seven in the morning. The job itself leaves out days that are no working days."""

from django.db import migrations
from django.utils import timezone


def make(apps, schema_editor):
    Crontab = apps.get_model("django_celery_beat", "CrontabSchedule")
    at, _ = Crontab.objects.get_or_create(minute="30", hour="7", timezone="Europe/London")
    task = {"task": "sharedlives.worklist.tasks.send_digests", "crontab": at, "expire_seconds": 6 * 60 * 60}
    apps.get_model("django_celery_beat", "PeriodicTask").objects.get_or_create(name="send_digests", defaults=task)
    Changed = apps.get_model("django_celery_beat", "PeriodicTasks")
    Changed.objects.update_or_create(ident=1, defaults={"last_update": timezone.now()})


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0003_digests"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
    ]

    # Backwards the timetable stays: an administrator may have changed it.
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
