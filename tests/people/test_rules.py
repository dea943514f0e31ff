"""Rules about persons: pure, and as the actions refuse by them."""

from datetime import date

import pytest

from people import actions, rules
from sharedlives.rules import RuleBroken

from .. import factories


@pytest.mark.rule("people.nhs_number")
@pytest.mark.parametrize("number", ["9990000018", "9990000026", "9990000034", "9434765919"])
def test_nhs_numbers_that_are_right(number):
    assert rules.nhs_number_fault(number) == ""


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("9990000019", "mistyped"),
        ("999000001", "ten digits"),
        ("99900000ab", "ten digits"),
        ("0000000000", "all its digits"),
        ("1111111111", "all its digits"),
        ("9990000000", "mistyped"),
    ],
)
def test_nhs_numbers_that_are_wrong_say_why(number, why):
    assert why in rules.nhs_number_fault(number)


def test_a_wrong_nhs_number_is_refused_beside_its_field(team, care_manager):
    with pytest.raises(RuleBroken) as refused:
        factories.person(team, worker=care_manager, nhs_number="999 000 0019")
    assert "mistyped" in refused.value.message_dict["nhs_number"][0]


def test_spaces_in_an_nhs_number_are_taken_out(team, care_manager):
    assert factories.person(team, worker=care_manager, nhs_number="999 000 0018").nhs_number == "9990000018"


@pytest.mark.rule("people.born_before_today")
@pytest.mark.parametrize("born", [date(2999, 1, 1), date(1850, 1, 1)])
def test_an_impossible_birth_date_is_refused(team, care_manager, born):
    with pytest.raises(RuleBroken, match="in the past"):
        factories.person(team, worker=care_manager, date_of_birth=born)


@pytest.mark.rule("people.one_funding_team")
def test_one_team_funds_at_a_time(person, other_team, care_manager):
    with pytest.raises(RuleBroken, match="already funds"):
        actions.involve(
            person=person, organisation=other_team, role="funds", since=date(2025, 1, 1), by=care_manager
        )


@pytest.mark.rule("people.no_own_record")
def test_nobody_covers_for_themselves(care_manager):
    with pytest.raises(RuleBroken, match="Nobody covers"):
        actions.be_away(cover=care_manager, since=date(2025, 1, 1), until=date(2025, 1, 2), by=care_manager)
