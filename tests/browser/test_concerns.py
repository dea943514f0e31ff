"""A carer raises a concern by a signed link, without an account; nobody answers, and it goes to the manager in time."""

from datetime import timedelta

import pytest

from risk.models import Concern
from sharedlives.worklist.actions import send_reminders
from sharedlives.worklist.models import ReminderCopy

from .. import factories as cast
from ..risk import factories as risks
from .conftest import PHONE, Window

pytestmark = pytest.mark.browser

ASKED = {
    "danger_now": "False",
    "safe_to_contact": "True",
    "contact_way": "phone",
    "contact_details": "01632 960003",
}


def told(day):
    send_reminders(as_of=day, limit_seconds=None)
    copies = ReminderCopy.objects.filter(reminder__deadline="risk.concern").order_by("id")
    return list(copies.values_list("recipient__name", flat=True))


def test_a_carers_concern_by_a_signed_link_reaches_the_manager_on_the_right_day(
    browser,
    live_server,
    window,
    supported_person,
    care_manager,
    team_manager,
    scheme_worker,
    assert_accessible,
):
    token = risks.link(supported_person, care_manager).token
    context = browser.new_context(viewport=PHONE)
    carer = Window(context.new_page(), live_server.url, None).go(f"/concern/{token}/")
    carer.sees("999")
    assert supported_person.family_name not in carer.page.content(), "the page tells nothing about anybody"
    assert_accessible(carer)
    carer.answer(
        **ASKED, about=["scheme"], words="Nobody answers when I ring about her medicines", raiser="carer"
    )
    carer.press("Send this").done()
    found = Concern.objects.get()
    carer.sees(found.reference)
    assert_accessible(carer)
    context.close()

    today = cast.today()
    assert found.due_on == today + timedelta(days=3)
    assert team_manager.name not in told(found.due_on)
    assert team_manager.name in told(found.due_on + timedelta(days=1))
    assert scheme_worker.name not in told(found.due_on + timedelta(days=10)), "it is about the scheme"

    scheme = window(scheme_worker).go("/risk/concerns/")
    assert found.reference not in scheme.text
    scheme.go(supported_person)
    assert "medicines" not in scheme.text and found.reference not in scheme.text
    manager = window(team_manager).go(found).sees("Nobody answers when I ring")
    assert_accessible(manager)
