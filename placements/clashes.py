"""The week of a plan against what its carers said about theirs. Pure: no database, no clock."""

from careplans.clashes import Clash
from careplans.timetable import DAY, hours, minutes_alone
from carers.codes import HOURS, WEEKDAYS, Part, together

WEEK = 7 * DAY


def clashes(week, carers):
    """Where a week rests on the carers alone while none of them can support: a `Clash` for each part of the day.

    `carers` are [(name, {(weekday, part) at which they cannot})]: all on whom the person's support rests. As long as
    one of several can, there is no clash.
    """
    if not carers:
        return []
    out = set.intersection(*(cannot for _name, cannot in carers))
    alone = minutes_alone(week)
    found = [(part, resting(part, out, alone)) for part in Part]
    return [Clash(in_words(part, days, carers), stretches(days)) for part, days in found if days]


def resting(part, out, alone):
    """{weekday: the minutes of that part of the day that rest on a carer who cannot}, in order."""
    first, last = (hour * 60 for hour in HOURS[part])
    found = {}
    for day in range(7):
        if (day, part.value) in out:
            minutes = [minute for minute in range(first, last) if (day * DAY + minute) % WEEK in alone]
            if minutes:
                found[day] = minutes
    return found


def in_words(part, days, carers):
    """*Tuesday and Friday evening rest on Hilda Moss, who has said that they cannot support then (10 hours a week).*"""
    names, one = [name for name, _cannot in carers], len(carers) == 1
    total = hours(sum(len(minutes) for minutes in days.values()))
    rests, has = "rests" if len(days) == 1 else "rest", "has" if one else "have"
    return (
        f"{together([WEEKDAYS[day] for day in days])} {part.name.lower()} {rests} on {together(names)}, who {has} said that "
        f"they cannot support then ({total:g} hour{'' if total == 1 else 's'} a week)."
    )


def stretches(days):
    """The minutes as (weekday, from, until); what goes past midnight goes on on the next day."""
    found = []
    for day, minutes in days.items():
        for start, end in runs(minutes):
            found.append((day, min(start, DAY), min(end, DAY)))
            found.append(((day + 1) % 7, max(start - DAY, 0), max(end - DAY, 0)))
    return tuple(sorted(stretch for stretch in found if stretch[1] < stretch[2]))


def runs(minutes):
    """Minutes in order as runs: (first, one past the last)."""
    start = before = minutes[0]
    for minute in minutes[1:]:
        if minute > before + 1:
            yield start, before + 1
            start = minute
        before = minute
    yield start, before + 1
