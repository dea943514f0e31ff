"""Breaks that repeat, and the months of a calendar. Pure: no database, no clock."""

import calendar
from datetime import date, timedelta

WEEK = timedelta(days=7)
A_YEAR = timedelta(days=366)


def repeated(first, until, every, last):
    """The breaks of a series as [(first day, day of leaving)]: `every` so many weeks, none begins after `last`.

    One alone where `every` is nought.
    """
    found, step = [(first, until)], every * WEEK
    while every and found[-1][0] + step <= last:
        found.append((found[-1][0] + step, found[-1][1] + step))
    return found


def month_asked(text, today):
    """The first day of a month such as *2027-03*; of this month where that is no month."""
    try:
        year, month = map(int, text.split("-"))
        return date(year, month, 1) if 2000 <= year < 2100 else today.replace(day=1)
    except ValueError:
        return today.replace(day=1)


def month_after(first, months=1):
    """The first day of the month so many months later (or earlier)."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def weeks_of(first):
    """The weeks of a month, Monday to Sunday: [[day, or None outside the month]]."""
    return [
        [day if day.month == first.month else None for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]


def days_of(first):
    """All days of a month."""
    return [day for week in weeks_of(first) for day in week if day]
