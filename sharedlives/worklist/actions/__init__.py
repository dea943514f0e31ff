"""What the clock does: reminders, mails, and the runs of every job."""

from .runs import job_run

__all__ = ["job_run"]
