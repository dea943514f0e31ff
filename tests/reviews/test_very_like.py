"""A review that says what the last one said: said gently before it is closed, with a reason, and in a manager's list."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from reviews import actions
from reviews.actions.holding import DRAFT
from reviews.models import Review
from sharedlives.records.actions import save_draft

from ..careplans.pages import send, text
from ..risk.test_actions import assert_broken
from . import factories
from .factories import ago

pytestmark = pytest.mark.django_db
WHY = "Asked him with the photo cards; and his sister"
LONG = " ".join(
    f"On day {n} of the week he goes to club number {n} by himself and likes it." for n in range(9)
)
OTHER = " ".join(
    f"Since spring number {n} she bakes a cake number {n} with her friend Nasreen." for n in range(9)
)


@pytest.fixture
def again(plan_due, agreement_due, care_manager):
    """The next meeting after one that was held, with the last one."""
    last = factories.held([plan_due], care_manager, held_on=ago(10), persons_views=LONG)
    return factories.meeting([agreement_due], care_manager), last


@pytest.mark.rule("records.very_like_last_time")
def test_a_review_very_like_the_last_says_why(again, care_manager):
    review, last = again
    answers = factories.answers(review, persons_views=LONG)
    facts = {"review": review, "answers": answers, "by": care_manager}
    assert_broken("records.very_like_last_time", actions.hold, **facts)
    held = actions.hold(**facts, why_alike=f" {WHY} ")
    assert held.likeness >= 90
    assert Review.objects.get(pk=held.pk).why_alike == WHY
    assert last.likeness is None


def test_what_says_something_new_is_asked_nothing(again, care_manager):
    review, _last = again
    held = actions.hold(
        review=review, answers=factories.answers(review, persons_views=OTHER), by=care_manager
    )
    assert held.likeness < 90
    assert held.why_alike == ""


def test_a_record_entered_in_error_is_no_last_one(again, care_manager):
    review, last = again
    actions.enter_in_error(review=last, why="Of somebody else", by=care_manager)
    held = actions.hold(review=review, answers=factories.answers(review, persons_views=LONG), by=care_manager)
    assert held.likeness is None


def test_the_page_says_it_gently_and_takes_the_reason(client, again, care_manager, team_manager):
    review, last = again
    answers = factories.answers(review, persons_views=LONG)
    save_draft(
        user=care_manager, form=DRAFT, object_id=review.pk, answers=answers, base_version=review.version
    )
    client.force_login(care_manager)
    address = reverse("reviews:hold", args=[review.pk])
    assert f"of these words stood in “{last}”" in text(client.get(address))
    assert send(client, address, {}).status_code == 422
    assert send(client, address, {"why_alike": WHY}).status_code == 302
    assert WHY in text(client.get(review.get_absolute_url()))
    client.force_login(team_manager)
    page = client.get(reverse("reviews:very_like"))
    assert WHY in text(page)
    assert "1 review" in text(page)


def test_direct_sql_leaves_no_copy_without_a_reason(again):
    rows = Review.objects.filter(pk=again[0].pk)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(likeness=90)
    assert refusal.value.__cause__.diag.constraint_name == "reviews_very_like_says_why"
    rows.update(likeness=90, why_alike=WHY)
