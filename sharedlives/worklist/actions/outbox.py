"""The outbox: a mail is claimed with a lease, then sent, then marked. A mail is a nudge; the row is the truth.

Killed between the server's "250" and the commit, a mail is sent a second time with the same Message-ID.
"""

import logging
import smtplib
import time
import uuid
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from .. import wordings
from ..deadlines import REGISTRY
from ..models import Mail, ReminderCopy
from ..queries import mail_facts
from .runs import Until, job_run

log = logging.getLogger(__name__)

# Longer than any send: a mail server may be slow at each of its steps, and each waits EMAIL_TIMEOUT (10 s).
LEASE = timedelta(seconds=90)
TRIES = 8
MINUTES_BETWEEN = (1, 5, 15, 60, 180, 360, 720)  # eight tries in about a day
KEPT = ("emergency_access",)  # sent whatever becomes of the person
INACTIVE = "the recipient may no longer sign in"
# The server, not this mail: the others of this tick would fail alike, each after a long wait.
SERVER_AWAY = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)


def new_message_id(key):
    """A Message-ID that stays with the mail, however often it is tried."""
    return f"<{key}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def queue_mail(*, recipient, template, path, reference=""):
    """Put a mail into the outbox. `template` is the slug of declared words (`wordings.py`); they get the
    link and the reference, never a name."""
    return Mail.objects.create(
        recipient=recipient,
        template=template,
        path=path,
        reference=reference,
        message_id=new_message_id(uuid.uuid4()),
    )


def deliver_outbox(*, limit_seconds=60, progress=None):
    """Send what is queued, oldest first, each mail in its own small transactions. Returns the run.

    A mail that fails waits longer each time and is parked after eight tries. When the server itself is away the
    tick ends: the other mails wait untouched, and this one has lost no try, however many days it lasts.
    """
    with job_run("deliver_outbox", timezone.localdate()) as run:
        clock, run.done = Until(limit_seconds), {"sent": 0, "put_off": 0, "parked": 0}
        post = get_connection()
        try:
            while not clock.over and (mail := claim(run.done)):
                answer = deliver(mail, post)
                run.done[answer] += 1
                if progress:
                    progress(1)
                if mail.server_away:
                    break
        finally:
            hang_up(post)
    return run


def ready(now):
    """Mails to send now: new ones, put-off ones whose time has come, and claimed ones whose sender died."""
    queued = Q(state=Mail.State.QUEUED) & (Q(not_before=None) | Q(not_before__lte=now))
    return Mail.objects.filter(queued | Q(state=Mail.State.SENDING, claimed_until__lt=now))


def claim(done):
    """Take the oldest mail for the length of a lease, committed before it is sent. None when there is no more."""
    while True:
        with transaction.atomic():
            now = timezone.now()
            rows = ready(now).select_related("recipient", "copy__reminder").order_by("id")
            mail = rows.select_for_update(skip_locked=True, of=("self",)).first()
            if mail is None:
                return None
            mail.attempts += 1
            if mail.attempts <= TRIES and mail.recipient.is_active:
                mail.state, mail.claimed_until = Mail.State.SENDING, now + LEASE
                mail.save(update_fields=["state", "attempts", "claimed_until"])
                mail.server_away = False
                return mail
            # Eight senders died over it, or its reader has left.
            mail.state, mail.attempts = Mail.State.PARKED, mail.attempts - 1
            mail.last_error = mail.last_error if mail.recipient.is_active else INACTIVE
            mail.save(update_fields=["state", "attempts", "last_error"])
            done["parked"] += 1


def deliver(mail, post):
    """Send one claimed mail and record what came of it: `sent`, `put_off` or `parked`."""
    reached = False
    try:
        post.open()
        reached = True
        post.send_messages([message(mail)])
    except Exception as error:
        hang_up(post)
        mail.server_away = concerns_server(error)
        return put_off(mail, error) if reached else wait_for_server(mail, error)
    mark_sent(mail)
    return "sent"


def concerns_server(error):
    """Refused, timed out, cut off: yes. An answer about this mail or its address: no (an OSError too, to Python)."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, SERVER_AWAY)
    return isinstance(error, OSError)


def message(mail):
    subject, body = wording(mail.template, mail_facts(mail))
    return EmailMessage(
        subject=subject,
        body=body,
        to=[mail.recipient.email],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )


def wording(template, facts):
    """(subject, body) of a mail: declared words, a test of them, or the two files of a mail that declares none."""
    slug = template.removeprefix("test-")
    if slug in wordings.REGISTRY:
        if slug == template:
            return wordings.compose(slug, wordings.facts_of(facts))
        subject, body = wordings.compose(slug, wordings.SAMPLE | wordings.REGISTRY[slug].sample, latest=True)
        return f"Test: {subject}", body
    subject = render_to_string(f"emails/{template}_subject.txt", facts)
    return " ".join(subject.split()), render_to_string(f"emails/{template}.txt", facts)


def mark_sent(mail):
    """The server has it. A database that restarts this very second must not make us send it again."""
    for wait in (0.2, 0.5, 1, 2, 4, 8):
        try:
            Mail.objects.filter(pk=mail.pk).update(
                state=Mail.State.SENT, sent_at=timezone.now(), claimed_until=None, last_error=""
            )
            return
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(wait)
    log.error("a mail was sent and could not be marked so", extra={"mail_id": mail.pk})


def put_off(mail, error):
    """Note the fault (its kind and code, never its text: servers quote addresses), and wait longer each time."""
    log.warning("a mail was not sent", extra={"mail_id": mail.pk})
    state, not_before = Mail.State.PARKED, None
    if mail.attempts < TRIES:
        state = Mail.State.QUEUED
        not_before = timezone.now() + timedelta(minutes=MINUTES_BETWEEN[mail.attempts - 1])
    # Only while the claim is still ours: a slow sender must not undo what a second one has done.
    Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING, attempts=mail.attempts).update(
        state=state, not_before=not_before, claimed_until=None, last_error=words(error)
    )
    return "parked" if state == Mail.State.PARKED else "put_off"


def wait_for_server(mail, error):
    """Nobody answered: that says nothing about this mail. It gets its try back, and waits a minute at least."""
    log.warning("the mail server was not there", extra={"mail_id": mail.pk})
    Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING, attempts=mail.attempts).update(
        state=Mail.State.QUEUED,
        attempts=mail.attempts - 1,
        not_before=timezone.now() + timedelta(minutes=MINUTES_BETWEEN[0]),
        claimed_until=None,
        last_error=words(error),
    )
    return "put_off"


def words(error):
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((answer[0] for answer in error.recipients.values()), None)
    return f"{type(error).__name__}{f' {code}' if code else ''}"


def hang_up(post):
    """Close the line; whatever state it is in, the next mail gets a new one."""
    with suppress(Exception):
        post.close()
    post.connection = None


def send_again(*, mails):
    """Put parked mails back into the outbox with all their tries. Returns how many."""
    parked = mails.filter(state=Mail.State.PARKED, recipient__is_active=True)
    return parked.update(state=Mail.State.QUEUED, attempts=0, not_before=None, last_error="")


@transaction.atomic
def drop_mails(*, reference, why):
    """Do not send what waits about a reference any more: in the outbox, and for a digest. Returns how many.

    What is still owed goes out all the same: reminders of deadlines that outlive the person, and notices that are no
    reminders (`KEPT`). A mail that is being sent this very minute is not called back.
    """
    lasting = [deadline.name for deadline in REGISTRY.values() if deadline.outlives]
    mails = Mail.objects.filter(reference=reference, state=Mail.State.QUEUED).exclude(template__in=KEPT)
    copies = ReminderCopy.objects.filter(reference=reference, waits_for_digest=True)
    dropped = mails.exclude(copy__reminder__deadline__in=lasting).update(
        state=Mail.State.DROPPED, last_error=why[:200], not_before=None
    )
    return dropped + copies.exclude(reminder__deadline__in=lasting).update(waits_for_digest=False)
