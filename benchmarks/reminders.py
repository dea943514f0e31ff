"""Does a tick cost what is due, or what is open? `./bench reminders` with 10,000, 100,000 and 1,000,000 open reviews.

`open`, `seconds`, `mib`: at each size one run of `send_reminders` while 5,000 of the open reviews have a stage to send,
in a process of its own, counted from its start to its end; and the most memory that it held. `many`: at the last size
once more, with 20,000 stages to send. `sent`: what each run wrote, read from its own answer.

The reviews belong to 2,000 made-up people with workers who may be told. Prints one JSON object.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharedlives.settings")
# As `./run` and an operator load them: by the database role `owner`.
os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from commissioning.demo.load import load  # noqa: E402
from reviews.models import ReviewDue, ReviewPolicy  # noqa: E402
from sharedlives.devstack.stack import ROOT  # noqa: E402

PEOPLE, OPEN, SOME, MANY = 2000, (10_000, 100_000, 1_000_000), 5_000, 20_000
FIRST_NOTICE = 42  # days before the review
CHUNK = 50  # rounds of all people in one transaction
EACH = "SELECT person_id, organisation_id FROM people_involvement WHERE role = 'funds' AND until IS NULL"


def tell(words):
    print(words, file=sys.stderr, flush=True)


def insert(first, end, due_in, policy):
    """One open review of another service for each person and each number; due so many days from now (SQL)."""
    blank = ReviewDue(subject=ReviewDue.Subject.SERVICE, policy=policy, is_first=True)
    fields = [field for field in ReviewDue._meta.concrete_fields if not field.auto_created]
    values = {
        field.column: field.get_db_prep_save(getattr(blank, field.attname), connection) for field in fields
    }
    today = timezone.localdate()
    sql = {
        "id": "gen_random_uuid()",
        "person_id": "each.person_id",
        "organisation_id": "each.organisation_id",
        "service": "'Service ' || number",
        "counted_from": f"%(today)s::date + ({due_in}) - 56",
        "first_due_on": f"%(today)s::date + ({due_in})",
        "due_on": f"%(today)s::date + ({due_in})",
        "next_stage_on": f"%(today)s::date + ({due_in}) - {FIRST_NOTICE}",
    }
    columns = [field.column for field in fields]
    listed = ", ".join(sql.get(column, f"%({column})s") for column in columns)
    with connection.cursor() as cursor:
        for start in range(first, end, CHUNK):
            with transaction.atomic():
                cursor.execute("SET LOCAL statement_timeout = 0")
                cursor.execute(
                    f"INSERT INTO reviews_reviewdue ({', '.join(columns)}) SELECT {listed}"  # noqa: S608
                    f" FROM ({EACH} ORDER BY person_id LIMIT {PEOPLE}) each,"
                    " generate_series(%(start)s, %(end)s - 1) number",
                    values | {"today": today, "start": start, "end": min(start + CHUNK, end)},
                )


def most_held(pid):
    """The most memory that a process has held so far, in KiB; its rusage would tell its parent's where that is more."""
    try:
        with open(f"/proc/{pid}/status") as facts:
            return next((int(line.split()[1]) for line in facts if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


def run():
    """One run of the command in a process of its own: (seconds, MiB, reminders sent)."""
    command = [sys.executable, "manage.py", "send_reminders", "--format", "json"]
    with tempfile.TemporaryFile("w+") as said:
        begun = time.perf_counter()
        process, kib = subprocess.Popen(command, cwd=ROOT, stdout=said), 0
        while process.poll() is None:
            kib = max(kib, most_held(process.pid))
            time.sleep(0.02)
        seconds = time.perf_counter() - begun
        said.seek(0)
        answer = json.loads(said.read())
    if process.returncode:
        raise SystemExit(f"send_reminders failed: {answer}")
    return round(seconds, 1), round(kib / 1024), answer["done"]["sent"]


def quiet():
    """Send all that has come, and let the database know its new tables."""
    while run()[2]:
        pass
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE reviews_reviewdue")
        cursor.execute("VACUUM ANALYZE worklist_reminder")


class Pile:
    """The open reviews: how many rounds of all people there are, by what the next stage waits for."""

    def __init__(self):
        self.policy = ReviewPolicy.objects.filter(council=None).order_by("-in_force_from").first()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({EACH} LIMIT {PEOPLE}) each")  # noqa: S608
            self.people = cursor.fetchone()[0]
        self.rounds = 0

    def grow(self, rows, due_in):
        more = -(-rows // self.people)
        insert(self.rounds, self.rounds + more, due_in, self.policy)
        self.rounds += more

    def fill(self, size, now):
        """So many open reviews, of which `now` have their first notice today, the others weeks later."""
        lacking = size - now - ReviewDue.objects.open().count()
        if lacking > 0:
            self.grow(lacking, f"{FIRST_NOTICE} + 30 + number %% 250")
        quiet()
        self.grow(now, str(FIRST_NOTICE))
        return ReviewDue.objects.open().count()


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--open", type=int, nargs="+", default=list(OPEN))
    asked = parser.parse_args(arguments)
    if ReviewDue.objects.exists():
        raise SystemExit("There are reviews in this database already: this wants an empty one.")
    tell("loading people")
    load(people=PEOPLE, seed=1)
    pile, found = Pile(), {"open": [], "seconds": [], "mib": [], "sent": []}
    for size in asked.open:
        found["open"].append(pile.fill(size, SOME))
        for name, value in zip(("seconds", "mib", "sent"), run(), strict=True):
            found[name].append(value)
        tell(f"{found['open'][-1]} open: {found['seconds'][-1]} s, {found['mib'][-1]} MiB")
    pile.fill(asked.open[-1], MANY)
    found["many"] = dict(zip(("seconds", "mib", "sent"), run(), strict=True))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
