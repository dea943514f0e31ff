"""The command does what the pages do; the examples are what the guides say."""

import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from commissioning.demo.bringing_in import send_a_file
from people.models import Person
from sharedlives.bringin.kinds import REGISTRY
from sharedlives.bringin.models import BringIn
from sharedlives.documents.tables import as_text, lines_of

from .. import factories as cast
from .factories import NUMBERS, PEOPLE, csv, states

GOOD = f"Ahmad,Rahmani,14/3/1991,{NUMBERS[0]},NS-1,Riverside team,,1/9/2011,NS1 1AA"


@pytest.fixture
def people(tmp_path, team_manager):
    path = tmp_path / "people.csv"
    path.write_bytes(csv(PEOPLE, GOOD, GOOD.replace("14/3/1991", "soon")))
    return path


@pytest.mark.django_db
def test_the_command_brings_in_and_says_what_became_of_the_rows(people, data_officer, capsys):
    call_command("bring_in", "people", people, email=data_officer.email, format="json")
    said = json.loads(capsys.readouterr().out)
    assert (said["brought"], said["mend"], said["state"]) == (1, 1, "done")
    assert said["open"][0]["row"] == 3
    assert Person.objects.count() == 1
    call_command("bring_in", "people", people, email=data_officer.email, council="northshire")
    assert "2 rows: 1 already here, 1 to mend." in capsys.readouterr().out


@pytest.mark.django_db
def test_check_only_writes_no_record(people, data_officer, capsys):
    call_command("bring_in", "people", people, email=data_officer.email, check_only=True)
    assert "2 rows: 1 new, 1 to mend." in capsys.readouterr().out
    assert not Person.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "email", "whom", "says"),
    [
        ("people", "nobody@example.org", None, "No user"),
        ("homes", None, None, "can bring in: people"),
        ("people", None, "atlantis", "acts for: northshire"),
    ],
)
def test_the_command_says_what_is_wrong_with_the_call(people, data_officer, kind, email, whom, says):
    with pytest.raises(CommandError, match=says):
        call_command("bring_in", kind, people, email=email or data_officer.email, council=whom)


@pytest.mark.django_db
def test_unknown_columns_are_named_on_the_pages(tmp_path, data_officer):
    path = tmp_path / "odd.csv"
    path.write_bytes(csv("Given name,Squad", "Ahmad,Riverside team"))
    with pytest.raises(CommandError, match="not known: Squad; missing: Family name"):
        call_command("bring_in", "people", path, email=data_officer.email)
    assert BringIn.objects.get().state == "columns"


@pytest.mark.parametrize("slug", list(REGISTRY))
def test_the_example_of_each_kind_has_all_columns_and_something_to_mend(slug):
    path = settings.BASE_DIR / "examples" / f"{slug}.csv"
    heading, *lines = lines_of(path.read_bytes(), path.name)
    kind = REGISTRY[slug]
    places = kind.places_of([as_text(cell) for cell in heading])
    assert len(places) == len(heading)
    wrong = [kind.read({key: line[n] for n, key in places.items()})[1] for line in lines]
    expected = {"teams": 0, "users": 1, "people": 2, "homes": 1, "training": 0, "placements": 1, "reviews": 1}
    assert sum(map(bool, wrong)) == expected[slug]  # teams and training: a name that is not there


@pytest.mark.django_db
def test_the_demo_has_a_file_that_waits(council, team_manager):
    officer = cast.user("Dev Patel", council, "data_officer", email="data.officer@example.org")
    bring_in = send_a_file()
    assert (bring_in.state, bring_in.uploaded_by) == ("ready", officer)
    assert states(bring_in) == ["new", "mend", "new"]  # the last is like Ahmad of the demo, who is not here
