"""One row: mended in place, decided, left out; and what a sender may come to know."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from people import actions as people
from people.models import Involvement, Person, PersonalContact
from sharedlives.bringin import actions

from .. import factories as cast
from .factories import NUMBERS, PEOPLE, brought, only, received, states

pytestmark = pytest.mark.django_db
GOOD = f"Ahmad,Rahmani,14/3/1991,{NUMBERS[0]},NS-1,Riverside team,,1/9/2011,NS1 1AA"


@pytest.fixture(autouse=True)
def _team_has_a_manager(team_manager):
    """So that people without a named worker have somebody."""


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (GOOD.replace("14/3/1991", "31/2/1991"), "date_of_birth", "not a date of the calendar"),
        (GOOD.replace("14/3/1991", "1/1/2999"), "date_of_birth", "still to come"),
        (GOOD.replace("14/3/1991", "14/3/1791"), "date_of_birth", "120 years"),
        (GOOD.replace(NUMBERS[0], "9434765918"), "nhs_number", "not an NHS number"),
        (GOOD.replace("Riverside", "Lakeside"), "team", "There is no team “Lakeside team”"),
        (GOOD.replace("Riverside", "Moor"), "team", "There is no team “Moor team”"),  # another council's
        (GOOD.replace("team,,", "team,nobody@example.org,"), "worker", "Nobody with this email"),
        (GOOD.replace("Rahmani", ""), "family_name", "is empty. It is needed."),
        (GOOD.replace("Ahmad", "=1+1"), "given_name", "formula"),
        (GOOD.replace("NS1 1AA", "far too long for it"), "postcode", "at most 8 fit"),
    ],
)
def test_a_wrong_cell_says_what_to_type(council, data_officer, other_team, row, column, says):
    found = only(received("people", council, data_officer, PEOPLE, row))
    assert says in found.problems[column]


def test_a_row_mended_after_the_file_was_confirmed_is_brought_in_at_once(council, data_officer, team_manager):
    bring_in = brought("people", council, data_officer, PEOPLE, GOOD.replace("14/3/1991", "soon"))
    assert not Person.objects.exists()
    row = actions.mend(row=only(bring_in), cells={"date_of_birth": "14 March 1991"}, by=data_officer)
    assert row.state == "brought"
    person = Person.objects.get()
    assert (person.date_of_birth, person.reference[:2]) == (date(1991, 3, 14), "P-")
    funded = Involvement.objects.get(person=person)
    assert (funded.worker, funded.since) == (team_manager, date(2011, 9, 1))


def test_what_was_typed_is_kept_while_something_is_still_wrong(council, data_officer):
    row = only(received("people", council, data_officer, PEOPLE, "Ahmad,Rahmani,soon,123,,Riverside team,,,"))
    row = actions.mend(row=row, cells={"date_of_birth": "14/3/1991", "nhs_number": "12"}, by=data_officer)
    row.refresh_from_db()
    assert row.state == "mend"
    assert set(row.problems) == {"nhs_number"}
    assert row.cells["date_of_birth"] == "14/3/1991"


def test_the_first_contact_comes_along(council, data_officer, care_manager):
    heading = "Given name,Family name,DOB,Team,Worker,Contact name,Relationship,Contact phone"
    brought(
        "people",
        council,
        data_officer,
        heading,
        f"Ahmad,Rahmani,14/3/1991,Riverside team,{care_manager.email},Nasreen Rahmani,mother,01632 960104",
    )
    contact = PersonalContact.objects.select_related("person").get()
    assert (contact.name, contact.relation, contact.kind) == ("Nasreen Rahmani", "mother", "family")
    assert Involvement.objects.get(person=contact.person).worker == care_manager
    assert contact.person.no_nhs_number_because


def test_a_row_that_says_the_same_as_an_earlier_one_is_left_out(council, data_officer):
    bring_in = received("people", council, data_officer, PEOPLE, GOOD, GOOD.replace("NS1 1AA", ""))
    assert states(bring_in) == ["new", "left_out"]
    assert only(bring_in, "left_out").says == "The same as row 2 of this file."


def test_twins_of_one_file_are_two_people(council, data_officer):
    rows = [f"{name},Rahmani,14/3/1991,,,Riverside team,,,NS1 1AA" for name in ("Ahmad", "Ahmed")]
    assert states(brought("people", council, data_officer, PEOPLE, *rows)) == ["brought", "brought"]


# -- Who is here already ---------------------------------------------------------------------------


@pytest.fixture
def ahmad(team, care_manager):
    return cast.person(
        team,
        worker=care_manager,
        given_name="Ahmad",
        family_name="Rahmani",
        date_of_birth=date(1991, 3, 14),
        nhs_number=NUMBERS[0],
        postcode="NS1 1AA",
    )


def test_somebody_who_is_here_is_not_doubled(council, data_officer, ahmad):
    bring_in = received("people", council, data_officer, PEOPLE, GOOD)
    assert states(bring_in) == ["here"]
    assert only(bring_in, "here").subject_id == ahmad.pk


@pytest.mark.parametrize(
    "row",
    [
        GOOD.replace("Ahmad", "Amhad"),
        GOOD.replace("14/3/1991", "13/3/1991").replace(NUMBERS[0], "").replace("NS-1,", ","),
        GOOD.replace(NUMBERS[0], NUMBERS[1]),
    ],
)
def test_somebody_very_like_is_for_a_human_to_decide(council, data_officer, ahmad, row):
    found = only(received("people", council, data_officer, PEOPLE, row), "decide")
    assert [one["label"] for one in found.candidates] == [ahmad.reference]
    assert Person.objects.count() == 1


def test_a_decision_either_way(council, data_officer, ahmad):
    rows = (GOOD.replace("Ahmad", "Amhad"), GOOD.replace("Ahmad", "Ahmed"))
    bring_in = brought("people", council, data_officer, PEOPLE, *rows)
    first, second = bring_in.rows.order_by("number")
    first = actions.decide(row=first, who=str(ahmad.pk), by=data_officer)
    assert (first.state, first.subject_id) == ("here", str(ahmad.pk))
    second = actions.decide(row=second, who="new", by=data_officer)
    assert second.state == "brought"
    assert Person.objects.count() == 2


def test_a_record_that_few_may_open_is_not_named(council, data_officer, ahmad, team_manager):
    people.restrict(person=ahmad, kind="masked", reason="Safety", allowed=[team_manager], by=team_manager)
    found = only(received("people", council, data_officer, PEOPLE, GOOD), "decide")
    assert found.candidates == []
    assert ahmad.reference not in found.says
    settled = actions.decide(row=found, who="here", by=data_officer)
    assert settled.state == "here"
    assert settled.subject_id is None


def test_an_invisible_record_leaves_no_trace(council, data_officer, ahmad, team_manager):
    people.restrict(person=ahmad, kind="invisible", reason="Safety", allowed=[team_manager], by=team_manager)
    assert states(received("people", council, data_officer, PEOPLE, GOOD)) == ["new"]


def test_a_record_of_another_council_is_not_named(council, data_officer, other_team, charlie):
    cast.person(
        other_team,
        worker=charlie,
        given_name="Ahmad",
        family_name="Rahmani",
        date_of_birth=date(1991, 3, 14),
        nhs_number=NUMBERS[0],
    )
    found = only(received("people", council, data_officer, PEOPLE, GOOD), "decide")
    assert found.candidates == []
    assert "not shown" in found.says


# -- Left out, and closed ---------------------------------------------------------------------------


@pytest.mark.rule("bringin.left_out_with_reason")
def test_a_row_is_left_out_with_a_reason(council, data_officer):
    row = only(received("people", council, data_officer, PEOPLE, GOOD.replace("Ahmad", "")))
    with pytest.raises(ValidationError, match="needs a reason"):
        actions.leave_out(row=row, why="  ", by=data_officer)
    row = actions.leave_out(row=row, why="Moved away in May", by=data_officer)
    assert (row.state, row.says) == ("left_out", "Moved away in May")


@pytest.mark.rule("bringin.row_still_open")
def test_nothing_more_is_done_to_a_row_that_is_settled(council, data_officer):
    bring_in = brought("people", council, data_officer, PEOPLE, GOOD)
    row = only(bring_in, "brought")
    for action in (
        lambda: actions.mend(row=row, cells={"given_name": "Omar"}, by=data_officer),
        lambda: actions.decide(row=row, who="new", by=data_officer),
        lambda: actions.leave_out(row=row, why="No", by=data_officer),
    ):
        with pytest.raises(ValidationError, match="Nothing is open"):
            action()
    assert Person.objects.get().given_name == "Ahmad"
    aside = received("people", council, data_officer, PEOPLE, GOOD.replace("14/3/1991", "soon"))
    actions.put_aside(bring_in=aside, by=data_officer)
    with pytest.raises(ValidationError, match="Nothing is open"):
        actions.mend(row=only(aside), cells={"date_of_birth": "14/3/1991"}, by=data_officer)
