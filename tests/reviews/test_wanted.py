"""A change that a scheme noticed is answered with what follows: a review before its time, or a new assessment."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careplans.models import Reassessment
from reviews import actions
from reviews.deadlines import REVIEW_WANTED
from reviews.models import ReviewDue, ReviewPolicy, ReviewWanted
from risk import actions as risk

from ..careplans.pages import queries_of, send, text
from ..careplans.test_models import assert_refused, run
from ..risk import factories as risks
from ..risk.test_actions import assert_broken
from ..risk.test_changes import told
from . import factories
from .factories import today

WORDS = "Sleeps badly since the new bus"


def noticed(person, by, kind="mood"):
    return risk.notice_change(person=person, kind=kind, words=WORDS, by=by)


def answered(person, scheme_worker, care_manager, outcome="review", kind="mood"):
    change = noticed(person, scheme_worker, kind)
    return risk.answer_change(change=change, outcome=outcome, answer="We meet sooner", by=care_manager)


@pytest.mark.follower("reviews.actions.wanting.want_review_for_change")
def test_a_review_before_its_time_is_work_and_no_due_date_moves(
    both, supported_person, scheme_worker, care_manager, team_manager, team
):
    before = list(ReviewDue.objects.order_by("pk").values_list("pk", "due_on"))
    change = answered(supported_person, scheme_worker, care_manager)
    wanted = change.review_wanted
    assert (wanted.due_on, wanted.organisation) == (today() + timedelta(days=28), team)
    assert list(ReviewDue.objects.order_by("pk").values_list("pk", "due_on")) == before
    assert list(REVIEW_WANTED.owed_by(care_manager)) == [wanted]
    assert set(told(REVIEW_WANTED, wanted.due_on)) == {"Amina Yusuf"}
    assert "Tom Ellery" in told(REVIEW_WANTED, wanted.due_on + timedelta(days=7))
    assert not ReviewWanted.objects.visible_to(scheme_worker).exists()


def test_how_soon_is_what_the_council_set(both, supported_person, council, scheme_worker, care_manager):
    ReviewPolicy.objects.create(council=council, in_force_from=today(), wanted_days=14)
    wanted = answered(supported_person, scheme_worker, care_manager).review_wanted
    assert wanted.due_on == today() + timedelta(days=14)


def test_arranging_a_meeting_meets_it(both, supported_person, scheme_worker, care_manager):
    wanted = answered(supported_person, scheme_worker, care_manager).review_wanted
    review = factories.meeting(both, care_manager)
    wanted.refresh_from_db()
    assert (wanted.review, wanted.done_on, wanted.next_stage_on) == (review, today(), None)
    assert not REVIEW_WANTED.open().exists()


def test_where_no_review_is_owed_one_is_opened_for_that_day(supported_person, scheme_worker, care_manager):
    wanted = answered(supported_person, scheme_worker, care_manager).review_wanted
    due = ReviewDue.objects.open().get(person=supported_person)
    assert (due.subject, due.due_on, due.is_first) == ("care_plan", wanted.due_on, False)


@pytest.mark.rule("reviews.wanted_ends", "reviews.wanted_is_done")
def test_or_somebody_says_why_none_is_needed(both, supported_person, scheme_worker, care_manager):
    wanted = answered(supported_person, scheme_worker, care_manager).review_wanted
    facts = {"wanted": wanted, "by": care_manager}
    assert_broken("reviews.wanted_ends", actions.not_wanted, why_not=" ", **facts)
    assert actions.not_wanted(why_not="Back to the old bus", **facts).next_stage_on is None
    assert_broken("reviews.wanted_is_done", actions.not_wanted, why_not="Again", **facts)


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        (
            "reviews_wanted_ends_with_a_meeting_or_why_not",
            "UPDATE reviews_reviewwanted SET done_on = opened_on, next_stage_on = NULL",
        ),
        (
            "reviews_wanted_done_reminds_nobody",
            "UPDATE reviews_reviewwanted SET done_on = opened_on, why_not = 'x', next_stage_on = opened_on",
        ),
    ],
)
def test_direct_sql_cannot_break_it(both, supported_person, scheme_worker, care_manager, constraint, sql):
    answered(supported_person, scheme_worker, care_manager)
    assert_refused(constraint, lambda: run(sql))


@pytest.mark.parametrize("outcome", ["watch", "plan", "nothing"])
def test_other_answers_ask_for_nothing(supported_person, scheme_worker, care_manager, outcome):
    answered(supported_person, scheme_worker, care_manager, outcome)
    assert not ReviewWanted.objects.exists()
    assert not Reassessment.objects.exists()


def test_a_new_assessment_is_opened_once_and_the_risks_are_wanted_sooner(
    supported_person, scheme_worker, care_manager
):
    version = risks.signed(supported_person, care_manager)
    for kind in ("carer", "health"):
        answered(supported_person, scheme_worker, care_manager, "reassess", kind)
    opened = Reassessment.objects.get()
    assert (opened.cause, opened.what_happened, opened.owner) == ("carer", WORDS, care_manager)
    assert version.look_agains.get(done_on=None).why == "change"


def test_it_goes_through_its_pages(client, both, supported_person, scheme_worker, care_manager):
    change = noticed(supported_person, scheme_worker)
    client.force_login(care_manager)
    url = reverse("risk:answer_change", args=[change.pk])
    assert send(client, url, {"outcome": "review", "answer": "Sooner"}).status_code == 302
    wanted = ReviewWanted.objects.get()
    assert wanted.get_absolute_url() in client.get(supported_person.get_absolute_url()).content.decode()
    page = client.get(wanted.get_absolute_url())
    assert WORDS in text(page)
    assert reverse("reviews:schedule", args=[both[0].pk]) in page.content.decode()
    assert send(client, wanted.get_absolute_url(), {"why_not": "All is well again"}).status_code == 302
    assert "All is well again" in text(client.get(wanted.get_absolute_url()))
    assert len(queries_of(client, wanted.get_absolute_url())) <= 12


def test_the_list_of_changes_begins_with_those_that_wait_longest(
    client, supported_person, scheme_worker, team_manager, care_manager
):
    done = answered(supported_person, scheme_worker, care_manager, "watch")
    rows = [
        risk.notice_change(
            person=supported_person,
            kind="mood",
            words="x",
            by=scheme_worker,
            noticed_on=today() - timedelta(days),
        )
        for days in (1, 9)
    ]
    client.force_login(team_manager)
    page = client.get(reverse("risk:changes")).content.decode()
    places = [page.index(row.get_absolute_url()) for row in (rows[1], rows[0], done)]
    assert places == sorted(places)
    assert "9 days" in page
    assert (
        done.get_absolute_url() not in client.get(reverse("risk:changes") + "?show=waiting").content.decode()
    )
