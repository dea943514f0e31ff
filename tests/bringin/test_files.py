"""What becomes of a file as a whole: refused, mapped, checked, confirmed, worked off."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from openpyxl import Workbook

from people.models import Person
from sharedlives.bringin import actions
from sharedlives.bringin.actions import arriving, working
from sharedlives.bringin.kinds import REGISTRY
from sharedlives.bringin.models import BringIn, BringInRow

from .factories import NUMBERS, PEOPLE, brought, csv, file, only, received, states

pytestmark = pytest.mark.django_db
GOOD = f"Ahmad,Rahmani,14/3/1991,{NUMBERS[0]},NS-1,Riverside team,,1/9/2011,NS1 1AA"


@pytest.fixture(autouse=True)
def _team_has_a_manager(team_manager):
    """So that people without a named worker have somebody."""


def refused(content, council, by, name="file.csv"):
    with pytest.raises(ValidationError) as caught:
        actions.receive(kind=REGISTRY["people"], organisation=council, file=file(content, name), by=by)
    assert not BringIn.objects.exists()
    return " ".join(caught.value.messages)


@pytest.mark.rule("documents.file_not_too_big")
def test_a_file_of_50_megabytes_is_refused(council, data_officer):
    assert "has 50.0 MB" in refused(b"x" * 50_000_000, council, data_officer)


@pytest.mark.rule("documents.file_not_empty")
@pytest.mark.parametrize("content", [b"", b" \r\n", csv(PEOPLE)])
def test_an_empty_file_is_refused(content, council, data_officer):
    assert "nothing in this file" in refused(content, council, data_officer)


@pytest.mark.rule("documents.file_readable")
def test_letters_that_cannot_be_read_are_refused(council, data_officer):
    assert "letters of this file" in refused(PEOPLE.encode("utf-16"), council, data_officer)


@pytest.mark.rule("documents.file_a_table")
def test_what_is_no_table_is_refused(council, data_officer):
    assert "not a table" in refused(b"PK\x03\x04 broken", council, data_officer, "people.xlsx")


@pytest.mark.rule("bringin.heading_known")
def test_a_file_without_a_known_heading_is_refused(council, data_officer):
    said = refused(csv("Colour,Shape", "red,round"), council, data_officer)
    assert "none of its headings is known here. Found: Colour, Shape." in said


@pytest.mark.rule("bringin.not_too_many_rows")
def test_too_many_rows_are_refused(council, data_officer, monkeypatch):
    monkeypatch.setattr(arriving, "MOST_ROWS", 1)
    assert "more than 1 rows" in refused(csv(PEOPLE, GOOD, GOOD), council, data_officer)


def test_nothing_is_written_before_it_is_confirmed(council, data_officer):
    bring_in = received("people", council, data_officer, PEOPLE, GOOD)
    assert bring_in.state == BringIn.State.READY
    assert states(bring_in) == ["new"]
    assert not Person.objects.exists()


def test_history_says_who_brought_in_and_from_where(council, data_officer):
    bring_in = brought("people", council, data_officer, PEOPLE, GOOD, name="people.csv")
    assert states(bring_in) == ["brought"]
    person = Person.objects.get()
    entry = person.history.get()
    assert entry.history_user == data_officer
    assert entry.history_change_reason == "registered (brought in from people.csv, row 2)"
    assert only(bring_in, "brought").subject_id == person.pk


def test_the_same_file_again_changes_nothing(council, data_officer):
    rows = (GOOD, f"Kate,Rees,9/3/1984,{NUMBERS[1]},,Riverside team,,,")
    brought("people", council, data_officer, PEOPLE, *rows)
    before = list(Person.objects.values_list("pk", "version"))
    again = received("people", council, data_officer, PEOPLE, *rows)
    assert states(again) == ["here", "here"]
    assert "file.csv, row 2" in again.rows.first().says
    assert list(Person.objects.values_list("pk", "version")) == before


def test_a_row_that_was_mended_is_known_when_the_faulty_file_comes_again(council, data_officer):
    faulty = GOOD.replace("14/3/1991", "31/2/1991")
    bring_in = brought("people", council, data_officer, PEOPLE, faulty)
    row = actions.mend(row=only(bring_in), cells={"date_of_birth": "14/3/1991"}, by=data_officer)
    assert row.state == "brought"
    assert states(received("people", council, data_officer, PEOPLE, faulty)) == ["here"]
    assert Person.objects.count() == 1


def test_a_workbook_reads_like_a_csv_file(council, data_officer):
    book = Workbook()
    book.active.append(["Given name", "Family name", "Date of birth", "NHS number", "Funding team"])
    book.active.append(["Ahmad", "Rahmani", date(1991, 3, 14), 9434765919.0, "Riverside team"])
    book.active.append(["Kate", "Rees", "=TODAY()", None, "Riverside team"])
    packed = BytesIO()
    book.save(packed)
    bring_in = actions.receive(
        kind=REGISTRY["people"],
        organisation=council,
        file=file(packed.getvalue(), "people.xlsx"),
        by=data_officer,
    )
    assert states(bring_in) == ["new", "mend"]
    assert "formula" in only(bring_in).problems["date_of_birth"]
    actions.confirm(bring_in=bring_in, by=data_officer)
    assert Person.objects.get().date_of_birth == date(1991, 3, 14)
    assert Person.objects.get().nhs_number == "9434765919"


# -- Columns ---------------------------------------------------------------------------------------

ODD = "Forename,Surname,DOB,Squad,Shoe size"


def test_an_unknown_heading_is_asked_about_and_remembered(council, data_officer):
    bring_in = received("people", council, data_officer, ODD, "Ahmad,Rahmani,14/3/1991,Riverside team,9")
    assert bring_in.state == BringIn.State.COLUMNS
    assert bring_in.columns == {0: "given_name", 1: "family_name", 2: "date_of_birth"}
    named = {"0": "given_name", "1": "family_name", "2": "date_of_birth", "3": "team", "4": ""}
    bring_in = actions.name_columns(bring_in=bring_in, columns=named, by=data_officer)
    assert states(bring_in) == ["new"]
    following = received("people", council, data_officer, ODD, "Kate,Rees,9/3/1984,Riverside team,5")
    assert following.state == BringIn.State.READY


@pytest.mark.rule("bringin.columns_complete")
def test_a_needed_column_must_be_named(council, data_officer):
    bring_in = received("people", council, data_officer, ODD, "Ahmad,Rahmani,14/3/1991,Riverside team,9")
    with pytest.raises(ValidationError, match="Funding team"):
        actions.name_columns(
            bring_in=bring_in,
            columns={"0": "given_name", "1": "family_name", "2": "date_of_birth"},
            by=data_officer,
        )


@pytest.mark.rule("bringin.column_once")
def test_two_columns_cannot_be_one(council, data_officer):
    bring_in = received("people", council, data_officer, ODD, "Ahmad,Rahmani,14/3/1991,Riverside team,9")
    with pytest.raises(ValidationError) as caught:
        actions.name_columns(
            bring_in=bring_in, columns={"0": "given_name", "1": "given_name"}, by=data_officer
        )
    assert "column-1" in caught.value.message_dict


# -- Working off -------------------------------------------------------------------------------------


@pytest.mark.rule("bringin.first_checked")
def test_a_file_is_confirmed_once_and_not_after_it_was_put_aside(council, data_officer):
    bring_in = brought("people", council, data_officer, PEOPLE, GOOD)
    for action in (actions.confirm, actions.put_aside):
        with pytest.raises(ValidationError):
            action(bring_in=bring_in, by=data_officer)
    other = received("people", council, data_officer, PEOPLE, GOOD.replace("Ahmad", "Omar"))
    actions.put_aside(bring_in=other, by=data_officer)
    with pytest.raises(ValidationError):
        actions.confirm(bring_in=other, by=data_officer)
    assert Person.objects.count() == 1


def test_a_long_file_waits_for_the_clock_and_goes_on_where_it_stopped(council, data_officer, monkeypatch):
    monkeypatch.setattr(working, "AT_ONCE", 2)
    monkeypatch.setattr(working, "BATCH", 2)
    names = ("Ahmad Rahmani", "Kate Rees", "Olu Bello", "Wei Chen", "Zofia Nowak")
    rows = [
        f"{name.replace(chr(32), chr(44))},{n + 1}/{n + 3}/19{n + 4}5,,NS-{n},Riverside team,,,"
        for n, name in enumerate(names)
    ]
    bring_in = received("people", council, data_officer, PEOPLE, *rows)
    assert bring_in.state == BringIn.State.CHECKING
    assert working.one_batch(bring_in.pk)
    assert states(bring_in) == ["new", "new", "waiting", "waiting", "waiting"]
    actions.work_off_all()
    bring_in.refresh_from_db()
    assert bring_in.state == BringIn.State.READY
    bring_in = actions.confirm(bring_in=bring_in, by=data_officer)
    assert bring_in.state == BringIn.State.BRINGING
    assert working.one_batch(bring_in.pk)
    assert Person.objects.count() == 2
    assert actions.work_off_all(limit_seconds=0) == {"batches": 0, "more": True}
    actions.work_off_all()
    bring_in.refresh_from_db()
    assert bring_in.state == BringIn.State.DONE
    assert states(bring_in) == ["brought"] * 5
    assert Person.objects.count() == 5


def test_one_row_that_the_database_refuses_does_not_stop_the_others(council, data_officer, monkeypatch):
    kind = REGISTRY["people"]
    bring = kind.bring

    def stumbles(row, scope):
        if row["given_name"] == "Ahmad":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return bring(row, scope)

    monkeypatch.setitem(kind.__dict__, "bring", stumbles)
    bring_in = brought(
        "people", council, data_officer, PEOPLE, GOOD, f"Kate,Rees,9/3/1984,{NUMBERS[1]},,Riverside team,,,"
    )
    assert states(bring_in) == ["mend", "brought"]
    assert "clashes with what is recorded" in only(bring_in).problems[""]


# -- The database keeps it too -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE bringin_bringin SET state = 'done', confirmed_at = NULL", "bringin_confirmed_by_somebody"),
        ("UPDATE bringin_bringinrow SET state = 'left_out', says = ''", "bringin_left_out_says_why"),
        (
            "UPDATE bringin_bringinrow SET state = 'brought', subject_id = NULL",
            "bringin_brought_in_names_its_record",
        ),
        ("UPDATE bringin_bringinrow SET state = 'mend', problems = '{}'", "bringin_to_mend_says_what"),
        ("UPDATE bringin_bringinrow SET number = 7", "bringin_each_row_once"),
    ],
)
def test_direct_sql_is_refused(council, data_officer, sql, constraint):
    received("people", council, data_officer, PEOPLE, GOOD, GOOD.replace("Ahmad", "Omar"))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_rows_keep_what_came(council, data_officer):
    bring_in = received("people", council, data_officer, PEOPLE, GOOD.replace("14/3/1991", "soon"))
    actions.mend(row=only(bring_in), cells={"date_of_birth": "14/3/1991"}, by=data_officer)
    row = BringInRow.objects.get()
    assert row.state == "new"
    assert row.raw[2] == "soon"
    assert row.cells["date_of_birth"] == "14/3/1991"
    assert row.touched_by == data_officer
