"""What the national return asks of every review in England: answered at the close, shown in the record."""

import pytest
from django.urls import reverse

from reviews import sections
from reviews.queries import asked_of
from reviews.record import record_of

from ..careplans.test_models import assert_refused, run
from . import factories
from .factories import today
from .test_holding import refused_codes


@pytest.mark.rule("reviews.return")
@pytest.mark.parametrize(
    "wrong",
    [
        {"return_reason": ""},
        {"return_method": ""},
        {"return_outcome": ""},
        {"return_achieved": ""},
        {"return_reason": "safeguarding"},  # how far outcomes were reached is asked of planned ones alone
    ],
)
def test_every_review_in_england_answers_it(both, care_manager, wrong):
    review = factories.meeting(both, care_manager)
    assert refused_codes(review, care_manager, **wrong) == {"reviews.return"}


def test_an_unplanned_one_says_nothing_of_outcomes_reached(both, care_manager):
    held = factories.held(both, care_manager, return_reason="hospital", return_achieved="")
    assert held.get_return_reason_display() == "Unplanned - Hospital (Planned and unplanned episodes)"


@pytest.fixture
def in_wales(council):
    council.ons_code = "W06000022"
    council.save()


def test_the_page_says_so_where_nothing_is_asked(client, both, in_wales, care_manager):
    client.force_login(care_manager)
    review = factories.meeting(both, care_manager)
    page = client.get(reverse("reviews:hold_section", args=[review.pk, "return"])).text
    assert "for councils in England" in page
    assert "Why was this review held?" not in page
    assert sections.is_empty(sections.BY_SLUG["return"], asked_of(review, today=today()))


def test_other_nations_are_not_asked(both, in_wales, care_manager):
    none = {f"return_{name}": "" for name in ("reason", "method", "achieved", "outcome")}
    review = factories.meeting(both, care_manager)
    assert not asked_of(review, today=today()).returned
    assert refused_codes(review, care_manager, persons_views="", **none) == {"reviews.views"}


def test_the_record_shows_it_in_the_words_of_the_return(both, care_manager):
    parts = dict(record_of(factories.held(both, care_manager))["parts"])
    answers = [answer for _question, answer in parts["The national return"]]
    assert answers == [
        "Planned",
        "Service user only",
        "Partially achieved",
        "Continuation of support or services",
    ]


def test_direct_sql_cannot_break_it(both, care_manager):
    factories.meeting(both, care_manager)
    sql = "UPDATE reviews_review SET return_reason = 'other', return_achieved = 'fully'"
    assert_refused("reviews_return_achieved_of_planned_ones", lambda: run(sql))


def test_it_is_a_page_of_the_form(client, both, care_manager):
    client.force_login(care_manager)
    review = factories.meeting(both, care_manager)
    page = client.get(reverse("reviews:hold_section", args=[review.pk, "return"]))
    assert "Unplanned - Safeguarding concern" in page.text
    assert page.text.count("(optional)") == 1
