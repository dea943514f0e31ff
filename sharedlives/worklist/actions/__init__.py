"""What the clock does: reminders, mails, and the runs of every job."""

from .outbox import deliver_outbox, queue_mail, send_again
from .reminders import send_reminders
from .runs import job_run
from .stages import check_stages

__all__ = ["check_stages", "deliver_outbox", "job_run", "queue_mail", "send_again", "send_reminders"]
