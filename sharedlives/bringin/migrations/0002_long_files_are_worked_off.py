"""The tick that works off long files, twice a minute. From here on it is the administrator's."""

from django.db import migrations
from django.utils import timezone


def make(apps, schema_editor):
    Interval = apps.get_model("django_celery_beat", "IntervalSchedule")
    every, _ = Interval.objects.get_or_create(every=30, period="seconds")
    task = {"task": "sharedlives.bringin.tasks.work_off_files", "interval": every, "expire_seconds": 30}
    apps.get_model("django_celery_beat", "PeriodicTask").objects.get_or_create(name="work_off_files", defaults=task)
    Changed = apps.get_model("django_celery_beat", "PeriodicTasks")
    Changed.objects.update_or_create(ident=1, defaults={"last_update": timezone.now()})


class Migration(migrations.Migration):
    dependencies = [
        ("bringin", "0001_files_and_rows"),
        ("worklist", "0002_schedules"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
    ]

    # Backwards the timetable stays: an administrator may have changed it.
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
