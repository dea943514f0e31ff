"""How fast the main pages answer: `./bench pages --people 100000` (gunicorn, one client, the role `app`).

Prints one JSON object: for each page the median milliseconds, the queries besides transaction control, and KiB.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharedlives.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks._browser import Browser  # noqa: E402
from people.models import Involvement, Membership, Person, User  # noqa: E402
from sharedlives.devstack.processes import free_port, start  # noqa: E402
from sharedlives.devstack.serve import wait_until_it_answers, web_command  # noqa: E402
from sharedlives.devstack.signins import DOMAIN, PASSWORD  # noqa: E402
from sharedlives.devstack.stack import ROOT  # noqa: E402

WARM, TIMES = 2, 15
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ")


def pages():
    """{name: (email, path, form fields or None)}. The scheme is the one with the most people."""
    ahmad = Person.objects.get(given_name="Ahmad", family_name="Rahmani")
    care_manager, commissioner = f"care.manager@{DOMAIN}", f"commissioner@{DOMAIN}"
    scheme_manager = manager_of_the_largest_scheme()
    return {
        "my_work": (care_manager, reverse("home"), None),
        "people": (care_manager, reverse("people:find"), None),
        "person_search": (care_manager, reverse("people:find"), {"text": "Amhad Rahmani"}),
        "person": (care_manager, reverse("people:person", args=[ahmad.pk]), None),
        "reviews": (care_manager, reverse("reviews:list"), None),
        "placements": (scheme_manager, reverse("placements:list"), None),
        "homes": (scheme_manager, reverse("carers:households"), None),
        "dashboard": (commissioner, reverse("commissioning:availability"), None),
    }


def manager_of_the_largest_scheme():
    current = Involvement.objects.current(timezone.localdate()).filter(role="supports")
    largest = current.values("organisation").annotate(n=Count("pk")).order_by("-n").first()
    rows = Membership.objects.filter(organisation=largest["organisation"], role="scheme_manager")
    return rows.select_related("user").first().user.email


def measured(address, email, path, fields):
    """Median milliseconds and KiB of a page, through gunicorn."""
    browser = Browser(address).sign_in(reverse("account_login"), email, PASSWORD)
    took = []
    for _ in range(WARM + TIMES):
        took.append(browser.post(path, **fields) if fields else browser.get(path))
    return statistics.median(ms for ms, _said in took[WARM:]), len(took[-1][1]) / 1024


def counted(email, path, fields):
    """The queries of a page besides transaction control, in this process."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(
        User.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    ask = (lambda: client.post(path, fields)) if fields else (lambda: client.get(path))
    ask()  # the first view of a session writes the session
    with CaptureQueriesContext(connection) as queries:
        answer = ask()
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return sum(not query["sql"].startswith(NOT_COUNTED) for query in queries)


def look(address):
    found = {}
    for name, (email, path, fields) in pages().items():
        ms, kib = measured(address, email, path, fields)
        found[name] = {"ms": round(ms, 1), "queries": counted(email, path, fields), "kib": round(kib, 1)}
        print(f"{name:<16}{found[name]}", file=sys.stderr, flush=True)
    return found


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=2000)
    asked = parser.parse_args(arguments)
    command = [sys.executable, "-m", "benchmarks.seed", "--people", str(asked.people)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=sys.stderr)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        web = start("The web server", web_command(port), log=Path(folder) / "web.log", cwd=ROOT)
        try:
            wait_until_it_answers(address, [web])
            found = look(address)
        finally:
            web.stop()
    print(json.dumps({"people": asked.people, "pages": found}))


if __name__ == "__main__":
    main()
