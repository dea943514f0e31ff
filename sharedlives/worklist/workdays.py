"""Working days: neither a Saturday or Sunday, nor a bank holiday in England. Pure: no database, no clock."""

import functools

import holidays

SATURDAY = 5


@functools.cache
def bank_holidays(year):
    return holidays.UnitedKingdom(subdiv="ENG", years=year)


def is_workday(day):
    """Is a day a working day?"""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)
