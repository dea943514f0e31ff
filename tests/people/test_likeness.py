"""Comparing two descriptions of a human being: what counts as the same, what a human must look at."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import likeness, nicknames
from people.likeness import Verdict, compare, facts
from people.models import Person

from .. import factories

BORN = date(1984, 3, 9)
NUMBER, OTHER_NUMBER = "9434765919", "9434765870"


def verdict(a, b):
    return compare(facts(**a), facts(**b)).verdict


def told(**changes):
    return {"given_name": "Katherine", "family_name": "Rees", "date_of_birth": BORN} | changes


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  O’Brien-Łuczak ", "obrien luczak"),
        ("Siân", "sian"),
        ("STRAẞE Đặng", "strasse dang"),
        ("", ""),
        (None, ""),
    ],
)
def test_letters_are_plain(typed, clean):
    assert likeness.letters(typed) == clean


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Kowalska, Anna Maria", (("anna", "maria"), ("kowalska",))),
        ("Mrs Anna Maria Kowalska", (("anna", "maria"), ("kowalska",))),
        ("Rees", ((), ("rees",))),
    ],
)
def test_a_name_in_one_piece_is_taken_apart(name, parts):
    cleaned = facts(name=name)
    assert (cleaned.given, cleaned.family) == parts


def test_sixty_families_of_names_and_more():
    assert len(nicknames.SPELLINGS.split("\n")) > 60
    assert len(nicknames.SHORT_FORMS.split("\n")) > 60
    assert {"bill", "william", "gwilym"} <= nicknames.forms_of("billy")


@pytest.mark.parametrize(
    ("one", "other", "sure"),
    [
        ("bill", "william", True),
        ("kasia", "katherine", True),
        ("muhammad", "mohamed", True),
        ("dafydd", "dave", True),
        ("alex", "alexandra", False),
        ("sam", "samuel", False),
        ("bill", "liam", False),
    ],
)
def test_names_of_one_family(one, other, sure):
    assert nicknames.same_family(one, other)
    assert nicknames.surely_same_family(one, other) is nicknames.surely_same_family(other, one) is sure


@pytest.mark.parametrize(
    ("one", "other"), [("daniel", "daniela"), ("christina", "christine"), ("julia", "julie")]
)
def test_names_that_sisters_bear_are_kept_apart(one, other):
    assert not nicknames.surely_same_family(one, other)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (date(1984, 3, 9), date(1984, 3, 9), "same"),
        (date(1984, 3, 9), date(1984, 9, 3), "swapped"),
        (date(1984, 3, 9), date(1984, 3, 19), "digit"),
        (date(1984, 3, 9), date(1984, 3, 8), "digit"),
        (date(1984, 3, 9), date(1985, 3, 9), "year"),
        (date(1984, 3, 9), date(1954, 3, 9), "year_digit"),
        (date(1984, 3, 9), date(1962, 7, 21), "differ"),
        (None, date(1984, 3, 9), "missing"),
    ],
)
def test_dates_of_birth(one, other, level):
    assert likeness.born_level(one, other) == likeness.born_level(other, one) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("ne11aa", "ne11aa", "same"),
        ("ne11aa", "ne11ab", "near"),
        ("ne11aa", "ne14zz", "district"),
        ("ne11aa", "sw1a1aa", "differ"),
        ("", "ne11aa", "missing"),
    ],
)
def test_postcodes(one, other, level):
    assert likeness.postcode_level(one, other) == level


@pytest.mark.parametrize(
    "other",
    [
        told(),
        told(given_name="Kate"),
        told(given_name="Catherine", family_name="Reees"),
        told(given_name="Rees", family_name="Katherine"),
        told(given_name="KATHERINE", family_name="rees"),
    ],
)
def test_the_whole_name_and_the_birth_date_are_enough(other):
    assert verdict(told(), other) == Verdict.SAME


@pytest.mark.parametrize(
    "other",
    [
        told(nhs_number="943 476 5919", date_of_birth=date(1984, 9, 3)),
        told(nhs_number="943-476-5919", given_name="K", family_name="Reese"),
        told(nhs_number=NUMBER, family_name="Abernethy"),
    ],
)
def test_an_equal_nhs_number_bears_one_deviation(other):
    assert verdict(told(nhs_number=NUMBER), other) == Verdict.SAME


@pytest.mark.parametrize(
    "other",
    [
        told(nhs_number=NUMBER, given_name="Megan"),
        told(nhs_number=NUMBER, date_of_birth=date(1951, 12, 30)),
        told(nhs_number=OTHER_NUMBER),
    ],
)
def test_an_nhs_number_that_contradicts_the_rest_goes_to_a_human(other):
    assert verdict(told(nhs_number=NUMBER), other) == Verdict.POSSIBLE


def test_a_number_that_fails_its_check_proves_nothing():
    assert likeness.nhs_level("1234567890", "1234567890") == "missing"
    assert likeness.nhs_level("9434765918", NUMBER) == "near"


def test_swapped_day_and_month_need_the_postcode():
    swapped = told(date_of_birth=date(1984, 9, 3))
    assert verdict(told(), swapped) == Verdict.POSSIBLE
    assert verdict(told(postcode="NE1 1AA"), swapped | {"postcode": "ne11aa"}) == Verdict.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jayden", "Hayden"),
        ("Anna", "Anya"),
        ("Daniel", "Daniela"),
        ("Christina", "Christine"),
        ("Mohammed Adil", "Mohammed Bilal"),
        ("Mohammed", "Mohammed Bilal"),
        ("Megan", "Bethan"),
        ("J", "Jack"),
        ("Alex", "Alexandra"),
    ],
)
def test_twins_are_never_linked_by_the_rules_alone(one, other):
    """Same family name, same birth date, same address: a human looks at first names that differ at all."""
    together = {"family_name": "Hughes", "date_of_birth": BORN, "postcode": "NE1 1AA"}
    assert verdict({"given_name": one} | together, {"given_name": other} | together) == Verdict.POSSIBLE


def test_a_father_of_the_same_name_is_somebody_else():
    son = told(given_name="John", postcode="NE1 1AA")
    assert verdict(son, son | {"date_of_birth": date(1954, 3, 9)}) == Verdict.POSSIBLE
    assert verdict(son, son | {"date_of_birth": date(1955, 11, 2)}) == Verdict.DIFFERENT


def test_a_housemate_is_somebody_else():
    assert (
        verdict(
            told(postcode="NE1 1AA"),
            {
                "given_name": "Ahmad",
                "family_name": "Noor",
                "date_of_birth": date(1970, 1, 2),
                "postcode": "NE1 1AA",
            },
        )
        == Verdict.DIFFERENT
    )


def test_the_reasons_say_what_agrees_and_what_does_not():
    found = compare(facts(**told(nhs_number=NUMBER)), facts(**told(given_name="Megan", nhs_number=NUMBER)))
    assert found.reasons[0] == "same NHS number"
    assert found.reasons[-1] == "first names differ (a twin or another relative?)"
    assert found.words.startswith("Same NHS number; same date of birth")


NAMES = st.sampled_from(
    ["Anna", "Anya", "Mohammed Adil", "Mohammed", "Kate", "Catherine", "J", "", "Rees", "Hughes-Rees"]
)
SOMEBODY = st.fixed_dictionaries(
    {
        "given_name": NAMES,
        "family_name": NAMES,
        "date_of_birth": st.sampled_from([None, BORN, date(1984, 9, 3), date(1985, 3, 9), date(1954, 3, 9)]),
        "nhs_number": st.sampled_from(["", NUMBER, OTHER_NUMBER, "1111111111"]),
        "postcode": st.sampled_from(["", "NE1 1AA", "SW1A 1AA"]),
    }
)


@given(SOMEBODY, SOMEBODY)
def test_no_order_and_no_surprise(one, other):
    a, b = facts(**one), facts(**other)
    assert compare(a, b) == compare(b, a)
    levels = likeness.levels_of(a, b)
    if levels["given"] == "differ":
        assert compare(a, b).verdict != Verdict.SAME


# -- Finding candidates ------------------------------------------------------------------------------------


@pytest.fixture
def katherine(team):
    return factories.person(
        team,
        given_name="Katherine",
        family_name="Kowalska",
        preferred_name="Kasia",
        date_of_birth=BORN,
        nhs_number=NUMBER,
        postcode="NE1 1AA",
    )


@pytest.fixture
def crowd(team):
    names = [("John", "Smith"), ("Jane", "Smythe"), ("Katrin", "Owens"), ("Ahmed", "Khan"), ("Rhys", "Evans")]
    return [
        factories.person(team, given_name=g, family_name=f, date_of_birth=date(1960, 5, 5)) for g, f in names
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Katherine Kowalska"},
        {"name": "kowalska kate"},
        {"name": "Kasia Kowaslka"},
        {"name": "Katehrine Kowlska"},
        {"name": "Kowalska"},
        {"nhs_number": "943 476 5919"},
        {"name": "K Kowalska", "date_of_birth": date(1984, 9, 3)},
        {"name": "Cath Somebody", "date_of_birth": BORN},
    ],
)
def test_search_finds_in_spite_of_a_slip(katherine, crowd, typed, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        found = likeness.ranked(Person.objects.all(), **typed)
    assert found[0][0] == katherine


@pytest.mark.parametrize(
    ("typed", "name"), [("Jhon Smtih", "John Smith"), ("Evans Rees", "Rhys Evans"), ("khna", "Ahmed Khan")]
)
def test_short_names_too(crowd, typed, name):
    assert str(likeness.ranked(Person.objects.all(), name=typed)[0][0]) == name


def test_search_stays_within_the_given_persons(katherine, crowd):
    assert likeness.ranked(Person.objects.none(), name="Katherine Kowalska") == []
    assert likeness.ranked(Person.objects.all(), name="Nobody Here") == []
    assert likeness.ranked(Person.objects.all()) == []


def test_what_was_typed_is_data_not_a_pattern(katherine):
    assert likeness.ranked(Person.objects.all(), name=".* (|%_'; --") == []


def test_a_batch_takes_two_queries(katherine, crowd, django_assert_num_queries):
    batch = [
        facts(name="Kate Kowalska"),
        facts(given_name="Somebody", family_name="Else", nhs_number=NUMBER),
        facts(name="Ahmad Khan", date_of_birth=date(1960, 5, 5)),
        facts(given_name="Kowalska", family_name="Katherine", date_of_birth=date(1984, 9, 3)),
        facts(name="Zdzislaw Brzeczyszczykiewicz", date_of_birth=date(1931, 1, 1)),
        facts(),
    ] * 20
    with django_assert_num_queries(2):
        found = likeness.candidates_of(Person.objects.all(), batch)
    assert [katherine in persons for persons in found[:4]] == [True, True, False, True]
    assert crowd[3] in found[2]
    assert found[4] == found[5] == []
    assert likeness.candidates_of(Person.objects.all(), []) == []
