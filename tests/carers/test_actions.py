"""What can happen to homes, stays and carers; and what a refusal says to the person at the screen."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from carers import actions
from carers.models import Approval, Carer, Household, PlaceLimit, Stay, Training, TrainingCourse
from carers.queries import places_free
from carers.rules import period
from people import actions as people_actions
from people.models import Identity
from sharedlives.rules import RuleBroken, Stale

from .. import factories as cast
from . import factories
from .factories import day, limit, span

pytestmark = pytest.mark.django_db


def claim(person, home, by, claim="home", first=0, end=None, **facts):
    facts = {"state": "booked"} | facts
    return actions.claim_place(
        person=person, household=home, claim=claim, period=span(first, end), by=by, **facts
    )


def refusal(call, *args, **kwargs):
    with pytest.raises(RuleBroken) as caught, transaction.atomic():
        call(*args, **kwargs)
    return " ".join(caught.value.messages)


# -- Places ----------------------------------------------------------------------------------------


@pytest.mark.rule("carers.at_most_three_adults")
def test_the_fourth_adult_reads_why_and_what_to_do(home, people, scheme_worker):
    for person in people[:3]:
        claim(person, home, scheme_worker)
    said = refusal(claim, people[3], home, scheme_worker, first=4)
    assert "at most three adults" in said
    assert "5 March 2027" in said
    assert "SCIE At a glance 02" in said


@pytest.mark.rule("carers.within_local_limit")
def test_the_local_limit_says_on_which_day_it_is_reached(home, people, scheme_worker):
    limit(home, 1, first=7)
    claim(people[0], home, scheme_worker)
    assert "no place free on 8 March 2027" in refusal(claim, people[1], home, scheme_worker)


@pytest.mark.parametrize(
    ("claims", "said"),
    [("home", "lives in two places"), ("night", "sleeps in two places"), ("day", "weekdays")],
)
def test_one_place_at_a_time_is_said_in_words(home, other_home, people, scheme_worker, claims, said):
    claim(people[0], home, scheme_worker, claims)
    assert said in refusal(claim, people[0], other_home, scheme_worker, claims)


def test_a_hold_becomes_a_booking_and_keeps_who_and_why(home, people, scheme_worker):
    hold = claim(people[0], home, scheme_worker, state="held", hold_until=day(3))
    booked = actions.book(stay=hold, by=scheme_worker)
    assert (booked.state, booked.hold_until, booked.version) == ("booked", None, 2)
    told = [(row.history_user, row.history_change_reason) for row in booked.history.order_by("history_date")]
    assert told == [(scheme_worker, "place held"), (scheme_worker, "booked")]


@pytest.mark.rule("carers.still_open")
def test_a_released_stay_is_not_booked_again(home, people, scheme_worker):
    stay = actions.release(stay=claim(people[0], home, scheme_worker), by=scheme_worker)
    assert "Claim a place again" in refusal(actions.book, stay=stay, by=scheme_worker)
    assert "Claim a place again" in refusal(
        actions.amend_stay, stay=stay, period=span(0, 3), by=scheme_worker
    )
    assert actions.release(stay=stay, by=scheme_worker).version == stay.version


def test_leaving_frees_the_day_and_not_having_come_releases(home, people, scheme_worker):
    limit(home, 1)
    stay = claim(people[0], home, scheme_worker)
    assert actions.end_stay(stay=stay, leaving_on=day(5), by=scheme_worker).period == span(0, 5)
    second = claim(people[1], home, scheme_worker, first=5)
    assert actions.end_stay(stay=second, leaving_on=day(5), by=scheme_worker).state == "released"


def test_ending_works_where_the_limit_was_lowered_under_residents(home, people, scheme_worker):
    stays = [claim(person, home, scheme_worker) for person in people[:3]]
    actions.set_limit(household=home, places=1, period=period(day(0)), by=scheme_worker)
    assert actions.end_stay(stay=stays[0], leaving_on=day(9), by=scheme_worker).last_day == day(8)
    assert "no place free" in refusal(actions.amend_stay, stay=stays[0], period=span(0, 10), by=scheme_worker)


def test_somebody_really_there_is_recorded_out_of_rule_and_put_right_later(home, people, scheme_worker):
    stays = [claim(person, home, scheme_worker) for person in people[:3]]
    found = actions.record_found(
        person=people[3],
        household=home,
        claim="night",
        period=span(0, 9),
        by=scheme_worker,
        why="came with his sister",
    )
    assert found.history.first().history_change_reason == "found there: came with his sister"
    assert "three others are there already" in refusal(actions.book, stay=found, by=scheme_worker)
    actions.end_stay(stay=stays[0], leaving_on=day(0), by=scheme_worker)
    assert actions.book(stay=found, by=scheme_worker).state == "booked"


@pytest.mark.rule("carers.not_after_death")
@pytest.mark.follower("carers.actions.places.end_stays_of_the_dead")
def test_a_death_ends_what_goes_on_and_releases_what_was_to_come(home, other_home, people, care_manager):
    now = claim(people[0], home, care_manager, first=-400)
    past = claim(people[0], home, care_manager, "night", first=-400, end=-395)
    later = claim(people[0], other_home, care_manager, "night", first=3, end=6)
    died = timezone.localdate()
    people_actions.record_death(person=people[0], on=died, by=care_manager)
    now.refresh_from_db()
    later.refresh_from_db()
    past.refresh_from_db()
    assert now.last_day == died
    assert later.state == "released"
    assert past.state == "booked"
    assert "has died" in refusal(claim, people[0], home, care_manager, "night", first=3, end=6)
    assert "has died" in refusal(actions.amend_stay, stay=now, period=span(-400, 60), by=care_manager)


def test_two_full_homes_swap(home, other_home, people, scheme_worker):
    limit(home, 1)
    limit(other_home, 1)
    one, two = claim(people[0], home, scheme_worker), claim(people[1], other_home, scheme_worker, end=50)
    moved = actions.move(stays=[(one, other_home), (two, home)], on=day(20), by=scheme_worker)
    assert [(old.period, new.household, new.period) for old, new in moved] == [
        (span(0, 20), other_home, span(20)),
        (span(0, 20), home, span(20, 50)),
    ]


def test_a_whole_home_moves_house(home, other_home, scheme, people, scheme_worker):
    carer = factories.carer(home, scheme)
    limit(home, 3)
    for person in people[:3]:
        claim(person, home, scheme_worker)
    gone = claim(people[3], home, scheme_worker, "night", first=-9, end=-5)
    actions.move_home(household=home, to=other_home, on=day(10), by=scheme_worker)
    carer.refresh_from_db()
    gone.refresh_from_db()
    assert carer.household == other_home
    assert gone.household == home
    assert places_free(home, span(10)) == 3
    assert places_free(other_home, span(0)) == 0


def test_moving_into_a_home_that_is_full_is_refused_and_changes_nothing(
    home, other_home, people, scheme_worker
):
    limit(other_home, 1)
    claim(people[0], other_home, scheme_worker)
    stay = claim(people[1], home, scheme_worker)
    assert "no place free" in refusal(actions.amend_stay, stay=stay, household=other_home, by=scheme_worker)
    assert "no place free" in refusal(actions.move, stays=[(stay, other_home)], on=day(3), by=scheme_worker)
    assert Stay.objects.get(pk=stay.pk).period == span(0)


def test_holds_are_released_on_their_date_and_only_those(home, people, scheme_worker):
    limit(home, 3)
    due = claim(people[0], home, scheme_worker, state="held", hold_until=day(3))
    later = claim(people[1], home, scheme_worker, state="held", hold_until=day(4))
    booked = claim(people[2], home, scheme_worker)
    assert actions.release_expired_holds(as_of=day(2)) == 0
    assert actions.release_expired_holds(as_of=day(3)) == 1
    assert actions.release_expired_holds(as_of=day(3)) == 0
    states = {row.pk: row.state for row in Stay.objects.all()}
    assert states == {due.pk: "released", later.pk: "held", booked.pk: "booked"}


def test_linked_records_are_locked_together(home, people, django_assert_num_queries):
    identity = Identity.objects.create()
    for person in people[:2]:
        person.identity = identity
        person.save()
    with django_assert_num_queries(2) as asked:
        actions.lock_places(persons=[people[0]], households=[home])
    assert all("FOR NO KEY UPDATE" in query["sql"] for query in asked.captured_queries)


# -- Homes -----------------------------------------------------------------------------------------

ADDRESS = {"label": "The Okafors", "address": "12 Station Road, Harbour", "postcode": "ns4 7qt"}


def test_a_home_is_registered_with_its_scheme_and_its_limit(scheme, council, scheme_worker):
    home = actions.register_household(scheme=scheme, council=council, by=scheme_worker, places=2, **ADDRESS)
    assert (home.postcode, home.area) == ("NS4 7QT", "NS4")
    assert Household.objects.visible_to(scheme_worker).get() == home
    assert home.limits.get().places == 2


@pytest.mark.rule("carers.one_row_per_dwelling")
@pytest.mark.parametrize(
    "again",
    [
        {"address": "12, station rd Harbour.", "postcode": "NS47QT"},
        {"address": "Flat 3, Quay House", "postcode": "NS1 1AA", "uprn": "0100023336956"},
    ],
)
def test_one_dwelling_is_registered_once(scheme, other_scheme, council, scheme_worker, again):
    first = ADDRESS | {"uprn": "100023336956"}
    actions.register_household(scheme=scheme, council=council, by=scheme_worker, **first)
    said = refusal(
        actions.register_household,
        scheme=other_scheme,
        council=council,
        by=None,
        **{"label": "Again"} | again,
    )
    assert "on our records already" in said
    assert Household.objects.count() == 1


@pytest.mark.rule("carers.uprn_is_digits")
def test_a_reference_number_of_a_dwelling_is_digits(scheme, council, scheme_worker):
    facts = ADDRESS | {"uprn": "12A"}
    said = refusal(actions.register_household, scheme=scheme, council=council, by=scheme_worker, **facts)
    assert "no letters" in said


def test_details_are_corrected_once_and_a_second_typist_is_told(home, scheme_worker):
    actions.correct_household(household=home, by=scheme_worker, version=1, pets="Two dogs")
    with pytest.raises(Stale) as caught:
        actions.correct_household(household=home, by=scheme_worker, version=1, pets="A cat")
    assert "Two dogs" in caught.value.messages[0]


@pytest.mark.rule("carers.scheme_attached_once")
def test_a_home_is_shared_with_another_scheme_and_taken_back(home, other_scheme, scheme_worker):
    neighbour = cast.user("Elsewhere", other_scheme, "scheme_worker")
    assert not Household.objects.visible_to(neighbour).exists()
    actions.share_household(household=home, scheme=other_scheme, by=scheme_worker)
    assert Household.objects.visible_to(neighbour).exists()
    assert "already" in refusal(
        actions.share_household, household=home, scheme=other_scheme, by=scheme_worker
    )
    link = home.scheme_links.get(scheme=other_scheme)
    actions.detach_scheme(link=link, on=timezone.localdate(), by=scheme_worker)
    assert not Household.objects.visible_to(neighbour).exists()


def test_a_child_is_kept_by_first_name_and_month_of_birth(home, scheme_worker):
    child = actions.add_member(
        household=home, given_name="Ada", relation="daughter", born_in=date(2015, 6, 23), by=scheme_worker
    )
    assert child.born_in == date(2015, 6, 1)


@pytest.mark.parametrize(
    ("first", "end", "left"),
    [
        (10, 20, [(3, span(0, 10)), (1, span(10, 20)), (3, span(20))]),
        (-5, 20, [(1, span(-5, 20)), (3, span(20))]),
        (10, None, [(3, span(0, 10)), (1, span(10))]),
        (-5, None, [(1, span(-5))]),
    ],
)
def test_a_new_limit_is_cut_into_the_old_one(home, scheme_worker, first, end, left):
    limit(home, 3)
    actions.set_limit(household=home, places=1, period=span(first, end), by=scheme_worker)
    assert [(row.places, row.period) for row in PlaceLimit.objects.order_by("period")] == left


@pytest.mark.rule("carers.limit_one_to_three")
def test_four_places_are_refused(home, scheme_worker):
    said = refusal(actions.set_limit, household=home, places=4, period=span(0), by=scheme_worker)
    assert "never more" in said
    said = refusal(
        actions.close_places, household=home, places=4, period=span(0), reason="Painting", by=scheme_worker
    )
    assert "never more" in said


def test_places_are_closed_and_opened_again(home, scheme_worker):
    limit(home, 2)
    closure = actions.close_places(
        household=home, places=1, period=span(0), reason="New boiler", by=scheme_worker
    )
    assert places_free(home, span(0)) == 1
    actions.reopen(closure=closure, on=day(10), by=scheme_worker)
    assert (places_free(home, span(0)), places_free(home, span(10))) == (1, 2)
    actions.reopen(closure=closure, on=day(0), by=scheme_worker)
    assert not home.closures.exists()
    assert home.closures.model.history.first().history_change_reason == "available after all"


@pytest.mark.rule("carers.dates_in_order")
def test_a_period_ends_after_it_begins():
    assert "before the first" in refusal(period, day(3), day(3))


# -- Carers ----------------------------------------------------------------------------------------


@pytest.fixture
def carer(home, scheme_worker):
    return actions.register_carer(household=home, by=scheme_worker, given_name="Mary", family_name="Okafor")


def test_a_carer_belongs_to_the_homes_own_scheme(carer, scheme):
    assert carer.organisation == scheme
    assert carer.reference.startswith("C-")
    assert carer.known_as == "Mary Okafor"


def test_details_of_a_carer_are_corrected(carer, scheme_worker):
    actions.correct_carer(carer=carer, by=scheme_worker, version=1, preferred_name="Mo")
    with pytest.raises(Stale):
        actions.correct_carer(carer=carer, by=scheme_worker, version=1, preferred_name="May")
    assert Carer.objects.get().known_as == "Mo Okafor"


def test_a_new_approval_replaces_the_one_of_the_same_reach(carer, person, scheme_manager):
    first = actions.approve(carer=carer, kinds=["live_in"], since=day(0), by=scheme_manager)
    for_one = actions.approve(
        carer=carer, kinds=["live_in"], since=day(0), only_for=person, by=scheme_manager
    )
    second = actions.approve(
        carer=carer, kinds=["live_in", "short_break"], since=day(30), emergency=True, by=scheme_manager
    )
    first.refresh_from_db()
    for_one.refresh_from_db()
    assert (first.until, for_one.until, second.until) == (day(30), None, None)
    assert second.approved_by == scheme_manager


@pytest.mark.rule("carers.approved_for_something")
def test_an_approval_says_what_for(carer, scheme_manager):
    said = refusal(actions.approve, carer=carer, kinds=[], since=day(0), by=scheme_manager)
    assert "at least one kind" in said
    assert not Approval.objects.exists()


def test_a_carer_who_stops_is_approved_no_longer(carer, scheme_manager):
    approval = actions.approve(carer=carer, kinds=["live_in"], since=day(0), by=scheme_manager)
    actions.end_carer(carer=carer, on=day(9), by=scheme_manager)
    approval.refresh_from_db()
    assert approval.until == day(9)
    assert not Carer.objects.active(day(9)).exists()


def test_how_long_training_lasts_comes_from_the_course(carer, scheme_worker):
    course = TrainingCourse.objects.create(slug="fire", name="Fire", refresh_months=24)
    training = actions.record_training(
        carer=carer, course=course, done_on=date(2024, 2, 29), by=scheme_worker
    )
    assert training.expires_on == date(2026, 2, 28)


@pytest.mark.rule("carers.trained_in_the_past")
@pytest.mark.rule("carers.trained_once_a_day")
def test_training_is_recorded_once_and_not_before_it_was_done(carer, scheme_worker):
    course = TrainingCourse.objects.create(slug="fire", name="Fire")
    today = timezone.localdate()
    facts = {"carer": carer, "course": course, "by": scheme_worker}
    assert "not before" in refusal(actions.record_training, done_on=today + timedelta(days=1), **facts)
    actions.record_training(done_on=today, **facts)
    assert "already" in refusal(actions.record_training, done_on=today, **facts)
    assert Training.objects.get().expires_on is None
