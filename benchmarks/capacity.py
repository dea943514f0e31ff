"""When a home is full: random writes against a day-by-day count, 50 processes at the last place, two-write transactions.

Prints one JSON object: writes, differences (must be 0), deadlocks (must be 0), winners (must be 1).
"""

import argparse
import json
import multiprocessing
import os
import random
import sys
import time
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharedlives.settings")
django.setup()

from django.db import OperationalError, connections, transaction  # noqa: E402

from benchmarks._database import Database, Play, span  # noqa: E402
from benchmarks._homes import Chance, Homes  # noqa: E402
from carers import actions  # noqa: E402
from carers.models import Household  # noqa: E402
from people.models import Identity, Organisation, Person  # noqa: E402
from sharedlives.rules import RuleBroken  # noqa: E402

FORK = multiprocessing.get_context("fork")
PERSONS, HOMES = 24, 6
TWINS = ((0, 1), (2, 3))
DEATHS = {4: 20, 5: 33}


def tell(words):
    print(words, file=sys.stderr, flush=True)


def council():
    row = Organisation(kind="council", name=f"Benchmark {time.time_ns()}")
    row.path, row.council = f"/{row.pk}/", row
    row.save()
    return row


def make(where, name, persons, homes):
    people = [
        Person(
            reference=f"{name}{n:05}",
            given_name="Test",
            family_name=f"{name}{n}",
            date_of_birth=date(1980, 1, 1),
            responsible_council=where,
        )
        for n in range(persons)
    ]
    dwellings = [
        Household(
            label=f"{name} {n}",
            address=f"{n}",
            postcode="NS1 1AA",
            normalised_address=f"{where.pk} {name} {n}",
            council=where,
        )
        for n in range(homes)
    ]
    return Person.objects.bulk_create(people), Household.objects.bulk_create(dwellings)


def play(where, seed, writes):
    """Random writes until there are enough; some records are linked, some people die."""
    persons, homes = make(where, f"R{seed % 1000:03}", PERSONS, HOMES)
    human = {n: n for n in range(PERSONS)}
    for first, second in TWINS:
        human[second] = first
        identity = Identity.objects.create()
        for n in (first, second):
            Person.objects.filter(pk=persons[n].pk).update(identity=identity)
    model = Homes(human, DEATHS)
    for n, died in DEATHS.items():
        Person.objects.filter(pk=persons[n].pk).update(date_of_death=span(died, None).lower)
    game = Play(Chance(seed, PERSONS, HOMES), model, Database(persons, homes))
    while game.writes < writes:
        game.step()
    for difference in game.differences[:5]:
        tell(f"Difference: {difference}")
    tell(f"{game.writes} writes, {game.refused} of them refused.")
    return game.writes, len(game.differences)


def in_processes(number, target, *args):
    """Run a function in processes with connections of their own, all starting at once. Returns their answers."""
    connections.close_all()
    start, answers = FORK.Barrier(number), FORK.Queue()
    workers = [FORK.Process(target=target, args=(n, start, answers, *args)) for n in range(number)]
    for worker in workers:
        worker.start()
    found = [answers.get(timeout=900) for _worker in workers]
    for worker in workers:
        worker.join()
    return found


def book_last(number, start, answers, person_ids, home_id):
    """One process that tries to book the last place: answers booked, or what it was told."""
    connections.close_all()
    person, home = Person.objects.get(pk=person_ids[number]), Household.objects.get(pk=home_id)
    start.wait()
    try:
        actions.claim_place(
            person=person, household=home, claim="home", period=span(0, None), state="booked", by=None
        )
        answers.put("booked")
    except RuleBroken as refused:
        answers.put(" ".join(refused.messages))
    except Exception as error:  # whatever it is, it is what a user would have seen
        answers.put(f"fault: {type(error).__name__}")
    connections.close_all()


def race(where, number=50):
    """Many processes at the last place of a home. Returns (how many got it, how many were told something odd)."""
    persons, (home,) = make(where, "W", number + 2, 1)
    for person in persons[:2]:
        actions.claim_place(
            person=person, household=home, claim="home", period=span(0, None), state="booked", by=None
        )
    told = in_processes(number, book_last, [person.pk for person in persons[2:]], home.pk)
    winners = told.count("booked")
    odd = [words for words in told if words != "booked" and "at most three adults" not in words]
    tell(
        f"{winners} of {number} got the last place; {number - winners - len(odd)} were told why not; odd: {odd[:3]}"
    )
    return winners, len(odd)


def write_twice(number, start, answers, person_ids, home_ids, rounds):
    """Transactions that each write two stays in two homes, in random order. Answers how many deadlocked."""
    connections.close_all()
    dice, deadlocks = random.Random(number), 0
    start.wait()
    for _round in range(rounds):
        persons = [Person(pk=pk) for pk in dice.sample(person_ids, 2)]
        homes = [Household(pk=pk) for pk in dice.sample(home_ids, 2)]
        try:
            with transaction.atomic():
                actions.lock_places(persons=persons, households=homes)
                for person, home in zip(persons, homes, strict=True):
                    first = dice.randrange(2000)
                    claim_or_not(person, home, first)
        except OperationalError as error:
            deadlocks += getattr(error.__cause__, "pgcode", "") == "40P01"
    answers.put(deadlocks)
    connections.close_all()


def claim_or_not(person, home, first):
    """A refusal is an answer too; it undoes this one write."""
    try:
        actions.claim_place(
            person=person,
            household=home,
            claim="night",
            period=span(first, first + 3),
            state="booked",
            by=None,
        )
    except RuleBroken:
        return False
    return True


def pairs(where, number=8, rounds=300):
    """2,400 two-write transactions over six homes. Returns how many deadlocked."""
    persons, homes = make(where, "D", 16, HOMES)
    found = in_processes(number, write_twice, [p.pk for p in persons], [h.pk for h in homes], rounds)
    tell(f"{sum(found)} deadlocks in {number * rounds} transactions of two writes each.")
    return sum(found)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--writes", type=int, default=28_000)
    arguments.add_argument("--seed", type=int, default=20261122)
    given = arguments.parse_args()
    where = council()
    tell(f"{given.writes} random writes against a day-by-day count ...")
    writes, differences = play(where, given.seed, given.writes)
    winners, odd = race(where)
    deadlocks = pairs(where)
    print(
        json.dumps({"writes": writes, "differences": differences, "deadlocks": deadlocks, "winners": winners})
    )
    sys.exit(bool(differences or deadlocks or odd or winners != 1))


if __name__ == "__main__":
    main()
