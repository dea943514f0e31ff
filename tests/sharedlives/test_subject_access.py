"""The copy of everything about one person forgets no kind of record."""

import pytest
from django.apps import apps

from people.models import Person
from sharedlives.records.subject_access import LEFT_OUT, NAMES, PARTS
from tests.test_project import OURS

# Rows that hold a person's id without a key, and what the copy does with them.
BY_ID = {
    "records.AccessLogEntry": "who has looked has a sheet of its own, printed after its own check",
    "documents.IssuedDocument": "in the copy by name",
    "bringin.BringInRow": "in the copy",
    "records.Draft": "not yet a record",
    "worklist.Reminder": "tells workers of a date that is in the copy",
}
# Rows that speak of a person and are found only the other way round.
BACKWARDS = {"risk.Incident", "safetynet.RosterRow"}


def leads_to_person(model, seen=()):
    """Whether some chain of keys leads from a row to a person; users and organisations lead nowhere."""
    for one in [*model._meta.concrete_fields, *model._meta.local_many_to_many]:
        to = one.remote_field and one.related_model
        if to is Person:
            return True
        if to and to in OURS and to is not model and to not in seen and leads_to_person(to, (*seen, model)):
            return True
    return False


def test_every_model_with_a_path_to_a_person_is_in_the_copy_or_left_out_for_a_reason():
    found = {model._meta.label for model in OURS if leads_to_person(model)} | {"people.Person"}
    decided = set(PARTS) | set(LEFT_OUT)
    assert found - decided == set(), "say in export.py of its app what the copy does with it"
    assert set(PARTS) - found == BACKWARDS | {"documents.IssuedDocument", "bringin.BringInRow"}
    assert not set(PARTS) & set(LEFT_OUT)
    assert all(len(why) > 10 for why in LEFT_OUT.values())


def test_every_model_that_holds_a_persons_id_without_a_key_is_decided_about():
    loose = {"person_id", "person_ids", "object_id", "subject_id"}
    found = {m._meta.label for m in OURS if {f.name for f in m._meta.concrete_fields} & loose}
    assert found == set(BY_ID)


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(PARTS))
def test_each_path_leads_to_the_person(label, person):
    part = PARTS[label]
    assert apps.get_model(label) is part.model
    rows = list(part.of(person))
    assert all(part.facts(row, person) is not None for row in rows)
    names = {f.name for f in part.model._meta.get_fields()}
    assert set(part.leave) <= names


def test_a_row_about_two_persons_is_in_the_copy_of_both():
    for part in PARTS.values():
        keys = {
            f.name for f in part.model._meta.concrete_fields if f.remote_field and f.related_model is Person
        }
        assert keys <= {part.path, part.also}, part.label


def test_what_could_harm_is_held():
    held = {label for label, part in PARTS.items() if part.held}
    assert {"risk.Concern", "risk.Incident", "risk.IncidentPerson", "people.Restriction"} <= held
    assert len(NAMES) == 4
