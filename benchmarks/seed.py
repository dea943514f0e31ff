"""How long made-up people take to load: `./bench seed --people 100000`.

Prints one JSON object: people, seconds, rows (history counted).
"""

import argparse
import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharedlives.settings")
# As `./run` and an operator load them: by the database role `owner`.
os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
django.setup()

from commissioning.demo.load import load  # noqa: E402
from people.models import Person  # noqa: E402


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    if Person.objects.exists():
        raise SystemExit("There are people in this database already: made-up ones never go among them.")
    begun = time.monotonic()
    told = []

    def progress(count):
        told.append(count)
        print(
            f"{sum(told)} of {asked.people} people, {time.monotonic() - begun:.0f} s",
            file=sys.stderr,
            flush=True,
        )

    rows = load(people=asked.people, seed=asked.seed, progress=progress)
    seconds = round(time.monotonic() - begun, 1)
    print(json.dumps({"people": asked.people, "seconds": seconds, "rows": rows}))


if __name__ == "__main__":
    main()
