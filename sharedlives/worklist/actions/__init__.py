"""What the clock does: reminders, mails, and the runs of every job."""

from .calendars import choose_calendar, find_feed
from .digests import send_digests
from .outbox import deliver_outbox, drop_mails, queue_mail, send_again
from .reminders import send_reminders
from .runs import job_run
from .stages import check_stages, start_clocks
from .wordings import reset_wording, send_test, set_wording

__all__ = [
    "check_stages",
    "choose_calendar",
    "deliver_outbox",
    "drop_mails",
    "find_feed",
    "job_run",
    "queue_mail",
    "reset_wording",
    "send_again",
    "send_digests",
    "send_reminders",
    "send_test",
    "set_wording",
    "start_clocks",
]
