"""The jobs of the clock: how often each must get to the end, and whether it did."""

from datetime import timedelta

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from .models import JobRun

HOURLY, NIGHTLY = timedelta(hours=2), timedelta(hours=26)

# job → how old its last complete run may be before somebody must be told
JOBS = {
    "send_reminders": HOURLY,
    "deliver_outbox": HOURLY,
    "release_expired_holds": HOURLY,
    "miss_overdue": NIGHTLY,
    "sweep_safety_net": NIGHTLY,
    "take_availability_snapshot": NIGHTLY,
    "check_stages": NIGHTLY,
    "send_digests": NIGHTLY,
}
# The migration that put a job into the timetable, where that was not the first one.
SCHEDULED_BY = {"send_digests": "0004_digests_at_half_past_seven"}


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


def late(now=None):
    """The jobs whose last complete run is too old: [(job, when or None)]."""
    now = now or timezone.now()
    runs = last_runs()
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
