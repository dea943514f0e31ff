"""When reviews fall due: arithmetic that holds for every date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import missing, rules
from reviews.queries import Asked

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
TODAY = date(2027, 3, 12)


def asked(**facts):
    facts = {"today": TODAY, "reviewing_officer": False, "carer": False} | facts
    return Asked(latest_next=lambda held_on: rules.add_months(held_on, 12), **facts)


def lacking(answers, **facts):
    return {refusal.rule for _section, refusal in missing.missing(answers, asked(**facts))}


def test_the_first_review_comes_eight_weeks_after_the_start():
    assert rules.first_due_on(date(2027, 1, 1), 56) == date(2027, 2, 26)


def test_29_february_becomes_28_february_and_stays():
    years = [date(2028, 2, 29)]
    for _year in range(4):
        years.append(rules.add_months(years[-1], 12))
    assert [(day.month, day.day) for day in years] == [(2, 29), (2, 28), (2, 28), (2, 28), (2, 28)]
    assert rules.add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert rules.add_months(date(2027, 3, 31), -1) == date(2027, 2, 28)


@given(DAYS, st.integers(-24, 24))
def test_months_land_in_the_right_month_and_never_later_in_it(day, months):
    moved = rules.add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


@given(DAYS, st.integers(-400, 400), st.integers(1, 12))
def test_the_next_date_is_never_later_than_twelve_months_after_either_day(due_on, days, months):
    held_on = due_on + timedelta(days=days)
    following = rules.next_due_on(due_on, held_on, months)
    assert following <= rules.add_months(due_on, 12)
    assert following <= rules.add_months(held_on, 12)
    assert following > min(due_on, held_on)


@given(DAYS, st.integers(0, 4000), st.booleans(), st.integers(1, 56), st.integers(1, 12))
def test_a_policy_never_gives_a_date_later_than_the_law(counted_from, sooner, is_first, first_days, months):
    due_on = rules.due_under(
        is_first=is_first,
        counted_from=counted_from,
        agreed_on=counted_from + timedelta(days=sooner),
        first_days=first_days,
        months=months,
    )
    assert counted_from <= due_on <= rules.add_months(counted_from, 12)


@given(DAYS)
def test_a_missed_day_is_found_by_looking_twelve_months_back_and_one_day(due_on):
    """What `miss_all` fetches from the database holds every due that is missed on the day."""
    missed = rules.missed_on(due_on)
    assert due_on <= rules.add_months(missed, -rules.MISSED_AFTER_MONTHS) + timedelta(days=1)


@given(st.lists(DAYS, min_size=1, max_size=4), DAYS, st.integers(0, 100))
def test_one_meeting_may_serve_what_is_due_within_the_window(dues, planned_on, window):
    effective = sorted(max(day, planned_on) for day in dues)
    assert rules.may_share(dues, planned_on, window) is ((effective[-1] - effective[0]).days <= window)


def test_overdue_reviews_may_share_a_meeting_however_late_they_are():
    assert rules.may_share([date(2026, 1, 1), date(2027, 3, 1)], TODAY, 42)
    assert not rules.may_share([TODAY, TODAY + timedelta(days=43)], TODAY, 42)


@pytest.mark.parametrize(
    ("started", "counted"),
    [
        (TODAY, TODAY),
        (TODAY - timedelta(days=364), TODAY - timedelta(days=364)),
        (date(2026, 3, 12), TODAY),
        (date(2011, 5, 1), TODAY),
    ],
)
def test_a_start_of_long_ago_counts_from_the_day_it_came_on_record(started, counted):
    assert rules.counts_from(started, TODAY) == counted


@given(DAYS, DAYS)
def test_what_is_late_is_called_late(due_on, closed_on):
    assert rules.met_state(due_on, closed_on) == ("met" if closed_on <= due_on else "met_late")


def test_a_meeting_meets_nothing_before_the_sign_off():
    assert rules.met_on(TODAY, None) is None
    assert rules.met_on(TODAY, date(2027, 1, 1)) == TODAY
    assert rules.met_on(date(2027, 1, 1), TODAY) == TODAY


def test_an_empty_meeting_is_refused_with_everything_at_once():
    found = lacking(
        {}, carer=True, reviewing_officer=True, outcomes=(("1", "Cook"),), incidents=(("2", "Fall"),)
    )
    assert found == {
        rules.HELD_DATE,
        rules.SEEN,
        rules.NAMED_PERSON,
        rules.VIEWS,
        rules.CARERS_VIEWS,
        rules.S27,
        rules.OUTCOMES_RATED,
        rules.INCIDENTS_CONSIDERED,
        rules.OPTIONS,
        rules.OUTCOME,
        rules.NEXT_DATE,
    }


def test_actions_are_read_block_by_block_and_empty_blocks_left_out():
    answers = {
        "action-1-words": "Bus training",
        "action-1-owner": "Priya",
        "action-1-by": "2027-05-01",
        "action-2-words": "",
        "action-2-owner": "",
        "action-2-by": "",
        "action-10-words": "New bed",
    }
    assert missing.actions_of(answers) == [("Bus training", "Priya", date(2027, 5, 1)), ("New bed", "", None)]
