"""Taking in lists: every kind of bad file refused in its own words, every row kept."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from openpyxl import Workbook

from people.models import Person
from safetynet import actions, files
from safetynet.models import Flag, LinkDecision, Roster, RosterRow

from . import factories

State = RosterRow.State
GOOD = "Katherine,Rees,9/3/1984,943 476 5919,NE1 1AA,Live-in"


def refused(source, content, filename="list.csv"):
    """The words with which a file is refused; nothing may have changed."""
    before = (Roster.objects.count(), RosterRow.objects.count(), Flag.objects.count())
    with pytest.raises(ValidationError) as refusal:
        actions.receive(source=source, content=content, filename=filename, by=None)
    assert (Roster.objects.count(), RosterRow.objects.count(), Flag.objects.count()) == before
    return " ".join(refusal.value.messages)


@pytest.mark.rule("safetynet.header_complete")
def test_a_wrong_heading_says_what_is_missing_and_what_is_there(source):
    said = refused(source, b"Client,Born on\nRees,1984\n")
    assert "Missing: Given name, Family name, Date of birth or NHS number. Found: Client, Born on." in said


@pytest.mark.rule("safetynet.header_complete")
def test_a_heading_of_the_sources_own_may_be_mapped(source, kate):
    source.columns = {"given_name": "Vorname", "family_name": "Nachname", "date_of_birth": "geb."}
    source.save()
    roster = factories.received(source, content=b"Vorname;Nachname;geb.\nKate;Rees;09.03.1984\n")
    assert roster.rows.get().state == State.LINKED
    assert "Missing: Vorname" in refused(
        source, b"Given name,Family name,Date of birth\nKate,Rees,9/3/1984\n"
    )


@pytest.mark.rule("documents.file_readable")
@pytest.mark.parametrize(
    "content", ["Given name,Family name".encode("utf-16"), b"Given name\x81,Family\n", b"\x00\x01\x02"]
)
def test_letters_that_cannot_be_read_name_the_encodings_that_work(source, content):
    assert "CSV UTF-8" in refused(source, content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_encodings_that_work(source, encoding):
    content = f"{factories.HEADING}\nSiân,Müller-O’Brien,9/3/1984,,,\n".encode(encoding)
    row = factories.received(source, content=content).rows.get()
    assert row.said_name == "Siân Müller-O’Brien"


@pytest.mark.rule("documents.file_not_empty")
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "it has no bytes"),
        (b" \r\n \r\n", "it holds only blanks"),
        (factories.csv(), "no row beneath it"),
        (b"\r\n,,\r\n", "only blanks"),
    ],
)
def test_an_empty_file_says_that_it_is_empty(source, content, what):
    assert what in refused(source, content)


@pytest.mark.rule("documents.file_not_too_big")
def test_a_file_that_is_too_big_is_refused_before_it_is_read(source, settings, monkeypatch):
    monkeypatch.setattr(files, "read", lambda *a, **k: pytest.fail("It was read"))
    settings.ROSTER_MAX_BYTES = 1_000_000
    assert "has 50.0 MB. A list may have up to 1 MB." in refused(source, b"x" * 50_000_000)


@pytest.mark.rule("safetynet.not_too_many_rows")
def test_too_many_rows(source, monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 2)
    rows = [f"Given{n},Rees,9/3/1984,,," for n in range(3)]
    assert "more than 2 rows" in refused(source, factories.csv(*rows))


@pytest.mark.rule("documents.file_a_table")
@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"PK\x03\x04 broken", "list.xlsx"),
        (b"plain text", "list.xlsx"),
        (factories.csv('"never closed,Rees'), "list.csv"),
    ],
)
def test_what_is_no_table_is_refused(source, content, filename):
    assert "not a table that can be read" in refused(source, content, filename)


@pytest.mark.rule("documents.file_a_table")
def test_a_bomb_is_not_unpacked(source, monkeypatch):
    monkeypatch.setattr(files, "MOST_UNPACKED", 1_000)
    assert "far too large" in refused(source, workbook([GOOD.split(",")]), "list.xlsx")


@pytest.mark.rule("safetynet.same_file_once")
def test_the_same_file_is_taken_once(source):
    factories.received(source, GOOD)
    assert "sent before" in refused(source, factories.csv(GOOD))


@pytest.mark.rule("safetynet.agreement_in_force")
def test_without_a_sharing_agreement_in_force_nothing_is_taken_in(source):
    source.agreement_until = timezone.localdate() - timedelta(days=1)
    source.save()
    assert "sharing agreement for “Harbour’s list” ended on" in refused(source, factories.csv(GOOD))
    source.agreement_until = timezone.localdate()
    source.save()
    assert factories.received(source, GOOD).row_count == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("=HYPERLINK(1),Rees,9/3/1984,,,", "“Given name” holds a formula"),
        ("Kate,Rees,9/3/1984,,,@SUM(A1)", "“Service” holds a formula"),
        ("Kate,Rees,31/2/1984,,,", "“31/2/1984” is not a date of birth that can be read"),
        ("Kate,Rees,9/3/84,,,", "four-figure year"),
        ("Kate,Rees,9/3/2999,,,", "not possible"),
        (",,9/3/1984,,,", "There is no name in this row"),
        ("Kate,Rees,9/3/1984,,,Live-in,more", "this row has 7 cells, the heading has 6".capitalize()),
        (f"{'K' * 121},Rees,9/3/1984,,,", "more than 120 letters"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_kept(source, kate, line, why):
    roster = factories.received(source, line, GOOD)
    bad, good = roster.rows.order_by("number")
    assert (bad.state, good.state) == (State.REFUSED, State.LINKED)
    assert why in bad.why_refused
    assert bad.raw and "9/3/1984" in good.raw.values()
    assert (roster.row_count, roster.refused_count) == (2, 1)


def test_a_dash_is_nothing_and_a_telephone_number_no_formula(source):
    content = b"Given name,Family name,Date of birth,Postcode,Phone\nKate,Rees,9/3/1984,-,+44 191 496 0000\n"
    row = factories.received(source, content=content).rows.get()
    assert (row.state, row.postcode) == (State.MISSING, "")


def test_a_row_that_comes_twice_counts_once(source):
    rows = factories.received(
        source, GOOD, "Ann,Vale,1/2/1990,,,", "KATHERINE,rees,1984-03-09,9434765919,,Short break"
    ).rows
    assert list(rows.order_by("number").values_list("why_refused", flat=True)) == [
        "",
        "",
        "The same person as in row 2.",
    ]


def test_a_number_that_fails_its_check_is_said_and_the_row_compared_without_it(source, kate):
    row = factories.received(source, "Katherine,Rees,9/3/1984,943 476 5918,,").rows.get()
    assert row.state == State.LINKED
    assert "does not pass its check" in row.notes[0]


def workbook(rows):
    book = Workbook()
    book.active.append(factories.HEADING.split(","))
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_like_a_csv_file(source, kate):
    content = workbook(
        [
            ["Katherine", "Rees", date(1984, 3, 9), 9434765919, "NE1 1AA", "Live-in"],
            ["=A2", "Vale", date(1990, 2, 1), None, None, None],
        ]
    )
    rows = list(factories.received(source, content=content, filename="list.XLSX").rows.order_by("number"))
    assert [row.state for row in rows] == [State.LINKED, State.REFUSED]
    assert "formula" in rows[1].why_refused
    assert rows[0].nhs_number == kate.nhs_number


def test_a_newer_list_replaces_the_older_one_and_a_question_keeps_its_age(source):
    old = timezone.now() - timedelta(days=40)
    first = factories.received(source, "Ann,Vale,1/2/1990,,,", "Ben,Hill,1/2/1991,,,", at=old)
    flags = Flag.objects.open().filter(kind=Flag.Kind.NOT_ON_OUR_RECORDS)
    assert flags.count() == 2
    second = factories.received(source, "Ann,Vale,1/2/1990,,,Live-in")
    first.refresh_from_db()
    assert first.replaced_at is not None
    flag = flags.get()
    assert (flag.roster_row.roster, flag.found_on) == (second, timezone.localdate(old))
    assert Flag.objects.closed().get().closed_because == Flag.Because.LEFT


def test_what_was_asked_is_kept_open_while_a_row_was_refused(source):
    factories.received(source, "Ann,Vale,1/2/1990,,,")
    factories.received(source, "Ann,Vale,1/2/90,,,", "Ben,Hill,1/2/1991,,,")
    assert Flag.objects.open().count() == 2


def test_what_may_wait_is_compared_by_the_sweep(source):
    roster = factories.received(source, "Ann,Vale,1/2/1990,,,", "Ben,Hill,1/2/1991,,,", compare=1)
    assert sorted(roster.rows.values_list("state", flat=True)) == ["missing", "waiting"]
    assert actions.sweep_safety_net(as_of=timezone.localdate()).done["rows"] == 2
    assert set(roster.rows.values_list("state", flat=True)) == {State.MISSING}


def test_a_list_of_a_thousand_rows_takes_few_queries(source, kate, django_assert_max_num_queries):
    rows = [f"Given{n},Family{n},1/2/{1930 + n % 70},,," for n in range(1_000)]
    with django_assert_max_num_queries(140):
        roster = factories.received(source, GOOD, *rows[:-1])
    assert roster.rows.filter(state=State.LINKED).count() == 1
    assert LinkDecision.objects.count() == 1_000


def test_every_row_and_decision_has_its_history(source, kate, data_officer):
    roster = factories.received(source, GOOD, by=data_officer)
    row = roster.rows.get()
    assert [h.history_change_reason for h in row.history.all()] == [
        "compared with our records",
        "list received",
    ]
    assert row.decisions.get().history.get().history_user == data_officer
    assert Person.objects.count() == 1
