"""The tick that puts copies together and makes them, twice a minute. From here on it is the administrator's."""

from django.db import migrations
from django.utils import timezone


def make(apps, schema_editor):
    Interval = apps.get_model("django_celery_beat", "IntervalSchedule")
    every, _ = Interval.objects.get_or_create(every=30, period="seconds")
    task = {"task": "people.tasks.work_off_copies", "interval": every, "expire_seconds": 30}
    apps.get_model("django_celery_beat", "PeriodicTask").objects.get_or_create(name="work_off_copies", defaults=task)
    Changed = apps.get_model("django_celery_beat", "PeriodicTasks")
    Changed.objects.update_or_create(ident=1, defaults={"last_update": timezone.now()})


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_requests_for_a_copy"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
    ]

    # Backwards the timetable stays: an administrator may have changed it.
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
