"""The commands of the safety net: the same actions as the pages and the clock, with words and JSON."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from safetynet.models import Flag, Roster
from safetynet.tasks import sweep_safety_net
from sharedlives.worklist.models import JobRun

from . import factories


def run(name, *words, **options):
    out = StringIO()
    call_command(name, *words, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_bytes(
        factories.csv("Katherine,Rees,9/3/1984,9434765919,,", "Ann,Vale,1/2/1990,,,", "=1,Hill,1/2/1990,,,")
    )
    return path


def test_a_list_from_the_command_line(source, kate, file):
    said = run("import_roster", str(file), source="harbour")
    assert "3 rows: linked 1, not on our records 1, refused 1." in said
    assert "Row 4 refused: “Given name” holds a formula" in said
    assert Roster.objects.get().uploaded_by is None


def test_the_same_as_json(source, kate, file):
    said = json.loads(run("import_roster", str(file), source="harbour", format="json"))
    assert (said["rows"], said["linked"], said["missing"], said["refused"]) == (3, 1, 1, 1)
    assert said["refusals"][0]["row"] == 4


def test_what_cannot_be_taken_in_is_said(source, file, tmp_path, settings):
    with pytest.raises(CommandError, match="Known: harbour"):
        run("import_roster", str(file), source="nobody")
    with pytest.raises(CommandError, match="cannot be opened"):
        run("import_roster", str(tmp_path / "none.csv"), source="harbour")
    settings.ROSTER_MAX_BYTES = 10
    with pytest.raises(CommandError, match="A list may have up to"):
        run("import_roster", str(file), source="harbour")
    settings.ROSTER_MAX_BYTES = 1_000
    run("import_roster", str(file), source="harbour")
    with pytest.raises(CommandError, match="sent before"):
        run("import_roster", str(file), source="harbour")


def test_the_sweep_says_what_it_did(source, person):
    factories.received(source, "Ann,Vale,1/2/1990,,,", compare=0)
    said = json.loads(run("sweep_safety_net", as_of=timezone.localdate().isoformat(), format="json"))
    assert said["complete"]
    # Opened: the row that is not on our records, and that nobody asked the person how they communicate.
    assert (said["done"]["rows"], said["done"]["missing"], said["done"]["opened"]) == (1, 1, 2)
    again = json.loads(run("sweep_safety_net", as_of=timezone.localdate().isoformat(), format="json"))
    assert (again["done"]["opened"], again["done"]["closed"]) == (0, 0)


def test_a_sweep_that_runs_out_of_time_goes_on_at_the_next(source):
    factories.received(source, "Ann,Vale,1/2/1990,,,", compare=0)
    said = json.loads(run("sweep_safety_net", limit_seconds=0.0, format="json"))
    assert not said["complete"]
    assert json.loads(run("sweep_safety_net", format="json"))["done"]["missing"] == 1


def test_a_year_may_be_replayed(source, person):
    involvement = person.involvements.get(role="funds")
    involvement.until = timezone.localdate()
    involvement.save()
    for n in range(0, 365, 30):
        run("sweep_safety_net", as_of=(timezone.localdate() + timedelta(days=n)).isoformat())
    assert Flag.objects.filter(code="people.no_funding_team").count() == 1


def test_the_tick(source):
    sweep_safety_net()
    assert JobRun.objects.get(job="sweep_safety_net").complete
