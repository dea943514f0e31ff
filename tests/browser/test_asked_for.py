"""A scheme asks for a review and nobody answers for four weeks: what each of them sees on each day."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from reviews.models import ReviewWanted
from sharedlives.worklist.actions import send_reminders
from sharedlives.worklist.models import ReminderCopy

from .. import factories as cast
from ..reviews import factories as reviews
from .conftest import PHONE

pytestmark = pytest.mark.browser

# day: what the row says of itself, and which of the two the clock tells
WEEKS = {
    0: ("due in 5 days", {"worker"}),
    4: ("due tomorrow", set()),
    5: ("due today", {"worker"}),
    11: ("6 days late", set()),
    12: ("7 days late", {"manager"}),
    25: ("20 days late", set()),
    26: ("21 days late", {"manager"}),
    28: ("23 days late", set()),
}


def a_day_later(days):
    """So many days pass: the request is as old as that."""
    ReviewWanted.objects.update(
        opened_on=F("opened_on") - timedelta(days=days),
        due_on=F("due_on") - timedelta(days=days),
        next_stage_on=F("next_stage_on") - timedelta(days=days),
    )


def told(names):
    """Who of them the clock tells today."""
    before = set(ReminderCopy.objects.values_list("pk", flat=True))
    send_reminders(as_of=cast.today(), limit_seconds=None)
    copies = ReminderCopy.objects.filter(reminder__deadline="reviews.review_wanted").exclude(pk__in=before)
    return {names[copy.recipient.name] for copy in copies.select_related("recipient")}


def test_a_schemes_request_ignored_for_four_weeks_and_what_each_person_saw_on_each_day(
    window,
    supported_person,
    scheme,
    team,
    care_manager,
    team_manager,
    scheme_worker,
    assert_accessible,
):
    reviews.signed_off(supported_person, care_manager)
    reviews.started(supported_person, scheme, team, care_manager)
    names = {care_manager.name: "worker", team_manager.name: "manager"}

    priya = window(scheme_worker, viewport=PHONE).go(supported_person)
    priya.follow("Somebody asks for a review before its date")
    assert_accessible(priya)
    priya.answer(
        asked_by="scheme", asked_name="Priya Nair", reason="His day service closes", asked_on=cast.today()
    )
    priya.press("Send it to the council").done()
    wanted = ReviewWanted.objects.get()
    priya.go(wanted).sees("To be answered", "His day service closes")
    assert_accessible(priya)

    amina, tom = window(care_manager), window(team_manager)
    passed = 0
    for day, (says, whom) in WEEKS.items():
        a_day_later(day - passed)
        passed = day
        assert told(names) == whom, f"on day {day}"
        for seen_by in (priya, amina, tom):
            seen_by.go(wanted).sees("To be answered", says)
            seen_by.go(supported_person).sees("Asked for, to be answered")
        priya.go("/work/waiting/").sees("A review is wanted before its date")
        amina.go("/")
        row = amina.page.get_by_role("row").filter(has_text="A review is wanted before its date")
        assert says in row.inner_text().lower(), f"My work, day {day}"

    assert_accessible(amina.go(wanted))
    amina.press("Answer whoever asked").answer(answer="I am sorry. We meet on Friday.")
    assert_accessible(amina)
    amina.press("Save the answer").done()
    priya.go(wanted).sees("I am sorry. We meet on Friday.", "To be arranged", "due today")
    link = reverse("reviews:schedule", args=[supported_person.review_dues.first().pk])
    assert link in amina.go(wanted).page.content()
