"""A review that somebody asks for before its date: who, why, what they were told, and who hears of it on which day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reviews import actions
from reviews.deadlines import REVIEW_WANTED
from reviews.models import ReviewDue, ReviewPolicy, ReviewWanted
from sharedlives.worklist.actions import send_reminders
from sharedlives.worklist.models import ReminderCopy

from ..careplans.pages import queries_of, send, text
from ..careplans.test_models import assert_refused, run
from ..risk.test_actions import assert_broken
from . import factories
from .factories import ago, today

REASON = "His day service closes in spring"
AMINA, TOM = "Amina Yusuf", "Tom Ellery"
DAYS = {0: [AMINA], 4: [], 5: [AMINA], 11: [], 12: [TOM], 25: [], 26: [TOM], 28: [], 60: []}
ANSWERED = {0: [AMINA], 5: [AMINA], 12: [], 27: [], 28: [AMINA], 35: [TOM], 49: [TOM], 60: []}


def told_on(day):
    """Who is reminded on one day, and not before."""
    before = set(ReminderCopy.objects.values_list("pk", flat=True))
    send_reminders(as_of=day, limit_seconds=None)
    copies = ReminderCopy.objects.filter(reminder__deadline=REVIEW_WANTED.name).exclude(pk__in=before)
    return list(copies.order_by("id").values_list("recipient__name", flat=True))


@pytest.mark.parametrize("asked_by", ["person", "carer", "relative", "scheme", "other"])
def test_anyone_may_ask_and_no_due_date_moves(both, supported_person, scheme_worker, scheme, team, asked_by):
    before = list(ReviewDue.objects.order_by("pk").values_list("pk", "due_on"))
    row = factories.asked(supported_person, scheme_worker, days_ago=2, asked_by=asked_by, reason=REASON)
    assert (row.opened_on, row.due_on, row.organisation, row.taken_by) == (ago(2), ago(-3), team, scheme)
    assert list(ReviewDue.objects.order_by("pk").values_list("pk", "due_on")) == before


def test_who_is_reminded_on_which_day_while_nobody_answers(
    both, supported_person, scheme_worker, team_manager
):
    factories.asked(supported_person, scheme_worker)
    assert {n: told_on(today() + timedelta(days=n)) for n in DAYS} == DAYS


def test_an_answer_gives_time_until_the_meeting_is_to_be_arranged(
    both, supported_person, scheme_worker, care_manager, team_manager
):
    row = factories.asked(supported_person, scheme_worker)
    found = {0: told_on(today())}
    row = actions.answer_request(wanted=row, answer="We meet in May", by=care_manager)
    assert (row.due_on, row.acknowledged_on) == (today() + timedelta(days=28), today())
    found |= {n: told_on(today() + timedelta(days=n)) for n in ANSWERED if n}
    assert found == ANSWERED


def test_a_meeting_ends_it_answered_or_not(both, supported_person, scheme_worker, care_manager):
    rows = [factories.asked(supported_person, scheme_worker, asked_by=who) for who in ("carer", "scheme")]
    actions.answer_request(wanted=rows[0], answer="Soon", by=care_manager)
    review = factories.meeting(both, care_manager)
    assert set(ReviewWanted.objects.values_list("review", "next_stage_on")) == {(review.pk, None)}
    assert told_on(today() + timedelta(days=40)) == []


def test_how_soon_is_what_the_council_set(both, supported_person, council, scheme_worker, care_manager):
    ReviewPolicy.objects.create(council=council, in_force_from=ago(9), answer_days=2, wanted_days=14)
    row = factories.asked(supported_person, scheme_worker)
    assert row.due_on == today() + timedelta(days=2)
    assert actions.answer_request(wanted=row, answer="x", by=care_manager).due_on == today() + timedelta(
        days=14
    )


def test_whose_work_it_is_and_who_waits(both, supported_person, scheme_worker, care_manager, scheme):
    of_scheme = factories.asked(supported_person, scheme_worker)
    of_council = factories.asked(supported_person, care_manager, asked_by="carer")
    assert set(REVIEW_WANTED.owed_by(care_manager)) == {of_scheme, of_council}
    assert set(REVIEW_WANTED.owed_by(scheme_worker)) == set()
    assert list(ReviewWanted.objects.visible_to(scheme_worker)) == [of_scheme]
    assert list(REVIEW_WANTED.waits_for(scheme_worker)) == [of_scheme]


@pytest.mark.rule("reviews.asked_why", "reviews.asked_until_today", "reviews.answered_in_words")
def test_it_says_who_and_why_and_is_answered_once_in_words(
    both, supported_person, scheme_worker, care_manager
):
    facts = {"person": supported_person, "by": scheme_worker, "asked_by": "scheme"}
    ask = actions.ask_for_review
    assert_broken("reviews.asked_why", ask, reason=" ", asked_on=today(), **facts)
    assert_broken("reviews.asked_until_today", ask, reason="x", asked_on=ago(-1), **facts)
    row = ask(reason="x", asked_on=today(), **facts)
    answer = {"wanted": row, "by": care_manager}
    assert_broken("reviews.answered_in_words", actions.answer_request, answer=" ", **answer)
    actions.answer_request(answer="In May", **answer)
    assert_broken("reviews.answered_in_words", actions.answer_request, answer="In June", **answer)
    actions.not_wanted(wanted=row, why_not="The service stays open", by=care_manager)
    assert_broken("reviews.wanted_is_done", actions.answer_request, answer="In June", **answer)


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("reviews_wanted_says_who_asks_and_why", "UPDATE reviews_reviewwanted SET reason = ''"),
        ("reviews_wanted_says_who_asks_and_why", "UPDATE reviews_reviewwanted SET asked_by = ''"),
        ("reviews_wanted_says_who_asks_and_why", "UPDATE reviews_reviewwanted SET taken_by_id = NULL"),
        ("reviews_wanted_answered_in_words", "UPDATE reviews_reviewwanted SET acknowledged_on = opened_on"),
        (
            "reviews_wanted_answered_in_words",
            "UPDATE reviews_reviewwanted SET acknowledged_on = opened_on - 1, answer = 'x'",
        ),
        ("reviews_policy_answers_soon", "UPDATE reviews_reviewpolicy SET answer_days = 29"),
    ],
)
def test_direct_sql_cannot_break_it(both, supported_person, scheme_worker, constraint, sql):
    factories.asked(supported_person, scheme_worker)
    assert_refused(constraint, lambda: run(sql))


def test_it_goes_through_its_pages(client, both, supported_person, scheme_worker, care_manager):
    client.force_login(scheme_worker)
    day = {f"asked_on_{n}": part for n, part in enumerate((today().day, today().month, today().year))}
    ask = reverse("reviews:ask", args=[supported_person.pk])
    assert ask in client.get(supported_person.get_absolute_url()).text
    refused = send(client, ask, {"asked_by": "carer", "asked_name": "Joan", "reason": "", **day})
    assert (refused.status_code, "Joan" in refused.text) == (422, True)
    assert (
        send(client, ask, {"asked_by": "carer", "asked_name": "Joan", "reason": REASON, **day}).status_code
        == 302
    )
    row = ReviewWanted.objects.get()
    assert "To be answered" in text(client.get(row.get_absolute_url()))
    client.force_login(care_manager)
    page = client.get(row.get_absolute_url())
    assert REASON in text(page)
    assert "Joan (The Shared Lives carer)" in text(page)
    answer = reverse("reviews:answer_request", args=[row.pk])
    assert answer in page.text
    assert send(client, answer, {"answer": "We meet in May"}).status_code == 302
    client.force_login(scheme_worker)
    page = client.get(row.get_absolute_url())
    assert "We meet in May" in text(page)
    assert answer not in page.text
    assert len(queries_of(client, row.get_absolute_url())) <= 12


def test_a_day_older_than_every_policy_writes_no_policy(both, supported_person, scheme_worker, care_manager):
    before = ReviewPolicy.objects.count()
    row = factories.asked(supported_person, scheme_worker, days_ago=9000)
    row = actions.answer_request(wanted=row, answer="We meet in May", by=care_manager)
    assert row.due_on == ago(9000 - 28)
    assert ReviewPolicy.objects.count() == before


def test_request_and_answer_read_the_policy_of_the_day_on_which_they_asked(
    both, council, supported_person, scheme_worker, care_manager
):
    ReviewPolicy.objects.create(council=council, in_force_from=ago(3), answer_days=2, wanted_days=7)
    row = factories.asked(supported_person, scheme_worker, days_ago=4)
    assert row.due_on == ago(4 - 5)
    row = actions.answer_request(wanted=row, answer="We meet in May", by=care_manager)
    assert row.due_on == ago(4 - 28)
