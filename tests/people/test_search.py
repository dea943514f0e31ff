"""The search box: slips, swapped and short names, years; and the list of words that misspelt ones are held against."""

from datetime import date

import pytest
from django.db import connection

from people import search
from people.models import NameWord, Person
from tests import factories

pytestmark = pytest.mark.django_db

CROWD = [
    ("Ahmad", "Rahmani", "", date(1987, 3, 4)),
    ("Ahmad", "Rahmani", "", date(1961, 3, 4)),
    ("Ahmed", "Rahman", "", date(1987, 7, 1)),
    ("Margaret", "O’Sullivan", "Peggy", date(1950, 1, 1)),
    ("Margaret", "Hall", "", date(1951, 1, 1)),
    ("Owen", "Thomas", "", date(1970, 6, 5)),
    ("Łukasz", "Jabłoński", "", date(1990, 2, 2)),
    ("Holly", "Featherstone", "", date(1980, 1, 1)),
    ("Molly", "Featherstone", "", date(1981, 1, 1)),
]


@pytest.fixture
def crowd(team):
    return [
        factories.person(team, given_name=g, family_name=f, preferred_name=p, date_of_birth=born)
        for g, f, p, born in CROWD
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Amhad Rahmani 1987", 0),
        ("Rahmani Ahmad 1961", 1),
        ("Ahmad Rahmani 1960", 1),  # a year off is nearer than twenty-seven
        ("Rahmani 1961", 1),
        ("Pegy OSulivan", 3),
        ("Maggie O'Sullivan", 3),
        ("o sullivan margaret", 3),
        ("Meg Hall", 4),
        ("Mxrgaret Hxll", 4),
        ("Thomas Owen", 5),
        ("Lukasz Jablonski", 6),
        ("Łukasz Jabłoński", 6),
        ("Featherstone Holly", 7),
        ("Featherstone Molly", 8),
        ("Feath Mol", 8),
    ],
)
def test_the_one_who_is_meant_stands_first(care_manager, crowd, typed, first):
    assert search.find(typed, user=care_manager)[0] == crowd[first]


def test_a_search_costs_the_same_few_queries(care_manager, crowd, django_assert_max_num_queries):
    care_manager.current_memberships()
    with django_assert_max_num_queries(2):
        search.find("Amhad Rahmani 1987", user=care_manager)


def test_nobody_is_found_whom_the_user_may_not_see(charlie, crowd):
    assert search.find("Ahmad Rahmani 1987", user=charlie) == []


@pytest.mark.parametrize("typed", ["1987", "%%", "_____", "' OR 1=1", "\\", "12 1987", "x" * 500])
def test_what_names_nobody_finds_nobody(care_manager, crowd, typed):
    assert search.find(typed, user=care_manager) == []


def test_a_year_in_a_date_is_not_a_year_by_itself():
    assert search.year_of_birth("Ahmad 4/3/1987") is None
    assert search.year_of_birth("Ahmad 1987") == 1987
    assert search.year_of_birth("Ahmad 19877") is None


def test_the_words_of_a_name_are_known_as_soon_as_it_is_written(team):
    person = factories.person(team, given_name="Zoë", family_name="Wynn")
    assert NameWord.objects.filter(word__in=["zoe", "wynn"]).count() == 2
    Person.objects.filter(pk=person.pk).update(search_name="zoe gwynne")
    assert NameWord.objects.filter(word="gwynne").exists()


def test_plain_sql_writes_the_words_too(team):
    factories.person(team)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET search_name = 'ffion tyrer'")
    assert NameWord.objects.filter(word="tyrer").exists()
