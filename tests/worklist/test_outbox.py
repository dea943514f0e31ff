"""The outbox against real mail servers that refuse, put off, cut off and hang: nothing lost, nothing sent twice."""

import asyncio
import smtplib
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from sharedlives.devstack.processes import free_port
from sharedlives.worklist import actions
from sharedlives.worklist.actions import outbox
from sharedlives.worklist.models import Mail

from . import factories

pytestmark = pytest.mark.django_db


class Inbox:
    """Keeps what it gets. `answer` may be a code to give, or `hang`; for one recipient only, or for all."""

    def __init__(self, answer="250 OK", only=None):
        self.answer, self.only, self.got = answer, only, []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802
        if self.only in (None, address) and self.answer != "250 OK":
            if self.answer == "hang":
                await asyncio.sleep(30)
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.got.append((envelope.rcpt_tos[0], envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def mail_server(settings):
    """Start a mail server with an inbox; the settings lead to it."""
    running = []

    def start(inbox):
        controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
        controller.start()
        running.append(controller)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 1
        return inbox

    yield start
    for controller in running:
        controller.stop(no_assert=True)


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 1


@pytest.fixture
def mail(care_manager):
    return actions.queue_mail(
        recipient=care_manager, template="reminder", path="/reviews/", reference="P-7KQ2MX"
    )


def state(mail):
    mail.refresh_from_db()
    return mail.state, mail.attempts


def time_passes(**by):
    """Let waits and leases run out."""
    past = timezone.now() - timedelta(seconds=1)
    Mail.objects.exclude(not_before=None).update(not_before=past)
    Mail.objects.exclude(claimed_until=None).update(claimed_until=past)


def test_a_mail_is_sent_once_with_its_own_message_id(mail, mail_server):
    inbox = mail_server(Inbox())
    for _again in range(3):
        actions.deliver_outbox()
    assert len(inbox.got) == 1
    assert f"Message-ID: {mail.message_id}" in inbox.got[0][1].replace("Message-Id", "Message-ID")
    assert state(mail) == ("sent", 1)
    assert mail.sent_at


def test_a_reminders_mail_says_what_when_and_where_and_no_name(
    deadline, person, team, care_manager, mail_server
):
    inbox = mail_server(Inbox())
    today = timezone.localdate()
    row = factories.due(person, team, today + timedelta(days=14))
    actions.send_reminders(as_of=today)
    actions.deliver_outbox()
    address, text = inbox.got[0]
    assert address == care_manager.email
    assert f"Subject: A review is due: {person.reference}" in text
    assert f"/reviews/due/{row.pk}/" in text
    assert "due in 14 days" in text
    for word in (person.given_name, person.family_name, str(person.date_of_birth.year), str(person.pk)):
        assert word not in text


def test_words_say_whom_one_stands_in_for(deadline, person, team, team_manager, mail_server):
    inbox = mail_server(Inbox())
    factories.due(person, team, timezone.localdate() - timedelta(days=7))
    actions.send_reminders(as_of=timezone.localdate())
    actions.deliver_outbox()
    assert "7 days late" in inbox.got[0][1]
    assert "as the manager" in inbox.got[0][1]


def test_a_server_that_refuses_loses_nothing_and_ends_the_tick(mail, care_manager, no_server, mail_server):
    second = actions.queue_mail(recipient=care_manager, template="reminder", path="/", reference="")
    run = actions.deliver_outbox()
    assert run.done == {"sent": 0, "put_off": 1, "parked": 0}
    assert state(mail) == ("queued", 0)
    assert state(second) == ("queued", 0)
    assert mail.not_before > timezone.now()
    for _day in range(30):  # an outage of a month uses up no try
        time_passes()
        assert actions.deliver_outbox().done == {"sent": 0, "put_off": 1, "parked": 0}
    assert not Mail.objects.exclude(state="queued", attempts=0, last_error__in=["", "ConnectionRefusedError"])
    inbox = mail_server(Inbox())
    time_passes()
    actions.deliver_outbox()
    assert len(inbox.got) == 2


def test_each_wait_is_longer_and_the_eighth_failure_parks(mail, mail_server, caplog):
    mail_server(Inbox("451 Try later"))
    waits = []
    for attempt in range(1, 9):
        actions.deliver_outbox()
        mail.refresh_from_db()
        assert mail.attempts == attempt
        if mail.not_before:
            waits.append(mail.not_before - timezone.now())
        time_passes()
    assert waits == sorted(waits)
    assert len(waits) == 7
    assert waits[-1] > timedelta(hours=11)
    assert state(mail) == ("parked", 8)
    assert mail.last_error == "SMTPRecipientsRefused 451"
    actions.deliver_outbox()
    assert state(mail) == ("parked", 8)


def test_an_address_that_is_refused_does_not_hold_up_the_others(
    mail, team_manager, care_manager, mail_server
):
    inbox = mail_server(Inbox("550 No such user", only=care_manager.email))
    other = actions.queue_mail(recipient=team_manager, template="reminder", path="/", reference="")
    run = actions.deliver_outbox()
    assert run.done == {"sent": 1, "put_off": 1, "parked": 0}
    assert [address for address, _text in inbox.got] == [team_manager.email]
    assert state(other) == ("sent", 1)
    assert care_manager.email not in mail.last_error


def test_a_server_that_hangs_is_left_after_its_time_and_tried_again(mail, mail_server):
    mail_server(Inbox("hang"))
    actions.deliver_outbox()
    assert state(mail) == ("queued", 1)
    inbox = mail_server(Inbox())
    time_passes()
    actions.deliver_outbox()
    assert len(inbox.got) == 1


def test_a_server_that_never_greets_is_away(mail, settings):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = (
            "127.0.0.1",
            deaf.getsockname()[1],
            0.5,
        )
        actions.deliver_outbox()
    assert state(mail) == ("queued", 0)


def test_what_a_dead_sender_held_is_free_after_the_lease_with_the_same_message_id(mail, mail_server):
    inbox = mail_server(Inbox())
    assert outbox.claim({"parked": 0}).pk == mail.pk  # and here the sender dies
    actions.deliver_outbox()
    assert inbox.got == []
    time_passes()
    actions.deliver_outbox()
    assert len(inbox.got) == 1
    assert mail.message_id in inbox.got[0][1]
    assert state(mail) == ("sent", 2)


def test_a_mail_that_kills_its_senders_is_parked(mail, mail_server):
    inbox = mail_server(Inbox())
    for _death in range(8):
        outbox.claim({"parked": 0})
        time_passes()
    assert actions.deliver_outbox().done["parked"] == 1
    assert state(mail) == ("parked", 8)
    assert inbox.got == []


def test_the_lease_outlasts_every_wait_for_a_mail_server(settings):
    # greeting, hello, sender, recipient, data, end: each may take the whole time-out
    assert outbox.LEASE >= timedelta(seconds=6 * settings.EMAIL_TIMEOUT)


def test_who_may_no_longer_sign_in_gets_no_mail(mail, care_manager, mail_server):
    inbox = mail_server(Inbox())
    care_manager.is_active = False
    care_manager.save()
    actions.deliver_outbox()
    assert inbox.got == []
    assert state(mail) == ("parked", 0)
    assert mail.last_error == outbox.INACTIVE


def test_a_slow_sender_does_not_undo_what_a_second_one_has_done(mail, mail_server):
    mail_server(Inbox())
    slow = outbox.claim({"parked": 0})
    time_passes()
    actions.deliver_outbox()
    outbox.put_off(slow, smtplib.SMTPServerDisconnected())
    assert state(mail) == ("sent", 2)


def test_parked_mails_can_be_sent_again(mail, mail_server):
    inbox = mail_server(Inbox())
    Mail.objects.update(state="parked", attempts=8, last_error="SMTPRecipientsRefused 550")
    assert actions.send_again(mails=Mail.objects.all()) == 1
    actions.deliver_outbox()
    assert len(inbox.got) == 1


def test_the_time_of_a_tick_ends(care_manager, mail_server):
    inbox = mail_server(Inbox())
    for _n in range(3):
        actions.queue_mail(recipient=care_manager, template="reminder", path="/", reference="")
    assert actions.deliver_outbox(limit_seconds=0).done["sent"] == 0
    actions.deliver_outbox()
    assert len(inbox.got) == 3
