"""How long does it take to hold 2,000 households against one referral? `./bench matching`.

Two thousand homes of one scheme are made: residents, guests by weekday, closures, limits, pets and languages as the
demo draws them. The match list is then opened as the page opens it: the verdicts on all of them, the words for one
page. `ms` is the median of nine times; it must stay under 500. Nothing is left in the database.

Prints one JSON object: households, ms, queries (at most 15).
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharedlives.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from carers import rules  # noqa: E402
from carers.models import (  # noqa: E402
    Approval,
    Carer,
    Closure,
    Household,
    HouseholdScheme,
    PlaceLimit,
    Stay,
    Training,
    TrainingCourse,
)
from people.models import Organisation, Person  # noqa: E402
from placements import queries  # noqa: E402
from placements.models import Referral  # noqa: E402

MOST_MS, MOST_QUERIES, TIMES = 500, 15, 9
LANGUAGES = ("English", "English, Urdu", "English, Polish", "")
INTERESTS = ("Music and walking", "Football", "Knitting and boats", "")


def organisations():
    council = Organisation(kind="council", name=f"Matching {time.time_ns()}", ons_code="E06000001")
    council.path, council.council = f"/{council.pk}/", council
    council.save()
    scheme = Organisation(kind="scheme", name=f"Scheme of {council.name}", parent=council)
    scheme.path = f"{council.path}{scheme.pk}/"
    scheme.save()
    return council, scheme


def person(council, name):
    return Person(
        reference=name, given_name="Test", family_name=name, date_of_birth="1980-01-01", responsible_council=council
    )  # fmt: skip


def homes(council, scheme, number, today, dice):
    """The homes, a third with two carers, three quarters approved for living in, nearly all of them trained."""
    made = Household.objects.bulk_create(
        Household(
            label=f"Home {n}", address=f"{n} Road", postcode=f"NS{n % 20} 1AA", council=council,
            normalised_address=f"{council.pk} {n}", step_free=dice.choice((True, False, None)),
            pet_kinds=dice.choice(([], ["none"], ["dog"], ["cat"])), smoking=dice.choice((True, False, False, None)),
        ) for n in range(number)
    )  # fmt: skip
    HouseholdScheme.objects.bulk_create(
        HouseholdScheme(household=h, scheme=scheme, since=today) for h in made
    )
    carers = Carer.objects.bulk_create(
        Carer(
            organisation=scheme, household=home, reference=f"B{n}-{which}", given_name="Test", family_name=f"C{n}",
            languages=dice.choice(LANGUAGES), interests=dice.choice(INTERESTS),
        ) for n, home in enumerate(made) for which in range(1 + (n % 3 == 0))
    )  # fmt: skip
    kinds = (["live_in"], ["live_in", "short_break"], ["short_break"], ["live_in"])
    Approval.objects.bulk_create(
        Approval(carer=carer, kinds=dice.choice(kinds), since=today - timedelta(days=400)) for carer in carers
    )
    courses = TrainingCourse.objects.filter(mandatory=True)
    Training.objects.bulk_create(
        Training(carer=carer, course=course, done_on=today - timedelta(days=90))
        for carer in carers for course in courses if dice.random() < 0.99
    )  # fmt: skip
    return made


def fill(council, made, today, dice):
    """Residents in most homes, a guest by weekday in one of six, now and then a closure or a limit."""
    drawn = [(home, dice.choices((0, 1, 2), (0.4, 0.4, 0.2))[0], dice.random() < 1 / 6) for home in made]
    claims = [(home, "home", 127) for home, lives, _day in drawn for _n in range(lives)]
    claims += [(home, "day", 1 << dice.randrange(7)) for home, _lives, day in drawn if day]
    people = Person.objects.bulk_create(person(council, f"M{n:05}") for n in range(len(claims)))
    Stay.objects.bulk_create(
        Stay(
            person=who, household=home, claim=claim, weekdays=days, state="booked",
            period=rules.period(today + timedelta(days=dice.randrange(-900, 60))),
        ) for who, (home, claim, days) in zip(people, claims, strict=True)
    )  # fmt: skip
    PlaceLimit.objects.bulk_create(
        PlaceLimit(household=home, places=2, period=rules.period(today - timedelta(days=1000)))
        for home in made[::2]
    )
    Closure.objects.bulk_create(
        Closure(
            household=home, places=1, reason="Building work",
            period=rules.period(today + timedelta(days=20), today + timedelta(days=60)),
        ) for home in made[::12]
    )  # fmt: skip


def referral(council):
    who = person(council, "MWANTS")
    who.save()
    return Referral(
        person=who, organisation=council, kinds=["live_in"], areas=["NS1", "NS2"], language="Urdu", interests="music",
        needs=["step_free", "no_dogs", "no_smoking", "alone"], two_carers=True,
    )  # fmt: skip


def measure(number, seed):
    """{households, ms, queries}, and how many carers were held against the referral."""
    dice, today = random.Random(seed), timezone.localdate()
    council, scheme = organisations()
    made = homes(council, scheme, number, today, dice)
    fill(council, made, today, dice)
    asked = referral(council)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE carers_household, carers_carer, carers_stay, carers_training, carers_approval"
        )
    took = []
    for _n in range(TIMES):
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as asked_of:
            found = queries.candidates(asked, [scheme.pk], "live_in", today)
        took.append((time.perf_counter() - began) * 1000)
    print(f"{found.verdicts.all} carers in {number} homes; {[round(ms) for ms in took]} ms", file=sys.stderr)
    return {"households": number, "ms": round(statistics.median(took)), "queries": len(asked_of)}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--households", type=int, default=2000)
    arguments.add_argument("--seed", type=int, default=20261122)
    given = arguments.parse_args()
    with transaction.atomic():
        figures = measure(given.households, given.seed)
        transaction.set_rollback(True)
    print(json.dumps(figures))
    sys.exit(figures["ms"] >= MOST_MS or figures["queries"] > MOST_QUERIES)


if __name__ == "__main__":
    main()
