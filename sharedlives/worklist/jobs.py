"""The jobs of the clock: how often each must get to the end, and whether it did."""

from datetime import timedelta

from django.utils import timezone

from .models import JobRun

HOURLY, NIGHTLY = timedelta(hours=2), timedelta(hours=26)

# job → how old its last complete run may be before somebody must be told
JOBS = {
    "send_reminders": HOURLY,
    "deliver_outbox": HOURLY,
    "sweep_safety_net": NIGHTLY,
    "take_availability_snapshot": NIGHTLY,
}


def last_runs():
    """{job: when it last got to the end, or None}. One query."""
    rows = JobRun.objects.filter(complete=True, job__in=JOBS).order_by("job", "-ended_at").distinct("job")
    found = {row.job: row.ended_at for row in rows}
    return {job: found.get(job) for job in JOBS}


def late(now=None):
    """The jobs whose last complete run is too old: [(job, when or None)]."""
    now = now or timezone.now()
    return [(job, at) for job, at in last_runs().items() if at is None or now - at > JOBS[job]]


def notice():
    """Words for My work while a job is behind; empty when all ran."""
    behind = [job.replace("_", " ") for job, _at in late()]
    if not behind:
        return ""
    return (
        f"Some overnight or hourly work has not been done lately: {', '.join(behind)}. "
        "Nothing is lost; it catches up by itself. Until then check due dates yourself, and tell your administrator."
    )
