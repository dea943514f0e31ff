"""How long a copy of everything about one person takes: `./bench export` (300 records, then 3,000 by a real worker).

Both are asked for, decided and handed over through their pages, by a team manager. Of the small one all that somebody
waits for is counted: the forms, putting together, making, opening the files (PDF and JSON). The large one is left to a
Celery worker, while its page is opened again and again; `steps_seen` are the different steps that the page told.
Prints one JSON object; seconds.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharedlives.settings")
django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from people import actions, tasks  # noqa: E402
from people.models import AccessRequest, ContactNote  # noqa: E402
from sharedlives.devstack.processes import start  # noqa: E402
from sharedlives.devstack.serve import worker_command  # noqa: E402
from sharedlives.devstack.stack import ROOT  # noqa: E402
from sharedlives.permissions import Role  # noqa: E402
from sharedlives.records.typed import new_key  # noqa: E402
from tests import factories  # noqa: E402

SMALL, LARGE = 300, 3000  # records
LOOK_EVERY, AT_MOST = 0.3, 600  # seconds between two looks at the page; seconds until a copy counts as lost
WORDS = "Rang Nasreen Begum about the weekend. Bashir was out with Nasreen; both are well. Asked about the bus pass."
STEP = re.compile(r"Step (\d+) of (\d+)")


def cast():
    """A team and its manager."""
    region = factories.organisation("region", "Benchmark region")
    council = factories.organisation("council", "Benchmark council", parent=region)
    team = factories.organisation("team", "Benchmark team", parent=council)
    return team, factories.user("Bench Manager", team, Role.TEAM_MANAGER)


def with_records(team, manager, records):
    """A person with a mother and so many records in all: notes of contact beside what every person has."""
    person = factories.person(team, worker=manager, given_name="Bashir", family_name="Rahman")
    actions.add_contact(person=person, kind="family", name="Nasreen Begum", relation="mother", by=manager)
    others = 4  # the person, the team that knows them, the mother, this very request
    ContactNote.objects.bulk_create(
        ContactNote(
            person=person, organisation=team, by=manager, how="phone", words=f"{WORDS} ({n})",
            happened_at=timezone.now() - timedelta(hours=n),
        )
        for n in range(records - others)
    )  # fmt: skip
    return person


class Reader:
    """The manager at the pages of one copy."""

    def __init__(self, manager):
        self.manager, self.row = manager, None
        self.client = Client(headers={"host": "127.0.0.1"})
        self.client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")

    def get(self, url):
        answer = self.client.get(url)
        if answer.status_code != 200:
            raise SystemExit(f"{url} answers {answer.status_code}")
        return answer.content.decode(errors="replace")

    def send(self, name, pk, **typed):
        """Open a form and send it: it must lead to the page of the request."""
        url = reverse(f"people:{name}", args=[pk])
        self.get(url)
        answer = self.client.post(url, typed | {"form_key": new_key(self.manager), "version": ""})
        if answer.status_code != 302:
            raise SystemExit(f"{url} was refused:\n{answer.content.decode()}")

    def ask(self, person):
        today = timezone.localdate()
        day = {"received_on_0": today.day, "received_on_1": today.month, "received_on_2": today.year}
        self.send("ask_for_copy", person.pk, identity="Benchmark", **day)
        self.row = AccessRequest.objects.get(person=person)

    def decide(self):
        """Take every name out, give every record; then both checks."""
        row, entries = self.row, self.row.entries.filter(decision="open")
        for entry in entries:
            self.send("access_entry", entry.pk, decision="give")
        self.send("access_names", row.pk, **{f"name_{name.pk}": "out" for name in row.names.all()})
        self.send("release_copy", row.pk, harm_words="None", safeguarding_words="None")

    def collect(self):
        """Open every file, as whoever hands it over does: [content type]."""
        found = []
        for document in self.row.documents.all():
            said = self.get(reverse("people:access_document", args=[self.row.pk, document.pk]))
            found.append(document.content_type)
            if document.content_type == "application/json" and ("Nasreen" in said or "Bashir" not in said):
                raise SystemExit("The file for machines holds what was taken out, or nothing")
        if set(found) != {"application/pdf", "application/json"}:
            raise SystemExit(f"Not every file was made: {found}")
        return found

    def progress(self):
        """(state, step that the page tells or None)."""
        page = self.get(self.row.get_absolute_url())
        found = STEP.search(page)
        self.row.refresh_from_db()
        return self.row.state, found and found.groups()


def small(team, manager):
    """All in this process: what is counted is work, not the half minute until the next tick of the clock."""
    person, reader = with_records(team, manager, SMALL), Reader(manager)
    Reader(manager).get(reverse("people:access_requests"))  # the first page of a process loads templates
    begun = time.perf_counter()
    reader.ask(person)
    tasks.work_off_copies()
    entries = reader.row.entries.count()
    reader.decide()
    tasks.work_off_copies()
    reader.row.refresh_from_db()
    files = len(reader.collect())
    return {"entries": entries, "seconds": round(time.perf_counter() - begun, 2), "files": files}


def large(team, manager):
    """By a worker of its own, as ./run starts it; this process only looks at the page."""
    person, reader = with_records(team, manager, LARGE), Reader(manager)
    folder = tempfile.TemporaryDirectory()
    worker = start("The worker", worker_command(), log=Path(folder.name) / "worker.log", cwd=ROOT)
    try:
        reader.ask(person)
        begun, steps = time.perf_counter(), set()
        tasks.work_off_copies.delay()
        steps |= watch(reader, AccessRequest.State.REVIEW)
        took, entries = time.perf_counter() - begun, reader.row.entries.count()
        reader.decide()
        begun = time.perf_counter()
        tasks.work_off_copies.delay()
        steps |= watch(reader, AccessRequest.State.RELEASED)
        took += time.perf_counter() - begun
    finally:
        worker.stop()
        folder.cleanup()
    files = len(reader.collect())
    return {"entries": entries, "seconds": round(took, 2), "steps_seen": len(steps), "files": files}


def watch(reader, until):
    """The different steps that the page told, until the request has got to a state."""
    seen, end = set(), time.monotonic() + AT_MOST
    while time.monotonic() < end:
        state, step = reader.progress()
        if state == until:
            return seen
        if step:
            seen.add((state, *step))
            print(f"{state}: step {step[0]} of {step[1]}", file=sys.stderr, flush=True)
        time.sleep(LOOK_EVERY)
    raise SystemExit(f"After {AT_MOST} seconds the copy is still {reader.row.get_state_display().lower()}")


def main(arguments=None):
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args(arguments)
    team, manager = cast()
    print(json.dumps({"small": small(team, manager), "large": large(team, manager)}))


if __name__ == "__main__":
    main()
