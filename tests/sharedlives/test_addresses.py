"""How often somebody may come to an address that opens without signing in."""

import pytest

from sharedlives.addresses import too_often

pytestmark = pytest.mark.django_db


def test_more_than_so_many_within_an_hour_are_too_many_and_the_next_hour_is_free(time_machine):
    time_machine.move_to("2026-03-10 10:00:00+00:00", tick=False)
    assert [too_often("somebody", 2) for _time in range(4)] == [False, False, True, True]
    assert not too_often("somebody-else", 2)
    time_machine.move_to("2026-03-10 11:00:00+00:00")
    assert not too_often("somebody", 2)


def test_who_comes_every_four_minutes_all_day_is_never_shut_out(time_machine):
    answers = []
    for minutes in range(0, 600, 4):
        time_machine.move_to(f"2026-03-10 {minutes // 60:02}:{minutes % 60:02}:00+00:00", tick=False)
        answers.append(too_often("a-calendar", 15))
    assert not any(answers)


def test_waiting_within_the_hour_does_not_help(time_machine):
    time_machine.move_to("2026-03-10 10:00:00+00:00", tick=False)
    assert [too_often("somebody", 1) for _time in range(2)] == [False, True]
    time_machine.move_to("2026-03-10 10:50:00+00:00", tick=False)
    assert too_often("somebody", 1)
