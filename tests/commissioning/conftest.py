"""Two councils with homes: what is free in them is known to the last place."""

from datetime import date

import pytest

from ..carers import factories as carers


@pytest.fixture
def on():
    """A Wednesday."""
    return carers.day(2)


@pytest.fixture
def homes(council, other_council, scheme, other_scheme, team):
    """Northshire: one home with one of three free (step-free), one full. Eastmoor: one with two free, by day only."""
    free = carers.home(council, scheme, step_free=True)
    full = carers.home(council, scheme)
    by_day = carers.home(other_council, other_scheme)
    carers.approval(carers.carer(free, scheme), "live_in", "short_break")
    carers.approval(carers.carer(full, scheme), "live_in")
    carers.approval(carers.carer(by_day, other_scheme), "day_support")
    one, two, *three = carers.persons(team, 6)
    carers.stay(one, free)
    carers.stay(two, free, "night", 0, 5)
    for person in three[:3]:
        carers.stay(person, full)
    carers.closure(by_day, 1)
    carers.stay(three[3], by_day, "day", weekdays=1)  # Mondays only
    return {"free": free, "full": full, "by_day": by_day, "since": date(2020, 1, 1)}
