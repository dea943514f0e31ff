"""A slow and plain model of homes: it walks every day and counts. The database's answers are held against it."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

BINDING, COUNTED = ("held", "booked"), ("held", "booked", "found")
START = date(2027, 3, 1)
BEYOND = 16  # days after the last date that is named: from there on every week is like the week before


@dataclass(frozen=True)
class Claim:
    """One stay: day numbers, `end` None for an open end."""

    key: int
    person: int
    home: int
    kind: str
    weekdays: int
    first: int
    end: int | None
    state: str

    def covers(self, day, died=None):
        return (
            self.first <= day
            and (self.end is None or day < self.end)
            and bool(self.weekdays & 1 << day % 7)
            and (died is None or day <= died)
        )

    def overlaps(self, other):
        before = self.end is not None and self.end <= other.first
        after = other.end is not None and other.end <= self.first
        return not before and not after


@dataclass
class Homes:
    """What there is. `human` says which records are one human being, `died` the day of a death."""

    human: dict
    died: dict
    claims: dict = field(default_factory=dict)
    limits: dict = field(default_factory=dict)  # key -> (home, first, end, places)
    closures: dict = field(default_factory=dict)  # key -> (home, first, end, places)

    def covers(self, claim, day):
        return claim.covers(day, self.died.get(claim.person))

    def newly(self, new):
        """The days that a version covers and its former one did not, at the same home for the same person."""
        old = self.claims.get(new.key)
        same = old and old.state in BINDING and (old.home, old.person) == (new.home, new.person)
        for day in range(new.first, self.last_day(new)):
            if self.covers(new, day) and not (same and self.covers(old, day)):
                yield day

    def last_day(self, new):
        rows = [*self.limits.values(), *self.closures.values()]
        named = [n for row in rows for n in row[1:3] if n is not None]
        named += [n for c in (*self.claims.values(), new) for n in (c.first, c.end) if n is not None]
        return new.end if new.end is not None else max(named) + BEYOND

    def answer(self, new):
        """What the database should say to this version of a claim: ok, one, three, limit."""
        if new.state not in BINDING:
            return "ok"
        others = [c for c in self.claims.values() if c.key != new.key and c.state in COUNTED]
        if any(self.clashes(new, other) for other in others):
            return "one"
        here = [c for c in others if c.home == new.home]
        days = list(self.newly(new))
        if any(self.elsewhere(new, other, day) for day in days for other in others):
            return "one"
        refusals = {self.on(new, here, day) for day in days}
        return "three" if "three" in refusals else "limit" if "limit" in refusals else "ok"

    def clashes(self, new, other):
        """Nobody in two places at once: kept for one record, by whole periods and weekdays."""
        return (
            other.person == new.person
            and other.kind == new.kind
            and other.state in BINDING
            and bool(new.weekdays & other.weekdays)
            and new.overlaps(other)
        )

    def elsewhere(self, new, other, day):
        """The same for linked records, day by day, in two different homes."""
        return (
            other.person != new.person
            and self.human[other.person] == self.human[new.person]
            and other.kind == new.kind
            and other.home != new.home
            and other.state in BINDING
            and self.covers(other, day)
        )

    def on(self, new, here, day):
        me = self.human[new.person]
        there = [c for c in here if self.covers(c, day)]
        if any(self.human[c.person] == me and c.state in BINDING for c in there):
            return "ok"
        adults = len({self.human[c.person] for c in there} | {me})
        if adults > 3:
            return "three"
        return "limit" if adults > self.places(new.home, day) else "ok"

    def places(self, home, day):
        def at(rows):
            return [
                row[3]
                for row in rows.values()
                if row[0] == home and row[1] <= day and (row[2] is None or day < row[2])
            ]

        limits = at(self.limits)
        return (limits[0] if limits else 3) - sum(at(self.closures))


class Chance:
    """Random changes, so close together that they touch."""

    def __init__(self, seed, persons, homes, horizon=40):
        self.dice = random.Random(seed)
        self.persons, self.homes, self.horizon = persons, homes, horizon

    def period(self):
        first = self.dice.randrange(self.horizon)
        end = None if self.dice.random() < 0.2 else first + self.dice.choice((1, 2, 3, 5, 8, 14, 30))
        return first, end

    def claim(self, key):
        kind = self.dice.choice(("home", "night", "night", "day", "day"))
        first, end = self.period()
        return Claim(
            key,
            self.dice.randrange(self.persons),
            self.dice.randrange(self.homes),
            kind,
            self.dice.randint(1, 127) if kind == "day" else 127,
            first,
            end,
            self.dice.choices(("booked", "held", "found"), (6, 3, 1))[0],
        )

    def amended(self, old):
        """Another version of a claim: other dates, weekdays, home, kind or state."""
        what = self.dice.choice(("dates", "dates", "end", "end", "weekdays", "home", "state", "kind"))
        first, end = self.period()
        if what == "dates":
            return replace(old, first=first, end=end)
        if what == "end":
            return replace(old, end=None if end is None else old.first + self.dice.randint(1, 30))
        if what == "home":
            return replace(old, home=self.dice.randrange(self.homes))
        if what == "state":
            return replace(old, state=self.dice.choice(("booked", "held", "found")))
        if what == "kind" or old.kind != "day":
            kind = self.dice.choice(("home", "night"))
            return replace(old, kind=kind, weekdays=127)
        return replace(old, weekdays=self.dice.randint(1, 127))

    def some(self, rows):
        return self.dice.choice(list(rows)) if rows else None


def as_date(day):
    return None if day is None else START + timedelta(days=day)
