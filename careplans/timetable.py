"""The week of a person: who supports when, and how many hours rest on the carer alone. Pure: no database, no clock."""

from dataclasses import dataclass

DAY = 24 * 60  # minutes
MORNING, NIGHT = 7 * 60, 22 * 60  # what counts as the day


@dataclass(frozen=True)
class Slot:
    """A stretch of one weekday (0 is Monday), in minutes from midnight; `end` after `start`, at most 24 hours."""

    weekday: int
    start: int
    end: int
    who: str
    kind: str

    def minutes(self):
        """The minutes of the week that it covers."""
        return range(self.weekday * DAY + self.start, self.weekday * DAY + self.end)


@dataclass(frozen=True)
class Timetable:
    """One week. `lives_in`: the person lives with the carer, who is there whenever nobody else is."""

    slots: tuple = ()
    lives_in: bool = False

    @property
    def carer(self):
        return [slot for slot in self.slots if slot.kind == "shared_lives"]

    @property
    def others(self):
        return [slot for slot in self.slots if slot.kind != "shared_lives"]


@dataclass(frozen=True)
class Alone:
    """Hours a week that rest on the carer alone: by day, by night, and the days' hours from Monday to Sunday."""

    by_day: float = 0
    by_night: float = 0
    each_day: tuple = (0,) * 7

    @property
    def total(self):
        return self.by_day + self.by_night


def slots_of(service):
    """The stretches of a service with times. One past midnight goes on on the next day, Sunday's on Monday."""
    start, end = (time.hour * 60 + time.minute for time in (service.starts_at, service.ends_at))
    for day in service.weekdays:
        if end > start:
            yield Slot(day, start, end, service.name, service.kind)
        else:
            yield Slot(day, start, DAY, service.name, service.kind)
            if end:
                yield Slot((day + 1) % 7, 0, end, service.name, service.kind)


def timetable(services):
    """The week that services make: those with times as slots, Shared Lives without times as living there."""
    timed = [service for service in services if service.weekdays]
    slots = sorted(
        (slot for service in timed for slot in slots_of(service)), key=lambda s: (s.weekday, s.start, s.who)
    )
    lives_in = any(service.kind == "shared_lives" and not service.weekdays for service in services)
    return Timetable(tuple(slots), lives_in)


def minutes_alone(week):
    """The minutes of a week that rest on the carer alone: theirs, less all in which anybody else supports."""
    theirs = set(range(7 * DAY)) if week.lives_in else minutes_of(week.carer)
    return theirs - minutes_of(week.others)


def hours_alone(week):
    """How many hours of a week rest on the carer alone: theirs, less all in which anybody else supports.

    Time that the person spends without support, as they wish, does not rest on the carer either.
    """
    alone = minutes_alone(week)
    in_daytime = [minute for minute in alone if MORNING <= minute % DAY < NIGHT]
    each_day = [0] * 7
    for minute in in_daytime:
        each_day[minute // DAY] += 1
    by_day = hours(len(in_daytime))
    return Alone(by_day, hours(len(alone) - len(in_daytime)), tuple(hours(count) for count in each_day))


def minutes_of(slots):
    return {minute for slot in slots for minute in slot.minutes()}


def hours(minutes):
    return round(minutes / 60, 1)
