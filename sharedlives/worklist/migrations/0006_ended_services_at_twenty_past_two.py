"""Services whose last day has come are looked at every night at twenty past two."""

from django.db import migrations
from django.utils import timezone


def make(apps, schema_editor):
    Crontab = apps.get_model("django_celery_beat", "CrontabSchedule")
    at, _ = Crontab.objects.get_or_create(minute="20", hour="2", timezone="Europe/London")
    task = {"task": "careplans.tasks.look_at_ended_services", "crontab": at, "expire_seconds": 6 * 60 * 60}
    rows = apps.get_model("django_celery_beat", "PeriodicTask").objects
    rows.get_or_create(name="look_at_ended_services", defaults=task)
    Changed = apps.get_model("django_celery_beat", "PeriodicTasks")
    Changed.objects.update_or_create(ident=1, defaults={"last_update": timezone.now()})


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0005_words_of_mails"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
    ]

    # Backwards the timetable stays: an administrator may have changed it.
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
