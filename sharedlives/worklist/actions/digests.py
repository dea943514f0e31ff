"""One mail a working day instead of many, for those who chose it: how many reminders wait, and a link to My work."""

import uuid

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse

from ..models import Mail, ReminderCopy
from ..workdays import is_workday
from .outbox import new_message_id
from .runs import Until, job_run


def send_digests(*, as_of, limit_seconds=60, progress=None):
    """Queue a digest for everybody for whom copies wait. Returns the run.

    At most one a recipient and day, none on a Saturday, a Sunday or a bank holiday: what waits goes into the next.
    Running it again changes nothing.
    """
    with job_run("send_digests", as_of) as run:
        run.done = {"digests": 0, "reminders": 0, "working_day": is_workday(as_of)}
        if not run.done["working_day"]:
            return run
        clock = Until(limit_seconds)
        for pk in list(recipients(as_of)):
            if clock.over:
                run.more = True
                break
            gathered = gather(pk, as_of)
            run.done["digests"] += bool(gathered)
            run.done["reminders"] += gathered
            if progress:
                progress(1)
    return run


def waiting(as_of):
    return ReminderCopy.objects.filter(waits_for_digest=True, reminder__written_on__lte=as_of)


def recipients(as_of):
    """The ids of those for whom something waits, and who have had no digest that day."""
    had = Mail.objects.filter(digest_on=as_of).values("recipient")
    people = waiting(as_of).filter(recipient__is_active=True).exclude(recipient__in=had)
    return people.order_by("recipient").values_list("recipient", flat=True).distinct()


@transaction.atomic
def gather(recipient_id, as_of):
    """One digest: everything that waits for one recipient. Returns how many reminders it counts; 0 for no digest.

    Two runs at once: the second waits for the first at the recipient's row, and finds the digest there.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=recipient_id)
    if Mail.objects.filter(recipient=recipient_id, digest_on=as_of).exists():
        return 0
    copies = waiting(as_of).filter(recipient=recipient_id).values_list("pk", flat=True)
    held = list(copies.select_for_update(no_key=True, of=("self",)))
    if not held:
        return 0
    mail = Mail.objects.create(
        recipient_id=recipient_id,
        template="digest",
        path=reverse("home"),
        message_id=new_message_id(uuid.uuid4()),
        digest_on=as_of,
    )
    return ReminderCopy.objects.filter(pk__in=held).update(waits_for_digest=False, digest=mail)
