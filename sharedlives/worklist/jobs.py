"""The jobs of the clock: how often each must get to the end, and whether it did."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from .models import JobRun

HOURLY, NIGHTLY = timedelta(hours=2), timedelta(hours=26)

# job → how old its last complete run may be before somebody must be told
JOBS = {
    "send_reminders": HOURLY,
    "deliver_outbox": HOURLY,
    "release_expired_holds": HOURLY,
    "look_at_ended_services": NIGHTLY,
    "miss_overdue": NIGHTLY,
    "sweep_safety_net": NIGHTLY,
    "take_availability_snapshot": NIGHTLY,
    "check_stages": NIGHTLY,
    "send_digests": NIGHTLY,
}
# The migration that put a job into the timetable, where that was not the first one.
SCHEDULED_BY = {
    "send_digests": "0004_digests_at_half_past_seven",
    "look_at_ended_services": "0006_ended_services_at_twenty_past_two",
}


def last_runs():
    """{job: when it last got to the end, or None}. One query, one step into an index for each job."""
    latest = [
        JobRun.objects.filter(job=job, complete=True).order_by("-ended_at").values_list("job", "ended_at")[:1]
        for job in JOBS
    ]
    found = dict(latest[0].union(*latest[1:], all=True))
    return {job: found.get(job) for job in JOBS}


def begun():
    """{job: when it came into the timetable}: until its time has passed since then, it cannot be behind."""
    rows = MigrationRecorder(connection).migration_qs.filter(app="worklist")
    applied = dict(rows.values_list("name", "applied"))
    return {job: applied.get(SCHEDULED_BY.get(job, "0002_schedules")) for job in JOBS}


def late(now=None, runs=None):
    """The jobs whose last complete run is too old: [(job, when or None)]. `runs`: what `last_runs` said just now."""
    now = now or timezone.now()
    runs = last_runs() if runs is None else runs
    since = begun() if None in runs.values() else {}
    return [(job, at) for job, at in runs.items() if behind(at or since.get(job), now, JOBS[job])]


def behind(at, now, allowed):
    return at is None or now - at > allowed


def notice():
    """Words for My work while a job is behind; empty when all ran."""
    waiting = [job.replace("_", " ") for job, _at in late()]
    if not waiting:
        return ""
    return (
        f"Some overnight or hourly work has not been done lately: {', '.join(waiting)}. "
        "Nothing is lost; it catches up by itself. Until then check due dates yourself, and tell your administrator."
    )


WORDS = {
    "send_reminders": "Reminders written",
    "deliver_outbox": "Mails sent",
    "release_expired_holds": "Held places released",
    "look_at_ended_services": "Services that ended, made a change to see to",
    "miss_overdue": "Reviews counted as missed, policies applied",
    "sweep_safety_net": "Records searched for gaps",
    "take_availability_snapshot": "Figures of the day kept",
    "check_stages": "Due dates checked",
    "send_digests": "Daily mails put together",
}


@dataclass(frozen=True)
class Standing:
    """How one job stands, for the administrator: `run` is the newest, `well_at` the end of the last complete one."""

    label: str
    run: JobRun | None
    well_at: datetime | None
    late: bool
    next_at: datetime | None

    @property
    def figures(self):
        """What the newest run did: "sent 12, put off 0"."""
        done = self.run.done if self.run else {}
        return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in done.items())


def at_a_glance(now=None):
    """[Standing] of every job, late ones first. Four queries."""
    now = now or timezone.now()
    well = last_runs()
    behind_now = {job for job, _at in late(now, well)}
    newest = {run.job: run for run in JobRun.objects.order_by("job", "-started_at").distinct("job")}
    tasks = {
        task.name: task
        for task in PeriodicTask.objects.filter(name__in=JOBS).select_related("crontab", "interval")
    }
    found = [
        Standing(
            WORDS.get(job, job.replace("_", " ").capitalize()),
            newest.get(job),
            well[job],
            job in behind_now,
            next_run(tasks.get(job), now),
        )
        for job in JOBS
    ]
    return sorted(found, key=lambda standing: not standing.late)


def next_run(task, now):
    """When a task comes next, or None where it is switched off or not in the timetable."""
    if task is None or not task.enabled:
        return None
    left = task.schedule.remaining_estimate(task.last_run_at or now)
    return now + max(left, timedelta())
