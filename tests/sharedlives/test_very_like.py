"""How much of a record stood in the last one. No database."""

import pytest

from sharedlives.records.rules import FEWEST, Alike, alike, likeness, very_like_explained
from sharedlives.rules import RuleBroken

LAST = [" ".join(f"word{number}" for number in range(80)), "She likes the garden, and her sister’s dog."]


def test_the_same_words_are_wholly_alike_whatever_their_marks_order_and_capitals():
    assert likeness(LAST, LAST) == 100
    assert likeness(LAST, [text.upper().replace(",", ";") for text in reversed(LAST)]) == 100


def test_other_words_are_not_alike():
    assert likeness(LAST, [" ".join(f"new{number}" for number in range(80))]) == 0
    assert likeness([], LAST) == 0


def test_words_count_only_in_a_run_of_four():
    mixed = " ".join(f"word{number} new{number}" for number in range(80))
    assert likeness(LAST, [mixed]) == 0
    half = " ".join([f"word{number}" for number in range(40)] + [f"new{number}" for number in range(40)])
    assert likeness(LAST, [half]) == 50


def test_of_a_short_text_it_cannot_be_told():
    few = [" ".join(["word"] * (FEWEST - 1))]
    assert likeness(few, few) is None
    assert likeness(few, [" ".join(["word"] * FEWEST)]) == 100


def test_without_a_last_one_nothing_is_like_it():
    assert alike(None, LAST, list) == Alike(None)
    assert not alike(None, LAST, list).very
    found = alike(LAST, LAST, list)
    assert found.very
    assert found.last is LAST


@pytest.mark.rule("records.very_like_last_time")
def test_very_like_needs_a_reason():
    with pytest.raises(RuleBroken, match="nearly all of its words") as refused:
        very_like_explained(Alike(90), " ", "why")
    assert "why" in refused.value.error_dict
    very_like_explained(Alike(90), "Asked him and his sister", "why")
    very_like_explained(Alike(89), "", "why")
    very_like_explained(Alike(None), "", "why")
