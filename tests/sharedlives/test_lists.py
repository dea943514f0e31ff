"""Lists: sorted, paged, counted by the database; the same rows as CSV, which no spreadsheet runs."""

import csv
import io

import pytest
from django.test import RequestFactory

from people.models import Organisation
from sharedlives import lists
from sharedlives.documents.spreadsheet import guarded
from sharedlives.lists import Column, ListPage, list_page

from .. import factories

COLUMNS = [
    Column("name", "Name", order_by="name", link=lambda row: f"/org/{row.pk}/"),
    Column("kind", "Kind", order_by=("kind", "name"), tag=True),
    Column("above", "Part of", value="parent.name"),
    Column("letters", "Letters", value=lambda row: len(row.name), numeric=True),
]


def listed(query="", **options):
    request = RequestFactory().get(f"/list/{query}")
    request.looked_at = lambda ids: setattr(request, "seen", set(ids))
    options = {"title": "Organisations", "noun": ("organisation", "organisations"), **options}
    return ListPage(request, Organisation.objects.select_related("parent"), COLUMNS, **options)


def names(page):
    return [row[0].text for row in page.rows]


@pytest.fixture
def many(region):
    for number in range(60):
        factories.organisation("scheme", f"Scheme {number:02}", parent=region)


def test_sorts_both_ways_and_falls_back_on_nonsense(many):
    assert names(listed("?sort=name"))[:2] == ["Scheme 00", "Scheme 01"]
    assert names(listed("?sort=-name"))[0] == "The Shires"
    assert len(names(listed("?sort=password"))) == 25
    assert len(names(listed("?sort=above"))) == 25


def test_heads_say_how_the_list_is_sorted_and_turn_it_round(many):
    heads = listed("?sort=name&page=2&kind=x").heads
    assert (heads[0].direction, heads[0].query) == ("ascending", "?sort=-name&kind=x")
    assert (heads[1].direction, heads[1].query) == ("", "?sort=kind&kind=x")
    assert heads[2].query == ""


def test_the_caption_counts_what_the_database_counts(many):
    assert listed().caption == "61 organisations"
    assert listed("?page=3").count == Organisation.objects.count()
    assert len(listed("?page=3").rows) == 11


def test_a_page_beyond_the_end_is_the_last(many):
    assert listed("?page=99").page.number == 3
    assert listed("?page=x").page.number == 1


@pytest.mark.parametrize("rows", [5, 100])
def test_a_page_costs_two_queries_however_long_the_list(region, rows, django_assert_num_queries):
    for number in range(rows):
        factories.organisation("scheme", f"Scheme {number}", parent=region)
    with django_assert_num_queries(2):
        page = listed("?sort=kind")
        assert (page.count, len(page.rows)) == (rows + 1, min(rows + 1, 25))


def test_every_cell_is_a_word_a_number_or_nothing(many):
    row = next(r for r in listed("?sort=name").rows if r[0].text == "Scheme 00")
    assert row[0].url.startswith("/org/")
    assert (row[1].state, row[1].text) == ("scheme", Organisation.Kind.SCHEME.label)
    assert row[2].text == "The Shires"
    assert (row[3].text, row[3].numeric) == ("9", True)
    region = next(r for r in listed("?sort=-name").rows if r[0].text == "The Shires")
    assert region[2].text == ""


def answer(query="", **options):
    page = listed(query)
    response = list_page(
        page.request,
        page.queryset,
        columns=COLUMNS,
        title="Organisations",
        export_name="organisations",
        **options,
    )
    return page.request, response


def read(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_spreadsheet_holds_all_pages_in_the_same_order(many):
    request, response = answer("?format=csv&sort=-name", person="pk")
    rows = read(response)
    assert rows[0] == ["Name", "Kind", "Part of", "Letters"]
    assert len(rows) == 62
    assert rows[1][0] == "The Shires"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="organisations-')
    assert request.exported == "organisations"
    assert len(request.seen) == 61


def test_a_page_tells_the_access_log_whom_it_showed(many, rf):
    request = rf.get("/list/")
    request.looked_at = lambda ids: setattr(request, "seen", set(ids))
    page = ListPage(request, Organisation.objects.all(), COLUMNS, "x", person="pk")
    page.note_persons(page.page.object_list)
    assert len(request.seen) == 25


def test_a_spreadsheet_that_was_cut_says_so_inside_and_before(many, monkeypatch):
    monkeypatch.setattr(lists, "CSV_LIMIT", 10)
    assert listed(export_name="x").csv_words == "Save the first 10 as a spreadsheet (CSV)"
    rows = read(answer("?format=csv")[1])
    assert len(rows) == 12
    assert rows[-1] == ["Only the first 10 rows are here. Narrow the list to get the others."]


def test_without_a_name_nothing_can_be_exported(many):
    page = listed("?format=csv")
    page.request.user = None
    response = list_page(page.request, page.queryset, columns=COLUMNS, title="Organisations")
    assert response["Content-Type"].startswith("text/html")


FORMULAS = [
    "=1+1",
    "+44 20",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "|cmd",
    "%x",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "\uff5cx",
    "\uff05x",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=cmd",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_that_looks_like_a_formula_is_run(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "kept"), [("Siân", "Siân"), (-3, -3), (2.5, 2.5), (True, "Yes"), (None, ""), ("", "")]
)
def test_numbers_and_names_stay_as_they_are(value, kept):
    assert guarded(value) == kept


def test_a_formula_typed_as_a_name_is_shown_not_run(region):
    factories.organisation("scheme", '=HYPERLINK("http://evil.example.org","x")', parent=region)
    rows = read(answer("?format=csv&sort=-name")[1])
    assert any(row[0].startswith("'=HYPERLINK") for row in rows)


def test_an_empty_list_says_what_would_be_here(db, rf):
    request = rf.get("/list/")
    request.user = None
    words = "No reviews are due. They appear when a placement starts."
    html = list_page(
        request, Organisation.objects.none(), columns=COLUMNS, title="Reviews", empty=words
    ).content.decode()
    assert words in html
    assert "<table" not in html
    request = rf.get("/list/?area=x")
    request.user = None
    html = list_page(
        request, Organisation.objects.none(), columns=COLUMNS, title="Reviews", empty=words
    ).content.decode()
    assert "Nothing fits what you chose." in html
