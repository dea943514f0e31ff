"""Counts of people: nothing from 1 to 7 shows, and nothing shown lets anybody work one out."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commissioning.disclosure import WITHHELD, Audit, Limits, protect, share, strictest, texts

L = Limits()


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0"),
        (1, "*"),
        (7, "*"),
        (8, "10"),
        (12, "10"),
        (13, "15"),
        (17, "15"),
        (18, "20"),
        (1_003, "1,005"),
    ],
)
def test_one_to_seven_are_withheld_and_others_rounded(count, shown):
    assert L.shown(count) == shown


def test_a_council_may_protect_more():
    limits = Limits(withhold_up_to=9, nearest=10)
    assert [limits.shown(n) for n in (9, 10, 14, 15, 24, 25)] == ["*", "10", "10", "20", "20", "30"]
    assert strictest([Limits(), Limits(4, 10)]) == Limits(7, 10)
    assert strictest([]) == Limits()


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (30, 100, "30%"),
        (3, 100, "*"),
        (97, 100, "*"),
        (0, 0, "*"),
        (0, 6, "*"),
        (0, 50, "0%"),
        (50, 50, "100%"),
    ],
)
def test_percentages_are_withheld_with_their_parts(part, whole, shown):
    assert share(part, whole) == shown


def test_a_single_withheld_count_takes_a_second_one_with_it():
    shown = protect({"dementia": {"north": 3, "east": 12, "south": 40}})
    assert shown.cells["dementia"] == {"north": "*", "east": "*", "south": "40"}
    assert shown.row_totals["dementia"] == "55"


def test_totals_are_rounded_for_themselves():
    shown = protect({"a": {"x": 12, "y": 12}, "b": {"x": 12, "y": 12}})
    assert shown.row_totals == {"a": "25", "b": "25"}
    assert shown.total == "50"


def test_a_total_that_would_tell_is_withheld():
    shown = protect({"a": dict.fromkeys("wxyz", 7)})
    assert shown.row_totals["a"] == WITHHELD
    ones = protect({"a": dict.fromkeys(range(12), 1)})
    assert ones.row_totals["a"] == WITHHELD
    assert ones.total == WITHHELD


def test_totals_of_rows_and_columns_do_not_tell_through_the_whole():
    """11 and 22 people are shown as 10 and 20, and all 33 as 35: so the rows hold 11 or 12, and 21 or 22."""
    table = {0: {0: 4, 1: 7}, 1: {0: 8, 1: 14}}
    shown = protect(table)
    told = {place: {found[place] for found in possible_tables(table, shown)} for place in ((0, 0), (0, 1))}
    assert all(len(values) >= 3 for values in told.values())


def test_nothing_to_hide_nothing_hidden():
    shown = protect({"a": {"x": 20, "y": 0}, "b": {"x": 0, "y": 30}})
    assert WITHHELD not in texts(shown)


TABLES = st.integers(1, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 30) | st.integers(0, 8), min_size=columns, max_size=columns),
        min_size=1,
        max_size=3,
    )
)


def as_table(rows):
    return {r: dict(enumerate(row)) for r, row in enumerate(rows)}


@settings(max_examples=300, deadline=None)
@given(TABLES)
def test_no_small_count_stands_in_the_table(rows):
    table = as_table(rows)
    shown = protect(table)
    for r, cells in table.items():
        for c, count in cells.items():
            if 1 <= count <= 7:
                assert shown.cells[r][c] == WITHHELD
        if 1 <= sum(cells.values()) <= 7:
            assert shown.row_totals[r] == WITHHELD
    assert all(text == WITHHELD or int(text.replace(",", "")) % 5 == 0 for text in texts(shown))


def possible_tables(table, shown):
    """Every table that a reader who knows the rule must think possible: brute force, for small tables only."""
    audit = Audit(table, L)
    audit.withhold_seconds()
    places = list(audit.counts)

    def values(place):
        text = shown.cells[place[0]][place[1]]
        if place in audit.first:
            return range(1, 8)
        if text == WITHHELD:
            return range(8, 31)
        near = int(text)
        return range(0, 1) if near == 0 else range(max(8, near - 2), near + 3)

    def fits(text, total):
        return text == WITHHELD or L.shown(total) == text

    for guess in product(*map(values, places)):
        found = dict(zip(places, guess, strict=True))
        rows = {r: sum(found[p] for p in places if p[0] == r) for r in shown.row_totals}
        columns = {c: sum(found[p] for p in places if p[1] == c) for c in shown.column_totals}
        totals = [(shown.row_totals[r], n) for r, n in rows.items()]
        totals += [(shown.column_totals[c], n) for c, n in columns.items()]
        if all(fits(text, n) for text, n in totals) and fits(shown.total, sum(guess)):
            yield found


SMALL = st.sampled_from([(1, 2), (1, 3), (2, 1), (3, 1), (2, 2)]).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 16) | st.integers(1, 7), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@settings(max_examples=60, deadline=None)
@given(SMALL)
def test_no_count_from_1_to_7_can_be_worked_out(rows):
    """Whatever the table, a reader who tries every table that fits all that is shown stays in doubt."""
    table = as_table(rows)
    shown = protect(table)
    small = {(r, c) for r, cells in table.items() for c, n in cells.items() if 1 <= n <= 7}
    thought = {place: set() for place in small}
    for found in possible_tables(table, shown):
        for place in small:
            thought[place].add(found[place])
        if all(len(values) > 1 for values in thought.values()):
            return
    assert all(len(values) > 1 for values in thought.values()), (table, shown)
