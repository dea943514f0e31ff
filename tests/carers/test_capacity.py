"""Homes under pressure: random changes against a day-by-day count, and real processes at the last place."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import capacity
from benchmarks._database import Database, Play
from benchmarks._homes import Chance, Claim, Homes
from carers.models import Closure, PlaceLimit, Stay
from people.models import Person

from . import factories

PERSONS, HOMES = 7, 2
TWINS = {n: n for n in range(PERSONS)} | {1: 0}


@pytest.fixture
def cast(team, council):
    """Seven records of six human beings, one of whom has died, and two homes."""
    persons = factories.persons(team, PERSONS)
    from people.models import Identity

    Person.objects.filter(pk__in=[persons[0].pk, persons[1].pk]).update(identity=Identity.objects.create())
    Person.objects.filter(pk=persons[2].pk).update(date_of_death=factories.day(9))
    return persons, [factories.home(council) for _one in range(HOMES)]


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), steps=st.integers(5, 25))
@pytest.mark.django_db
def test_the_database_agrees_with_a_day_by_day_count(cast, seed, steps):
    persons, homes = cast
    game = Play(Chance(seed, PERSONS, HOMES, 14), Homes(TWINS, {2: 9}), Database(persons, homes))
    with transaction.atomic():
        for _step in range(steps):
            game.step()
        transaction.set_rollback(True)
    assert game.differences == []


@pytest.mark.django_db
def test_the_model_itself_refuses_what_it_should():
    """The ruler is held against known lengths, so that it cannot agree by never refusing."""
    model = Homes({n: n for n in range(9)}, {})
    for n in range(3):
        model.claims[n] = Claim(n, n, 0, "home", 127, 0, None, "booked")
    assert model.answer(Claim(9, 8, 0, "night", 127, 5, 6, "booked")) == "three"
    assert model.answer(Claim(9, 8, 0, "night", 127, 5, 6, "found")) == "ok"
    assert model.answer(Claim(9, 0, 1, "home", 127, 5, 6, "booked")) == "one"
    model.limits[20] = (1, 0, None, 1)
    model.closures[21] = (1, 4, 8, 1)
    assert model.answer(Claim(9, 8, 1, "night", 127, 3, 5, "booked")) == "limit"
    assert model.answer(Claim(9, 8, 1, "night", 127, 3, 4, "booked")) == "ok"


@pytest.mark.django_db(transaction=True)
def test_of_fifty_processes_one_books_the_last_place_and_the_others_are_told_why():
    winners, odd = capacity.race(capacity.council())
    assert (winners, odd) == (1, 0)
    assert Stay.objects.counted().count() == 3


@pytest.mark.django_db(transaction=True)
def test_transactions_that_write_two_stays_do_not_deadlock():
    assert capacity.pairs(capacity.council(), number=6, rounds=40) == 0
    assert Stay.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_the_common_order_the_same_transactions_do_deadlock(monkeypatch):
    """What `lock_places` is for: taken away, the same load deadlocks."""
    monkeypatch.setattr(capacity.actions, "lock_places", lambda **_where: None)
    assert capacity.pairs(capacity.council(), number=6, rounds=8) > 0


@pytest.mark.django_db
@pytest.mark.parametrize("model", [PlaceLimit, Closure])
def test_limits_and_closures_wait_for_the_same_lock_as_stays(home, model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = %s::regclass AND p.proname = 'carers_lock_homes'",
            [model._meta.db_table],
        )
        assert cursor.fetchone()[0] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("function", ["carers_lock_homes", "carers_count_adults"])
def test_the_triggers_see_all_rows_and_follow_no_foreign_path(function):
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosecdef, proconfig FROM pg_proc WHERE proname = %s", [function])
        definer, config = cursor.fetchone()
    assert definer
    assert config == ["search_path=pg_catalog, public, pg_temp"]
