"""What stands behind the doors: mails about a password leave by the outbox, and codes cannot be guessed for long."""

import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail as outbox
from django.urls import reverse

from sharedlives.worklist import actions
from sharedlives.worklist.models import Mail

from .. import factories

pytestmark = pytest.mark.django_db
RESET = reverse("account_reset_password")


def ask_for_a_new_password(client, email):
    return client.post(RESET, {"email": email})


def test_the_key_of_a_new_password_is_made_when_the_mail_leaves(client, care_manager):
    assert ask_for_a_new_password(client, care_manager.email).url == reverse("account_reset_password_done")
    assert outbox.outbox == []
    row = Mail.objects.get()
    assert (row.recipient, row.path) == (care_manager, RESET)
    actions.deliver_outbox()
    link = re.search(r"https?://[^/]+(/\S+)", outbox.outbox[0].body)[1]
    page = client.get(link, follow=True)
    assert "Choose a new password" in page.content.decode()
    new = "quiet-otter-crosses-the-harbour"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    care_manager.refresh_from_db()
    assert care_manager.check_password(new)
    actions.deliver_outbox()
    assert outbox.outbox[1].subject == "The way you sign in has changed"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, care_manager):
    answers = [ask_for_a_new_password(client, email) for email in (care_manager.email, "nobody@example.org")]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert Mail.objects.count() == 1


def test_the_page_answers_while_the_mail_server_is_away(client, care_manager, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    assert ask_for_a_new_password(client, care_manager.email).status_code == 302
    actions.deliver_outbox()
    assert Mail.objects.get().state == Mail.State.QUEUED


def test_one_address_is_not_flooded(client, care_manager):
    for _try in range(6):
        answer = ask_for_a_new_password(client, care_manager.email)
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.content.decode()
    assert Mail.objects.count() == 5


@pytest.fixture
def before_the_code(client, care_manager):
    """The password was right; the code is asked for. Returns the secret of the app."""
    secret = generate_totp_secret()
    TOTP.activate(care_manager, secret)
    RecoveryCodes.activate(care_manager)
    answer = client.post(
        reverse("account_login"), {"login": care_manager.email, "password": factories.PASSWORD}
    )
    assert answer.url == reverse("mfa_authenticate")
    return secret


def right_code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_codes_are_not_guessed_for_long(client, before_the_code):
    """Ten wrong ones, and for a quarter of an hour not even the right one opens."""
    door = reverse("mfa_authenticate")
    for _try in range(10):
        assert "Incorrect code" in client.post(door, {"code": "000000"}).content.decode()
    answer = client.post(door, {"code": right_code(before_the_code)})
    assert "Wait 15 minutes" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_right_code_opens(client, care_manager, before_the_code):
    client.post(reverse("mfa_authenticate"), {"code": right_code(before_the_code)})
    assert client.session["_auth_user_id"] == str(care_manager.pk)
