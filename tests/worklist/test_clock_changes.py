"""The real scheduler over both clock changes of a year, minute by minute, with the timetable as it is made."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery import current_app
from django.apps import apps
from django_celery_beat import schedulers
from django_celery_beat.models import CrontabSchedule, PeriodicTask

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
HOURS = 28
NIGHTLY = {
    "look_at_ended_services": "02:20",
    "miss_overdue": "02:40",
    "sweep_safety_net": "03:10",
    "take_availability_snapshot": "03:40",
    "check_stages": "04:10",
}


def fired(start):
    """{job: its local times} in the hours after a moment."""
    found = {}
    with time_machine.travel(start, tick=False) as now:
        PeriodicTask.objects.update(last_run_at=start)
        scheduler = schedulers.DatabaseScheduler(app=current_app._get_current_object())
        scheduler.sync_every = float("inf")

        def apply(entry, producer=None, advance=True, **kwargs):
            scheduler.reserve(entry)
            found.setdefault(entry.name, []).append(datetime.now(LONDON).strftime("%H:%M"))
            return type("Sent", (), {"id": "none"})()

        scheduler.apply_async = apply
        for minute in range(HOURS * 60):
            now.move_to(start + timedelta(minutes=minute))
            if (
                scheduler.tick() == 0
            ):  # it did one job: the real one asks again at once, as two may fall on one minute
                scheduler.tick()
    return found


@pytest.mark.parametrize(
    "evening", [datetime(2027, 3, 27, 18, tzinfo=UTC), datetime(2027, 10, 30, 18, tzinfo=UTC)]
)
def test_every_job_keeps_its_local_hour_when_the_clocks_change(evening, monkeypatch):
    monkeypatch.setattr(
        schedulers, "close_old_connections", lambda: None
    )  # the test's own transaction is in it
    PeriodicTask.objects.all().delete()
    CrontabSchedule.objects.all().delete()
    for made_by in ("0002_schedules", "0006_ended_services_at_twenty_past_two"):
        import_module(f"sharedlives.worklist.migrations.{made_by}").make(apps, None)
    PeriodicTask.objects.exclude(crontab__isnull=False).delete()  # the quick ones know no hour
    found = fired(evening)
    assert {name: found[name] for name in NIGHTLY} == {name: [at] for name, at in NIGHTLY.items()}
    # Of the hour that comes twice in autumn one tick may be left out: the next takes all that has come.
    assert len(found["send_reminders"]) in (HOURS - 1, HOURS)
    assert {at[3:] for at in found["send_reminders"]} == {"05"}
