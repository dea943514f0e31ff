"""The clock's own watch: runs are kept, schedules stand, lateness shows, and the outside world hears of silence."""

import io
import json
import socket
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from celery import current_app
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from sharedlives.worklist import actions, health, jobs, tasks
from sharedlives.worklist.models import JobRun, Reminder

from . import factories

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 12)
migration = import_module("sharedlives.worklist.migrations.0002_schedules")
digests = import_module("sharedlives.worklist.migrations.0004_digests_at_half_past_seven")
ended = import_module("sharedlives.worklist.migrations.0006_ended_services_at_twenty_past_two")
files = import_module("sharedlives.bringin.migrations.0002_long_files_are_worked_off")


def ran(job, ago):
    run = JobRun.objects.create(job=job, as_of=timezone.localdate(), complete=True)
    JobRun.objects.filter(pk=run.pk).update(started_at=timezone.now() - ago, ended_at=timezone.now() - ago)
    return run


def all_ran(ago=timedelta(0)):
    for job in jobs.JOBS:
        ran(job, ago)


def made(ago):
    """When the timetable was made."""
    names = {"0002_schedules", *jobs.SCHEDULED_BY.values()}
    rows = MigrationRecorder.Migration.objects.filter(app="worklist", name__in=names)
    assert rows.update(applied=timezone.now() - ago) == len(names)


# -- runs -------------------------------------------------------------------------------------------


def test_a_run_is_complete_only_at_its_end():
    with actions.job_run("send_reminders", DUE) as run:
        run.done = {"sent": 3}
        assert not JobRun.objects.get().complete
    assert JobRun.objects.get().complete
    assert JobRun.objects.get().done == {"sent": 3}


def test_a_run_that_breaks_is_kept_with_the_kind_of_its_fault_and_no_text():
    with pytest.raises(ValueError, match="Mary"), actions.job_run("send_reminders", DUE):
        raise ValueError("Mary Jones")
    row = JobRun.objects.get()
    assert (row.complete, row.fault) == (False, "ValueError")


def test_a_run_with_more_to_do_is_not_complete():
    with actions.job_run("send_reminders", DUE) as run:
        run.more = True
    assert not JobRun.objects.get().complete


def test_old_runs_are_forgotten_but_never_the_last_good_one(deadline):
    for _n in range(3):
        ran("sweep_safety_net", timedelta(days=20))
    ran("sweep_safety_net", timedelta(days=1))
    last = ran("send_reminders", timedelta(days=20))
    actions.check_stages(as_of=DUE)
    assert set(JobRun.objects.exclude(job="check_stages").values_list("job", flat=True)) == {
        "sweep_safety_net",
        "send_reminders",
    }
    assert JobRun.objects.filter(job="sweep_safety_net").count() == 1
    assert JobRun.objects.filter(pk=last.pk).exists()


# -- lateness ---------------------------------------------------------------------------------------


def test_nothing_is_late_on_the_first_day_and_everything_after_it():
    assert jobs.late() == []
    made(timedelta(hours=3))
    assert {job for job, _at in jobs.late()} == {
        "send_reminders",
        "deliver_outbox",
        "release_expired_holds",
    }
    made(timedelta(hours=27))
    assert {job for job, _at in jobs.late()} == set(jobs.JOBS)


@pytest.mark.parametrize(
    ("job", "hours", "late"),
    [
        ("send_reminders", 1.9, False),
        ("send_reminders", 2.1, True),
        ("check_stages", 25, False),
        ("check_stages", 27, True),
    ],
)
def test_an_hourly_job_may_be_two_hours_old_and_a_nightly_one_26(job, hours, late):
    all_ran()
    JobRun.objects.filter(job=job).delete()
    ran(job, timedelta(hours=hours))
    assert [name for name, _at in jobs.late()] == ([job] if late else [])


def test_an_unfinished_run_does_not_count():
    all_ran(timedelta(hours=30))
    JobRun.objects.create(job="send_reminders", as_of=DUE)
    assert "send_reminders" in [name for name, _at in jobs.late()]


def test_my_work_says_what_is_behind(deadline, care_manager, client):
    client.force_login(care_manager)
    all_ran()
    assert "has not been done lately" not in client.get(reverse("home")).content.decode()
    JobRun.objects.filter(job="sweep_safety_net").delete()
    ran("sweep_safety_net", timedelta(hours=30))
    text = client.get(reverse("home")).content.decode()
    assert "has not been done lately: sweep safety net" in text


def test_a_job_that_came_later_is_not_behind_before_its_time():
    made(timedelta(hours=27))
    rows = MigrationRecorder.Migration.objects.filter(app="worklist", name=jobs.SCHEDULED_BY["send_digests"])
    rows.update(applied=timezone.now() - timedelta(hours=3))
    assert {job for job, _at in jobs.late()} == set(jobs.JOBS) - {"send_digests"}


# -- readyz -----------------------------------------------------------------------------------------


def test_readyz_is_ready_and_says_when_each_job_last_ran(client):
    all_ran()
    answer = client.get("/readyz")
    facts = answer.json()
    assert answer.status_code == 200
    assert facts["ready"]
    assert facts["broker"]
    assert set(facts["last_runs"]) == set(jobs.JOBS)


def test_readyz_fails_when_a_job_is_late(client):
    all_ran(timedelta(hours=3))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["jobs_late"] == ["send_reminders", "deliver_outbox", "release_expired_holds"]


def test_readyz_fails_when_a_migration_is_missing(client):
    all_ran()
    MigrationRecorder.Migration.objects.filter(app="worklist", name="0001_initial").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations_missing"] == ["worklist.0001_initial"]


def test_readyz_answers_quickly_without_a_broker_and_says_so(client, settings):
    all_ran()
    with socket.socket() as deaf:  # takes the connection and never answers
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        settings.REDIS_URL = f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"
        begun = timezone.now()
        answer = client.get("/readyz")
    assert timezone.now() - begun < timedelta(seconds=2)
    assert answer.status_code == 200
    assert answer.json()["broker"] is False


def test_healthz_needs_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


# -- heartbeat --------------------------------------------------------------------------------------


@pytest.fixture
def listener(settings):
    """An outside address that counts who calls."""
    calls = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            return None

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.HEARTBEAT_URL = f"http://127.0.0.1:{server.server_port}/beat"
    yield calls
    server.shutdown()
    server.server_close()


def test_the_heartbeat_is_sent_while_all_is_well(listener):
    all_ran()
    tasks.send_heartbeat()
    assert listener == ["/beat"]


def test_the_heartbeat_falls_silent_when_a_job_is_late(listener):
    all_ran(timedelta(hours=3))
    assert not health.send_heartbeat()
    assert listener == []


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "http://127.0.0.1:1/"])
def test_without_a_usable_address_nothing_is_sent_and_nothing_breaks(url, settings):
    all_ran()
    settings.HEARTBEAT_URL = url
    assert not health.send_heartbeat()


# -- schedules --------------------------------------------------------------------------------------

SCHEDULED = {
    "send_reminders": ("sharedlives.worklist.tasks.send_reminders", "5 * * * *"),
    "deliver_outbox": ("sharedlives.worklist.tasks.deliver_outbox", 30),
    "send_heartbeat": ("sharedlives.worklist.tasks.send_heartbeat", 300),
    "sweep_safety_net": ("safetynet.tasks.sweep_safety_net", "10 3 * * *"),
    "take_availability_snapshot": ("commissioning.tasks.take_availability_snapshot", "40 3 * * *"),
    "check_stages": ("sharedlives.worklist.tasks.check_stages", "10 4 * * *"),
    "release_expired_holds": ("carers.tasks.release_expired_holds", "20 * * * *"),
    "look_at_ended_services": ("careplans.tasks.look_at_ended_services", "20 2 * * *"),
    "miss_overdue": ("reviews.tasks.miss_overdue", "40 2 * * *"),
    "send_digests": ("sharedlives.worklist.tasks.send_digests", "30 7 * * *"),
    "work_off_files": ("sharedlives.bringin.tasks.work_off_files", 30),
}


@pytest.fixture
def timetable(db):
    """What the migration makes of an empty database."""
    PeriodicTask.objects.all().delete()
    CrontabSchedule.objects.all().delete()
    make()


def make():
    migration.make(apps, None)
    digests.make(apps, None)
    ended.make(apps, None)
    files.make(apps, None)


def when(task):
    if task.interval:
        return task.interval.every
    at = task.crontab
    assert at.timezone == ZoneInfo("Europe/London")
    return f"{at.minute} {at.hour} {at.day_of_month} {at.month_of_year} {at.day_of_week}"


def test_the_migration_makes_every_schedule_with_an_expiry(timetable):
    rows = PeriodicTask.objects.all()
    assert {row.name: (row.task, when(row)) for row in rows} == SCHEDULED
    for row in rows:
        assert row.expire_seconds
        assert row.enabled


def test_what_an_administrator_changed_stays(timetable):
    PeriodicTask.objects.filter(name="send_reminders").update(enabled=False, expire_seconds=1)
    make()
    assert PeriodicTask.objects.count() == len(SCHEDULED)
    assert PeriodicTask.objects.filter(name="send_reminders", enabled=False, expire_seconds=1).exists()


def test_no_nightly_job_stands_in_the_hour_of_the_clock_change(timetable):
    for row in PeriodicTask.objects.filter(crontab__isnull=False).exclude(crontab__hour="*"):
        assert (2, 5) <= (int(row.crontab.hour), int(row.crontab.minute)) <= (23, 59)


def test_every_scheduled_task_exists(timetable):
    current_app.loader.import_default_modules()
    missing = set(PeriodicTask.objects.values_list("task", flat=True)) - set(current_app.tasks)
    assert missing == set()


def test_every_watched_job_is_scheduled(timetable):
    assert set(jobs.JOBS) <= set(PeriodicTask.objects.values_list("name", flat=True))


# -- tasks and commands -----------------------------------------------------------------------------


def test_the_tasks_are_ticks(deadline, person, team):
    factories.due(person, team, timezone.localdate())
    tasks.send_reminders()
    tasks.deliver_outbox()
    tasks.check_stages()
    assert Reminder.objects.filter(state="sent").count() == 1
    assert set(JobRun.objects.values_list("job", "complete", "fault")) == {
        ("send_reminders", True, ""),
        ("deliver_outbox", True, ""),
        ("check_stages", True, ""),
    }


def said(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_day_can_be_replayed_from_the_command_line(deadline, person, team):
    factories.due(person, team, DUE)
    facts = json.loads(said("send_reminders", "--as-of", "2027-01-29", "--format", "json"))
    assert facts["as_of"] == "2027-01-29"
    assert facts["complete"]
    assert facts["done"]["sent"] == 1
    assert (
        json.loads(said("send_reminders", "--as-of", "2027-01-29", "--format", "json"))["done"]["sent"] == 0
    )
    assert "as of 29 January 2027: sent 0" in said("send_reminders", "--as-of", "2027-01-29")


def test_the_other_commands_say_what_they_did(deadline, person, team):
    factories.due(person, team, timezone.localdate())
    said("send_reminders")
    assert "sent 1" in said("deliver_outbox")
    assert json.loads(said("check_stages", "--format", "json"))["done"]["looked_at"] == 1


def test_a_wrong_date_is_explained():
    with pytest.raises(CommandError, match="YYYY-MM-DD, for example 2027-03-12"):
        call_command("send_reminders", "--as-of", "12/03/2027")


def test_a_fault_ends_the_command_with_its_words(deadline, person, team):
    factories.due(person, team, DUE, next_stage_on=None)
    with pytest.raises(CommandError, match="had drifted and were put right"):
        said("check_stages")
