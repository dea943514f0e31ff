"""Working days: neither a Saturday or Sunday, nor a bank holiday of the nation. Pure: no database, no clock."""

import functools
from datetime import timedelta

import holidays

from ..rules import ENGLAND

SATURDAY = 5
CALENDARS = {ENGLAND: "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}


@functools.cache
def bank_holidays(year, nation):
    return holidays.UnitedKingdom(subdiv=CALENDARS[nation], years=year)


def is_workday(day, nation=ENGLAND):
    """Is a day a working day in a nation? Raises KeyError for one that is not of the United Kingdom."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year, nation)


def working_days_after(day, number, nation=ENGLAND):
    """The day so many working days later: the first of them is the next working day."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_workday(day, nation)
    return day
