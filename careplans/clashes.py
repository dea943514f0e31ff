"""Where the week of a plan clashes with what others have said. Floors above know that, and say it here.

A floor above appends to `CHECKS` a function of (user, plan, timetable, on) that returns a list of `Clash`; each shows
only what that user may know. Pages that draw the week ask `clashes_of`.
"""

from dataclasses import dataclass

CHECKS = []


@dataclass(frozen=True)
class Clash:
    """One clash in words, and the stretches of the week that it covers: [(weekday, first minute, last minute)]."""

    words: str
    stretches: tuple = ()


def clashes_of(user, plan, made, on):
    """Every clash of a plan's week that a user may know of on a day."""
    return [clash for check in CHECKS for clash in check(user, plan, made, on)]
