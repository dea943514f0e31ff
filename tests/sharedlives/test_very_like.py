"""How much of a record stood in the last one. No database."""

import pytest
from rapidfuzz import fuzz

from sharedlives.records.rules import FEWEST, VERY_LIKE, Alike, alike, likeness, very_like_explained
from sharedlives.rules import RuleBroken

from .alike_pairs import pairs

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
        very_like_explained(Alike(VERY_LIKE), " ", "why")
    assert "why" in refused.value.error_dict
    very_like_explained(Alike(VERY_LIKE), "Asked him and his sister", "why")
    very_like_explained(Alike(VERY_LIKE - 1), "", "why")
    very_like_explained(Alike(None), "", "why")


# -- Where the line lies (docs/adr/0020) -----------------------------------------------------------


def share_found(label, line):
    """How many of the pairs with a label are very like, by a line drawn at so many per cent: (found, all)."""
    found = [likeness(was, now) >= line for labelled, _how, was, now in pairs() if labelled == label]
    return sum(found), len(found)


def test_every_copy_is_asked_about_and_nothing_written_anew():
    assert share_found("copied", VERY_LIKE) == (60, 60)
    assert share_found("anew", VERY_LIKE) == (0, 80)


def test_the_line_does_not_lie_at_the_edge():
    """Ten per cent lower nothing written anew is asked about; five higher, copies get past."""
    assert share_found("anew", VERY_LIKE - 10) == (0, 80)
    assert share_found("copied", VERY_LIKE + 5) < (60, 60)


def test_counting_typing_slips_would_miss_what_was_put_in_another_order():
    """`fuzz.ratio` finds none of the copies in another order at a line that leaves what is written anew alone."""
    joined = [
        (how, fuzz.ratio(" ".join(was), " ".join(now)))
        for label, how, was, now in pairs()
        if label == "copied" and "order" in how
    ]
    highest_anew = max(
        fuzz.ratio(" ".join(was), " ".join(now)) for label, _how, was, now in pairs() if label == "anew"
    )
    assert [how for how, like in joined if like > highest_anew] == []
