"""The same homes in PostgreSQL: each write answers ok, one, three or limit."""

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from carers.models import Closure, PlaceLimit, Stay

from ._homes import as_date

SAID = {"carers_at_most_three_adults": "three", "carers_within_local_limit": "limit"}


def span(first, end):
    return DateRange(as_date(first), as_date(end))


class Database:
    """Writes claims, limits and closures without actions: what counts is what the database itself says."""

    def __init__(self, persons, homes):
        self.persons, self.homes = persons, homes
        self.rows = {}

    def claim(self, claim):
        facts = {
            "person": self.persons[claim.person],
            "household": self.homes[claim.home],
            "claim": claim.kind,
            "weekdays": claim.weekdays,
            "period": span(claim.first, claim.end),
            "state": claim.state,
        }
        return self.attempt(self.write, claim.key, facts)

    def write(self, key, facts):
        if key in self.rows:
            Stay.objects.filter(pk=self.rows[key]).update(**facts)
        else:
            self.rows[key] = Stay.objects.bulk_create([Stay(**facts)])[0].pk

    def release(self, key):
        return self.attempt(lambda: Stay.objects.filter(pk=self.rows[key]).update(state="released"))

    def set_limit(self, key, home, first, end, places):
        row = PlaceLimit(household=self.homes[home], period=span(first, end), places=places)
        self.rows[key] = PlaceLimit.objects.bulk_create([row])[0].pk

    def drop_limit(self, key):
        PlaceLimit.objects.filter(pk=self.rows.pop(key)).delete()

    def close(self, key, home, first, end, places):
        row = Closure(household=self.homes[home], period=span(first, end), places=places, reason="Random")
        self.rows[key] = Closure.objects.bulk_create([row])[0].pk

    def reopen(self, key):
        Closure.objects.filter(pk=self.rows.pop(key)).delete()

    def attempt(self, write, *args):
        """Do it, and say what the database answered. Raises what is no refusal."""
        try:
            with transaction.atomic():
                write(*args)
        except IntegrityError as error:
            name = error.__cause__.diag.constraint_name or ""
            if name in SAID:
                return SAID[name]
            if name.endswith("_at_a_time"):
                return "one"
            raise
        return "ok"


class Play:
    """Random changes to the model and to the database alike; `differences` are where they answer differently."""

    def __init__(self, chance, model, database):
        self.chance, self.model, self.database = chance, model, database
        self.writes, self.differences, self.refused = 0, [], 0
        self.keys = iter(range(1, 10**9))

    def step(self):
        dice = self.chance.dice.random()
        if dice < 0.40:
            self.attempt(self.chance.claim(next(self.keys)))
        elif dice < 0.72:
            old = self.chance.some(self.model.claims.values())
            self.attempt(self.chance.amended(old) if old else self.chance.claim(next(self.keys)))
        elif dice < 0.86:
            self.leave()
        elif dice < 0.93:
            self.limit()
        else:
            self.closure()

    def attempt(self, claim):
        expected, said = self.model.answer(claim), self.database.claim(claim)
        self.count(expected, said, claim)
        if said == "ok":
            self.model.claims[claim.key] = claim
        else:
            self.refused += 1

    def count(self, expected, said, what):
        self.writes += 1
        if expected != said:
            self.differences.append((expected, said, what))

    def leave(self):
        """Release a claim: that always works, whatever the limit is by then."""
        claim = self.chance.some(self.model.claims.values())
        if claim:
            self.count("ok", self.database.release(claim.key), claim)
            del self.model.claims[claim.key]

    def limit(self):
        """A new limit in place of those it overlaps."""
        home = self.chance.dice.randrange(self.chance.homes)
        first, end = self.chance.period()
        for key, row in list(self.model.limits.items()):
            apart = (row[2] is not None and row[2] <= first) or (end is not None and end <= row[1])
            if row[0] == home and not apart:
                self.database.drop_limit(key)
                del self.model.limits[key]
                self.writes += 1
        key = next(self.keys)
        self.model.limits[key] = (home, first, end, self.chance.dice.randint(1, 3))
        self.database.set_limit(key, *self.model.limits[key])
        self.writes += 1

    def closure(self):
        """Places become unavailable, or available again."""
        key = self.chance.some(self.model.closures)
        if key and self.chance.dice.random() < 0.6:
            self.database.reopen(key)
            del self.model.closures[key]
        else:
            key = next(self.keys)
            row = (
                self.chance.dice.randrange(self.chance.homes),
                *self.chance.period(),
                self.chance.dice.randint(1, 2),
            )
            self.model.closures[key] = row
            self.database.close(key, *row)
        self.writes += 1
