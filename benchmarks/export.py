"""How long a copy of everything about one person takes: `./bench export` (300 records, then 3,000 in steps).

One person is given so many notes of contact, each with a name to be taken out. The copy is put together, its names are
decided, and it is made as PDF and JSON. For 3,000 the longest step is told too: between two steps a page shows how far
it is. Prints one JSON object.
"""

import argparse
import json
import os
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharedlives.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from people import actions  # noqa: E402
from people.actions.subject_access import one_step  # noqa: E402
from people.models import ContactNote  # noqa: E402
from sharedlives.permissions import Role  # noqa: E402
from tests import factories  # noqa: E402

WORDS = "Rang Nasreen Begum about the weekend. Bashir was out with Nasreen; both are well. Asked about the bus pass."


def cast():
    """A team, its manager, and a person with a mother."""
    region = factories.organisation("region", "Benchmark region")
    council = factories.organisation("council", "Benchmark council", parent=region)
    team = factories.organisation("team", "Benchmark team", parent=council)
    manager = factories.user("Bench Manager", team, Role.TEAM_MANAGER)
    person = factories.person(team, worker=manager, given_name="Bashir", family_name="Rahman")
    actions.add_contact(person=person, kind="family", name="Nasreen Begum", relation="mother", by=manager)
    return person, manager, team


def with_notes(person, manager, team, count):
    now = timezone.now()
    ContactNote.objects.bulk_create(
        ContactNote(
            person=person, organisation=team, by=manager, how="phone", words=f"{WORDS} ({n})",
            happened_at=now - timedelta(hours=n),
        )
        for n in range(count)
    )  # fmt: skip


def copied(person, manager):
    """(records, seconds in all, seconds of the longest step, steps) of one copy, from asking to its files."""
    row = actions.ask_for_copy(person=person, identity="Benchmark", received_on=date.today(), by=manager)
    took = steps_of(row)
    records = row.entries.count()
    names = {str(name.pk): "out" for name in row.names.all()}
    actions.decide_names(request=row, decisions=names, by=manager)
    for entry in row.entries.filter(decision="open"):
        actions.decide_entry(entry=entry, decision="give", by=manager)
    actions.release_copy(request=row, harm_words="None", safeguarding_words="None", by=manager)
    took += steps_of(row)
    row.refresh_from_db()
    if row.state != "released" or not names:
        raise SystemExit(f"The copy was not made: {row.state}")
    return {
        "records": records, "seconds": round(sum(took), 2), "longest_step": round(max(took), 2), "steps": len(took),
    }  # fmt: skip


def steps_of(row):
    took, more = [], True
    while more:
        begun = time.perf_counter()
        more = one_step(row.pk)
        took.append(time.perf_counter() - begun)
    return took


def main(arguments=None):
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args(arguments)
    found = {}
    for count in (300, 3000):
        with transaction.atomic():
            person, manager, team = cast()
            with_notes(person, manager, team, count)
            found[str(count)] = copied(person, manager)
            transaction.set_rollback(True)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
