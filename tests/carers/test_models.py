"""When a home is full, and that nobody is in two places at once: refused by the database, whoever writes."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from carers.forms import HouseholdForm
from carers.models import Household, PlaceLimit, Stay
from people.models import Identity

from . import factories
from .factories import closure, day, limit, span, stay

pytestmark = pytest.mark.django_db
THREE, LIMIT = "carers_at_most_three_adults", "carers_within_local_limit"


@contextmanager
def assert_refused(constraint):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert caught.value.__cause__.diag.constraint_name == constraint


def amend(row, **facts):
    with transaction.atomic():
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()


def link(*persons):
    identity = Identity.objects.create()
    for person in persons:
        person.identity = identity
        person.save()


# -- Three adults, the local limit, closures ----------------------------------------------------------


@pytest.mark.rule("carers.at_most_three_adults")
@pytest.mark.parametrize("claim", ["home", "night", "day"])
def test_a_fourth_adult_is_refused_on_any_day_whatever_the_claim(home, people, claim):
    for person in people[:3]:
        stay(person, home)
    with assert_refused(THREE):
        stay(people[3], home, claim, first=10, end=11)


@pytest.mark.rule("carers.within_local_limit")
def test_the_homes_own_limit_counts_where_it_is_lower(home, people):
    limit(home, 1)
    stay(people[0], home, first=0, end=5)
    with assert_refused(LIMIT):
        stay(people[1], home, "night", first=4, end=6)
    stay(people[1], home, "night", first=5, end=6)


def test_the_day_of_leaving_is_free_the_day_of_arrival_is_not(home, people):
    limit(home, 1)
    stay(people[0], home, "night", first=3, end=6)
    stay(people[1], home, "night", first=6, end=8)
    with assert_refused(LIMIT):
        stay(people[2], home, "night", first=2, end=4)


def test_a_guest_leaves_on_the_day_a_day_claim_begins(home, people):
    limit(home, 1)
    stay(people[0], home, "night", first=0, end=7)
    stay(people[1], home, "day", first=7, end=28, weekdays=1)
    assert home.stays.count() == 2


def test_a_day_claim_takes_a_place_on_its_weekdays_only(home, people):
    limit(home, 1)
    stay(people[0], home, "day", weekdays=1 + 4)
    stay(people[1], home, "day", weekdays=2)
    stay(people[2], home, "night", first=3, end=7)
    with assert_refused(LIMIT):
        stay(people[3], home, "night", first=3, end=8)
    with assert_refused(LIMIT):
        stay(people[3], home, "day", weekdays=4 + 8)


def test_an_open_end_runs_into_a_booking_of_the_future(home, people):
    limit(home, 1)
    stay(people[0], home, "night", first=400, end=407)
    with assert_refused(LIMIT):
        stay(people[1], home)
    stay(people[1], home, end=400)


def test_a_limit_lowered_under_residents_evicts_none_and_they_may_leave(home, people):
    residents = [stay(person, home) for person in people[:3]]
    lower = limit(home, 1, first=20)
    amend(residents[0], period=span(0, 30))
    amend(residents[1], state="released")
    with assert_refused(LIMIT):
        amend(residents[0], period=span(0, 31))
    amend(lower, places=3)
    amend(residents[0], period=span(0, 31))


def test_a_limit_that_falls_later_refuses_a_stay_that_begins_before_it(home, people):
    limit(home, 3, first=0, end=50)
    limit(home, 1, first=50)
    stay(people[0], home)
    with assert_refused(LIMIT):
        stay(people[1], home)
    stay(people[1], home, end=50)


def test_after_a_low_limit_ends_three_are_the_most_again(home, people):
    limit(home, 1, first=0, end=10)
    stay(people[0], home)
    with assert_refused(LIMIT):
        stay(people[1], home, first=9)
    stay(people[1], home, first=10)
    stay(people[2], home, first=10)
    with assert_refused(THREE):
        stay(people[3], home, first=10)


def test_a_closure_over_residents_blocks_who_is_new_and_evicts_none(home, people):
    resident = stay(people[0], home)
    closure(home, places=3, first=10, end=20)
    amend(resident, period=span(0, 15))
    with assert_refused(LIMIT):
        stay(people[1], home, "night", first=19, end=21)
    stay(people[1], home, "night", first=20, end=21)


def test_closures_of_one_day_add_up(home, people):
    closure(home, 1, first=0, end=10)
    closure(home, 1, first=5, end=15)
    stay(people[0], home)
    with assert_refused(LIMIT):
        stay(people[1], home)
    stay(people[1], home, first=10)


def test_found_counts_and_is_never_refused_but_booking_it_is_checked(home, people):
    for person in people[:3]:
        stay(person, home)
    fourth = stay(people[3], home, state="found")
    with assert_refused(THREE):
        amend(fourth, state="booked")
    with assert_refused(THREE):
        stay(people[4], home, "night", first=1, end=2)
    limit(home, 1)
    stay(people[4], home, state="found")


def test_two_claims_of_one_person_are_one_adult(home, people):
    limit(home, 2)
    stay(people[0], home)
    stay(people[1], home)
    stay(people[0], home, "day", weekdays=1)
    closure(home, 1)
    stay(people[0], home, "night", first=5, end=9)
    assert home.stays.filter(person=people[0]).count() == 3


def test_what_another_own_claim_stops_covering_is_tested(home, people):
    limit(home, 1)
    stay(people[0], home, end=10)
    stay(people[1], home, first=12, end=14)
    with assert_refused(LIMIT):
        stay(people[0], home, "day", first=5, end=14)


def test_a_day_long_after_every_beginning_is_tested_where_an_own_claim_ends(home, people):
    """Only the end of the own claim tells of day 20: nothing else begins or ends within a week before it."""
    limit(home, 1)
    stay(people[0], home, end=20)
    stay(people[1], home, first=5, state="found")
    stay(people[0], home, "night", first=0, end=20)
    with assert_refused(LIMIT):
        stay(people[0], home, "day", first=0, end=21)


def test_a_closure_long_after_every_beginning_is_tested_where_it_begins(home, people):
    limit(home, 2)
    stay(people[0], home)
    closure(home, 1, first=30, end=31)
    with assert_refused(LIMIT):
        stay(people[1], home)


def test_more_weekdays_are_newly_covered_days(home, people):
    limit(home, 1)
    row = stay(people[0], home, "day", weekdays=1)
    stay(people[1], home, "day", weekdays=2)
    with assert_refused(LIMIT):
        amend(row, weekdays=3)
    amend(row, weekdays=5)


def test_a_held_claim_counts_until_it_is_released(home, people):
    limit(home, 1)
    hold = stay(people[0], home, state="held", hold_until=day(3))
    with assert_refused(LIMIT):
        stay(people[1], home, first=30)
    amend(hold, state="released")
    stay(people[1], home, first=30)


def test_young_people_of_16_and_17_count(home, team):
    limit(home, 1)
    young = factories.persons(team, 1, date_of_birth=date(2010, 6, 1))[0]
    assert young.age(day(0)) == 16
    stay(young, home)
    with assert_refused(LIMIT):
        stay(factories.persons(team, 1)[0], home)


def test_the_carers_own_family_does_not_count(home, people):
    for name in ("Ada", "Ben", "Cyril"):
        home.members.create(given_name=name, relation="son", since=day(0))
    for person in people[:3]:
        stay(person, home)
    assert home.members.count() + home.stays.count() == 6


def test_death_ends_a_claim_and_makes_room(home, people):
    limit(home, 1)
    resident = stay(people[0], home)
    people[0].date_of_death = day(10)
    people[0].save()
    with assert_refused(LIMIT):
        stay(people[1], home, first=10)
    stay(people[1], home, first=11)
    amend(resident, purpose="nothing is newly covered after a death")


def test_linked_records_are_one_adult_and_unlinked_ones_are_two(home, people):
    limit(home, 2)
    link(people[0], people[1])
    stay(people[0], home)
    stay(people[1], home)
    stay(people[2], home, first=5)
    with assert_refused(LIMIT):
        stay(people[3], home, first=5)
    people[1].identity = None
    people[1].save()
    with assert_refused(LIMIT):
        stay(people[3], home, first=0, end=2)


def test_a_home_that_two_schemes_share_is_counted_once(home, people, other_scheme):
    home.scheme_links.create(scheme=other_scheme, since=day(0))
    for person in people[:3]:
        stay(person, home)
    with assert_refused(THREE):
        stay(people[3], home)


def test_a_move_to_another_home_is_counted_there(home, other_home, people):
    limit(other_home, 1)
    stay(people[0], other_home)
    mover = stay(people[1], home)
    with assert_refused(LIMIT):
        amend(mover, household=other_home)
    assert Stay.objects.get(pk=mover.pk).household_id == home.pk


def test_two_full_homes_swap_in_one_statement(home, other_home, people):
    from django.db.models import Case, F, When

    limit(home, 1)
    limit(other_home, 1)
    one, two = stay(people[0], home), stay(people[1], other_home)
    other = {one.pk: other_home.pk, two.pk: home.pk}
    Stay.objects.filter(pk__in=other).update(
        household=Case(*(When(pk=pk, then=place) for pk, place in other.items()), default=F("household"))
    )
    one.refresh_from_db()
    assert one.household == other_home


def test_a_home_whose_address_is_put_right_keeps_its_count(home, people):
    for person in people[:3]:
        stay(person, home)
    amend(home, address="9 Quay Street", normalised_address="9 quay st|ns11ab", postcode="NS1 1AB")
    with assert_refused(THREE):
        stay(people[3], home)


# -- One place at a time ---------------------------------------------------------------------------


@pytest.mark.rule("carers.one_home")
def test_nobody_lives_in_two_homes(home, other_home, people):
    stay(people[0], home)
    with assert_refused("carers_one_home_at_a_time"):
        stay(people[0], other_home, first=9)


@pytest.mark.rule("carers.one_night")
def test_nobody_sleeps_in_two_homes_but_home_is_kept_while_away(home, other_home, people):
    stay(people[0], home)
    stay(people[0], other_home, "night", first=3, end=5)
    with assert_refused("carers_one_night_at_a_time"):
        stay(people[0], home, "night", first=4, end=6)


@pytest.mark.rule("carers.one_day")
@pytest.mark.parametrize("bit", range(7))
def test_nobody_spends_one_weekday_in_two_homes(home, other_home, people, bit):
    stay(people[0], home, "day", weekdays=1 << bit)
    stay(people[0], other_home, "day", weekdays=126 - (1 << bit) if bit else 126)
    name = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[bit]
    with assert_refused(f"carers_one_{name}_at_a_time"):
        stay(people[0], home, "day", weekdays=1 << bit)


def test_released_and_found_stays_clash_with_nothing(home, other_home, people):
    stay(people[0], home)
    stay(people[0], other_home, state="found")
    stay(people[0], other_home, state="released")
    assert people[0].stays.count() == 3


@pytest.mark.parametrize("claim", ["home", "night", "day"])
def test_linked_records_are_not_booked_in_two_homes(home, other_home, people, claim):
    link(people[0], people[1])
    stay(people[0], home, claim, first=5, end=12)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        stay(people[1], other_home, claim, first=0, end=6)
    assert caught.value.__cause__.diag.constraint_name.startswith("carers_one_")
    stay(people[1], other_home, claim, first=0, end=5)


def test_a_link_made_later_refuses_nothing_and_the_stays_may_still_end(home, other_home, people):
    one, two = stay(people[0], home), stay(people[1], other_home, end=30)
    link(people[0], people[1])
    amend(two, period=span(0, 20))
    with assert_refused("carers_one_home_at_a_time"):
        amend(two, period=span(0, 40))
    amend(one, period=span(0, 1))


# -- Shape -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("carers_stay_begins_on_a_day", {"period": span(3, 3)}),
        ("carers_stay_begins_on_a_day", {"period": type(span())(None, day(3))}),
        ("carers_stay_weekdays_are_for_days", {"claim": "home", "weekdays": 3}),
        ("carers_stay_weekdays_are_for_days", {"claim": "day", "weekdays": 0}),
        ("carers_stay_only_holds_run_out", {"hold_until": day(4)}),
    ],
)
def test_a_stay_must_make_sense(home, people, constraint, facts):
    good = {"person": people[0], "household": home, "claim": "day", "state": "booked", "period": span(0, 9)}
    with assert_refused(constraint):
        Stay.objects.create(**good | facts)


def test_limits_of_a_home_do_not_overlap(home):
    limit(home, 2, first=0, end=10)
    with assert_refused("carers_one_limit_at_a_time"):
        limit(home, 1, first=9)
    for places in (0, 4):
        with assert_refused("carers_limit_one_to_three"):
            PlaceLimit.objects.create(household=home, places=places, period=span(20))


@pytest.mark.rule("carers.one_row_per_dwelling")
def test_a_dwelling_is_unique_by_address_and_by_reference_number(council, home):
    with assert_refused("carers_one_home_per_address"):
        factories.home(council, normalised_address=home.normalised_address)
    amend(home, uprn="100023336956")
    with assert_refused("carers_one_home_per_uprn"):
        factories.home(council, uprn="100023336956")
    with assert_refused("carers_uprn_is_digits"):
        factories.home(council, uprn="12A")


# -- Who sees them ---------------------------------------------------------------------------------


def test_a_scheme_sees_its_own_homes_and_carers(
    home, scheme, council, other_scheme, scheme_worker, care_manager, administrator
):
    elsewhere = factories.home(council, other_scheme)
    carer = factories.carer(home, scheme)
    factories.carer(elsewhere, other_scheme)
    assert list(Household.objects.visible_to(scheme_worker)) == [home]
    assert list(type(carer).objects.visible_to(scheme_worker)) == [carer]
    for user in (care_manager, administrator):
        assert not Household.objects.visible_to(user).exists()
        assert not type(carer).objects.visible_to(user).exists()


def test_a_scheme_that_left_a_home_sees_it_no_longer(home, scheme_worker):
    home.scheme_links.update(until=date(2026, 1, 1))
    assert not Household.objects.visible_to(scheme_worker).exists()


def test_stays_are_seen_through_the_person(home, supported_person, people, scheme_worker, charlie):
    mine = stay(supported_person, home)
    stay(people[0], home)
    assert list(Stay.objects.visible_to(scheme_worker)) == [mine]
    assert not Stay.objects.visible_to(charlie).exists()


@pytest.mark.rule("carers.no_pets_alone")
def test_a_home_has_no_pets_or_some_never_both(home, scheme_worker):
    with pytest.raises(IntegrityError, match="carers_no_pets_stands_alone"), transaction.atomic():
        Household.objects.filter(pk=home.pk).update(pet_kinds=["none", "dog"])
    with pytest.raises(IntegrityError, match="carers_no_pets_stands_alone"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE carers_household SET pet_kinds = '{cat,none}' WHERE id = %s", [home.pk])
    form = HouseholdForm({"pet_kinds": ["none", "cat"]}, user=scheme_worker)
    assert "both are ticked" in str(form.errors["pet_kinds"])


def test_what_nobody_has_asked_is_not_known(home):
    assert (home.smoking, home.step_free, home.pets_in_words()) == (None, None, "")
    home.pet_kinds, home.pets = ["dog", "cat"], "all asleep"
    assert home.pets_in_words() == "A dog or dogs, A cat or cats; all asleep"
