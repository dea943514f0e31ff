"""What counts as a full, up-to-date plan; what changed between two versions. No database."""

from datetime import date
from types import SimpleNamespace

import pytest

from careplans import rules
from careplans.sections import SECTIONS

TODAY = date(2027, 3, 12)


def plan(capacities=("person", "care_manager"), state="signed", signed_on=date(2027, 1, 1), **facts):
    words = {section.key: "words" for section in SECTIONS} | facts
    signatures = [SimpleNamespace(capacity=capacity) for capacity in capacities]
    return SimpleNamespace(
        state=state, signed_on=signed_on, sign_offs=SimpleNamespace(all=lambda: signatures), **words
    )


def test_a_full_signed_young_plan_will_do():
    assert rules.not_up_to_date(plan(), TODAY) == []
    assert rules.not_up_to_date(plan(("representative", "manager")), TODAY) == []


def test_no_plan_at_all():
    assert rules.not_up_to_date(None, TODAY) == ["there is no signed care plan"]


@pytest.mark.parametrize(
    ("it", "says"),
    [
        (plan(("care_manager",)), "the person, or a representative with authority, has not signed it"),
        (plan(("person",)), "the care manager has not signed it"),
        (plan(state="draft", signed_on=None), "it is still a draft"),
        (plan(superseded_by=SimpleNamespace(new=SimpleNamespace(number=4))), "version 4 has taken its place"),
        (plan(entered_in_error=object()), "it was entered in error"),
        (plan(signed_on=date(2026, 3, 12)), "it was signed 12 months ago or longer"),
        (plan(needs=" "), "nothing is written under Needs"),
        (plan(took_part="", advice=""), "nothing is written under Advice and prevention, Who took part"),
    ],
)
def test_each_reason_in_words(it, says):
    assert rules.not_up_to_date(it, TODAY) == [says]


def test_a_plan_is_young_until_the_day_before_twelve_months():
    assert rules.not_up_to_date(plan(signed_on=date(2026, 3, 13)), TODAY) == []
    assert rules.not_up_to_date(plan(signed_on=date(2026, 3, 13)), TODAY, months=6)


def test_optional_sections_may_stay_empty():
    assert rules.not_up_to_date(plan(direct_payment="", week=""), TODAY) == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2027, 3, 31), 1, date(2027, 2, 28)),
        (date(2027, 1, 15), 12, date(2026, 1, 15)),
        (date(2027, 5, 31), 6, date(2026, 11, 30)),
    ],
)
def test_months_by_the_calendar(day, months, expected):
    assert rules.months_before(day, months) == expected


def test_differences_by_section():
    old, new = (
        {"Needs": "cooking", "Advice": "same  words"},
        {"Needs": "cooking, shopping", "Advice": "same words", "Outcome 2": "swim"},
    )
    assert rules.differences(old, new) == [
        {"title": "Needs", "was": "cooking", "now": "cooking, shopping"},
        {"title": "Outcome 2", "was": "", "now": "swim"},
    ]


def test_word_changes():
    assert rules.word_changes("cooks twice a week", "cooks three times a week") == [
        ("same", "cooks"),
        ("gone", "twice"),
        ("new", "three times"),
        ("same", "a week"),
    ]
