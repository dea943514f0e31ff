"""What counts as unchanged, which date comes first, when the test is whole. No database."""

from datetime import date
from types import SimpleNamespace

import pytest

from risk import rules
from sharedlives.rules import RuleBroken


def risk(number=1, due=date(2027, 5, 1), **facts):
    words = {name: "words" for name in rules.COMPARED} | facts
    return SimpleNamespace(number=number, next_review_on=due, **words)


def test_unchanged_looks_at_words_not_at_dates_order_or_spaces():
    old = [risk(hazard="Road"), risk(hazard="Kitchen")]
    assert rules.unchanged(old, [risk(hazard="Kitchen", due=date(2028, 1, 1)), risk(hazard=" Road ")])
    assert not rules.unchanged(old, [risk(hazard="Road"), risk(hazard="Kitchen", controls="New")])
    assert not rules.unchanged(old, [risk(hazard="Road")])


def test_the_earliest_risk_sets_the_date():
    assert rules.earliest([risk(due=date(2027, 6, 1)), risk(due=date(2027, 3, 1))]) == date(2027, 3, 1)


@pytest.mark.rule("risk.review_date")
def test_a_review_date_lies_after_the_signing():
    rules.dates_in_time([risk(due=date(2027, 1, 2))], date(2027, 1, 1))
    with pytest.raises(RuleBroken, match="risk 2 has 1 January 2027") as refusal:
        rules.dates_in_time([risk(), risk(number=2, due=date(2027, 1, 1))], date(2027, 1, 1))
    assert refusal.value.rule is rules.REVIEW_DATE


@pytest.mark.rule("risk.three_part_test_whole")
def test_the_three_part_test_is_whole_or_open():
    assert rules.decided((True, False, True))
    assert not rules.decided((None, None, None))
    with pytest.raises(RuleBroken) as refusal:
        rules.decided((True, None, True))
    assert refusal.value.rule is rules.TEST_WHOLE


def test_an_enquiry_is_owed_only_when_all_three_are_met():
    assert rules.enquiry_owed((True, True, True))
    assert not rules.enquiry_owed((True, False, True))
    assert not rules.enquiry_owed((None, None, None))
