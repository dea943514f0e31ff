"""Does the search find whom one means? `./bench search --people 100000`, as somebody before whom all of them lie.

The searcher is a team manager of the region: the hardest set there is, since every person counts (no real role sees as
many). One hundred persons a question, drawn by chance; names are typed with slips, and what stands first is looked at.

- `typo`: one letter wrong in each word of first and family name; `swapped`: family name first; `nickname`: a short form
  for the first name. Right when the first one found bears exactly the name that was meant (percent).
- `with_year`: the same three, the year of birth added. Right when the very person is found, and nobody stands before
  them but namesakes born in the same year, among the first five (percent). `with_year_first`: stands first.
- `ms`: the median milliseconds of all of it; `ms_95`: nineteen of twenty were quicker.

Prints one JSON object. Nothing is left in the database.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharedlives.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from people import search  # noqa: E402
from people.likeness import letters  # noqa: E402
from people.models import Membership, Organisation, Person, User  # noqa: E402
from people.nicknames import WHOLE, spelt  # noqa: E402
from sharedlives.devstack.stack import ROOT  # noqa: E402
from sharedlives.permissions import Role  # noqa: E402

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ASKED, FIRST_LINES = 100, 5


def searcher():
    """A team manager at the top of the tree. Made for this; rolled back with everything else."""
    user = User.objects.create(email="search.benchmark@example.org", name="Search benchmark")
    region = Organisation.objects.filter(parent=None).order_by("path").first()
    Membership.objects.create(
        user=user, organisation=region, role=Role.TEAM_MANAGER, since=timezone.localdate()
    )
    seen = Person.objects.visible_to(user).count()
    if seen < 0.95 * Person.objects.count():
        raise SystemExit(f"The searcher sees only {seen} persons: the figures would be worth nothing.")
    return user, seen


def one_wrong(word, dice):
    """A word with one letter replaced by another."""
    place = dice.randrange(len(word))
    other = dice.choice([letter for letter in LETTERS if letter != word[place].lower()])
    return word[:place] + other + word[place + 1 :]


def typo(person, dice):
    words = f"{person.given_name} {person.family_name}".replace("-", " ").split()
    return " ".join(one_wrong(word, dice) for word in words)


def swapped(person, _dice):
    return f"{person.family_name} {person.given_name}"


def short_forms(person):
    """The short and pet forms of a first name, by the list of names; none for names without any."""
    whole = spelt(letters(person.given_name))
    return sorted(short for short, wholes in WHOLE.items() if whole in wholes and short != whole)


def nickname(person, dice):
    return f"{dice.choice(short_forms(person)).title()} {person.family_name}"


QUESTIONS = {"typo": typo, "swapped": swapped, "nickname": nickname}


def same_name(one, other):
    return (one.given_name, one.family_name) == (other.given_name, other.family_name)


def stands_well(found, person):
    """Among the first lines, and only namesakes born in the same year before them."""
    lines = [one.pk for one in found[:FIRST_LINES]]
    before = found[: lines.index(person.pk)] if person.pk in lines else None
    born = person.date_of_birth.year
    return before is not None and all(
        same_name(one, person) and one.date_of_birth.year == born for one in before
    )


class Asked:
    """Runs searches as one user, and keeps how long each took."""

    def __init__(self, user):
        self.user, self.took, self.missed = user, [], []

    def find(self, text):
        begun = time.perf_counter()
        found = search.find(text, user=self.user)
        self.took.append(1000 * (time.perf_counter() - begun))
        return found

    def first_is_meant(self, person, text):
        found = self.find(text)
        right = bool(found) and same_name(found[0], person)
        if not right:
            got = f"{found[0].given_name} {found[0].family_name}" if found else "nobody"
            self.missed.append(f"{text}: meant {person.given_name} {person.family_name}, got {got}")
        return right


def look(user, dice, asked=ASKED):
    """The figures, each in percent; and what was missed, for whoever wants to know why."""
    persons = list(Person.objects.visible_to(user).order_by("pk").values_list("pk", flat=True))
    run, figures, with_year, first = Asked(user), {}, [], []
    for name, question in QUESTIONS.items():
        right = []
        for person in drawn(persons, dice, asked, lambda p, n=name: n != "nickname" or short_forms(p)):
            text = question(person, dice)
            right.append(run.first_is_meant(person, text))
            found = run.find(f"{text} {person.date_of_birth.year}")
            with_year.append(stands_well(found, person))
            first.append(bool(found) and found[0].pk == person.pk)
        figures[name] = percent(right)
    figures |= {"with_year": percent(with_year), "with_year_first": percent(first)}
    figures |= {
        "ms": round(statistics.median(run.took), 1),
        "ms_95": round(statistics.quantiles(run.took, n=20)[-1], 1),
    }
    return figures, run.missed


def drawn(ids, dice, count, fits):
    """Persons by chance, those that fit the question."""
    found = []
    while len(found) < count:
        person = Person.objects.get(pk=dice.choice(ids))
        if fits(person):
            found.append(person)
    return found


def percent(right):
    return round(100 * sum(right) / len(right), 1)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--asked", type=int, default=ASKED, help="persons for each question")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    if not Person.objects.exists():
        command = [sys.executable, "-m", "benchmarks.seed", "--people", str(asked.people)]
        subprocess.run(command, check=True, cwd=ROOT, stdout=sys.stderr)
    with transaction.atomic():
        user, seen = searcher()
        figures, missed = look(user, random.Random(asked.seed), asked.asked)  # noqa: S311 — draws examples
        transaction.set_rollback(True)
    print("\n".join(missed), file=sys.stderr)
    print(json.dumps({"people": seen, **figures}))


if __name__ == "__main__":
    main()
