"""A home moves house; two rows of one dwelling are closed to bookings, joined, and counted together."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from carers import actions
from carers.models import Carer, Household, SameDwelling, Stay
from carers.rules import period
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

from . import factories

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def claim(person, home, by, state="booked", first=None):
    return actions.claim_place(
        person=person, household=home, claim="home", period=period(first or today()), state=state, by=by
    )


def refusal(call, **kwargs):
    with pytest.raises(RuleBroken) as caught, transaction.atomic():
        call(**kwargs)
    return " ".join(caught.value.messages)


# -- A home moves house ----------------------------------------------------------------------------------


def test_the_family_and_everybody_there_go_along(home, scheme, people, scheme_worker):
    stay = claim(people[0], home, scheme_worker, first=today() - timedelta(days=30))
    carer = factories.carer(home, scheme)
    actions.add_member(household=home, given_name="Joe", relation="son", by=scheme_worker)
    actions.set_limit(household=home, places=1, period=period(today() - timedelta(days=60)), by=scheme_worker)
    new = actions.move_house(
        household=home, address="2 Hill Street", postcode="ns2 2bb", on=today(), by=scheme_worker
    )
    assert (new.postcode, new.label, new.council) == ("NS2 2BB", home.label, home.council)
    stay.refresh_from_db()
    assert stay.period.upper == today()
    assert Stay.objects.get(household=new).person == people[0]
    assert Carer.objects.get(pk=carer.pk).household == new
    assert new.members.get().given_name == "Joe"
    assert new.limits.get().places == 1
    assert Household.objects.visible_to(scheme_worker).filter(pk=new.pk).exists()


@pytest.mark.rule("carers.moved_already")
def test_a_move_to_come_is_not_recorded_yet(home, scheme_worker):
    facts = {"address": "2 Hill Street", "postcode": "NS2 2BB", "on": today() + timedelta(days=1)}
    assert "once it has happened" in refusal(actions.move_house, household=home, by=scheme_worker, **facts)


def test_a_move_to_a_dwelling_that_we_have_is_told(home, other_home, scheme_worker):
    actions.correct_household(household=other_home, address="2 Hill Street", by=scheme_worker)
    facts = {"address": "2 Hill Street", "postcode": "NS1 1AA", "on": today()}
    assert "on our records already" in refusal(actions.move_house, household=home, by=scheme_worker, **facts)


def test_moved_on_the_page(home, scheme_worker, client):
    client.force_login(scheme_worker)
    url = reverse("carers:move_house", args=[home.pk])
    assert client.get(url).status_code == 200
    day = {"on_0": today().day, "on_1": today().month, "on_2": today().year}
    typed = {"form_key": new_key(scheme_worker), "address": "2 Hill Street", "postcode": "NS2 2BB"}
    assert client.post(url, typed | day).status_code == 302
    assert Household.objects.filter(address="2 Hill Street").exists()


# -- Two rows of one dwelling ----------------------------------------------------------------------------


@pytest.fixture
def pair(home, other_home, scheme_manager):
    return actions.say_same_dwelling(kept=home, other=other_home, why="One front door", by=scheme_manager)


@pytest.mark.rule("carers.join_first")
def test_nothing_new_is_booked_at_either_until_they_are_joined(home, other_home, people, scheme_worker, pair):
    for row in (home, other_home):
        said = refusal(claim, person=people[0], home=row, by=scheme_worker)
        assert "stands on our records twice" in said
    found = {"claim": "home", "period": period(today()), "why": "Really there"}
    actions.record_found(person=people[0], household=home, by=scheme_worker, **found)


def test_what_was_there_goes_on_and_ends(home, other_home, people, scheme_worker, scheme_manager):
    stay = claim(people[0], home, scheme_worker, first=today() - timedelta(days=9))
    actions.say_same_dwelling(kept=home, other=other_home, why="One front door", by=scheme_manager)
    ended = actions.end_stay(stay=stay, leaving_on=today(), by=scheme_worker)
    assert ended.period.upper == today()


def test_by_direct_sql_too(home, other_home, people, scheme_worker, pair):
    with pytest.raises(IntegrityError, match="twice"), transaction.atomic():
        factories.stay(people[0], other_home)
    elsewhere = factories.home(home.council)
    stay = factories.stay(people[0], elsewhere)
    with (
        pytest.raises(IntegrityError, match="twice"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE carers_stay SET household_id = %s WHERE id = %s", [home.pk, stay.pk])


def test_joined_they_are_counted_together(home, other_home, people, scheme, scheme_worker, scheme_manager):
    claim(people[0], home, scheme_worker)
    moved = [claim(person, other_home, scheme_worker) for person in people[1:3]]
    carer = factories.carer(other_home, scheme)
    pair = actions.say_same_dwelling(kept=home, other=other_home, why="One front door", by=scheme_manager)
    assert actions.join_dwellings(pair=pair, by=scheme_manager) == 0
    assert Stay.objects.filter(household=home, state="booked").count() == 3
    assert Carer.objects.get(pk=carer.pk).household == home
    assert "three" in refusal(claim, person=people[3], home=home, by=scheme_worker)
    assert "twice" in refusal(claim, person=people[3], home=other_home, by=scheme_worker)
    assert not Household.objects.visible_to(scheme_worker).filter(pk=other_home.pk).exists()
    told = moved[0].history.first()
    assert (told.history_user, told.history_change_reason) == (
        scheme_manager,
        "two rows of one dwelling were joined",
    )


def test_nobody_is_put_out_by_a_join(home, other_home, people, scheme_worker, scheme_manager):
    for person in people[:3]:
        claim(person, home, scheme_worker)
    fourth = claim(people[3], other_home, scheme_worker)
    pair = actions.say_same_dwelling(kept=home, other=other_home, why="One front door", by=scheme_manager)
    assert actions.join_dwellings(pair=pair, by=scheme_manager) == 1
    fourth.refresh_from_db()
    assert (fourth.state, fourth.household, fourth.version) == ("found", home, 2)


def test_a_scheme_of_the_other_row_sees_the_one_that_is_kept(
    home, council, other_scheme, scheme_manager, client
):
    theirs = factories.home(council, other_scheme)
    pair = actions.say_same_dwelling(kept=home, other=theirs, why="One front door", by=scheme_manager)
    actions.join_dwellings(pair=pair, by=scheme_manager)
    assert home.scheme_links.filter(scheme=other_scheme, until=None).exists()
    assert not theirs.scheme_links.filter(until=None).exists()


@pytest.mark.rule("carers.said_already")
def test_said_and_joined_once(home, other_home, council, scheme_manager, pair):
    third = factories.home(council)
    for kept, other in ((third, other_home), (other_home, third)):
        said = refusal(actions.say_same_dwelling, kept=kept, other=other, why="Again", by=scheme_manager)
        assert "second row of a dwelling already" in said
    actions.join_dwellings(pair=pair, by=scheme_manager)
    assert "joined" in refusal(actions.join_dwellings, pair=pair, by=scheme_manager)


@pytest.mark.rule("carers.two_rows")
def test_a_row_is_not_its_own_twin(home, scheme_manager):
    assert "same row" in refusal(
        actions.say_same_dwelling, kept=home, other=home, why="One", by=scheme_manager
    )
    with pytest.raises(IntegrityError, match="carers_two_rows_of_one_dwelling"), transaction.atomic():
        SameDwelling.objects.create(kept=home, other=home, why="One", said_by=scheme_manager)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("carers_same_dwelling_says_why", "why = ''"),
        ("carers_joined_by_somebody_on_a_day", "joined_on = said_on"),
    ],
)
def test_the_database_keeps_who_and_why(pair, constraint, change):
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE carers_samedwelling SET {change}")


def test_said_and_joined_on_the_pages(home, council, other_scheme, scheme_manager, scheme_worker, client):
    theirs = factories.home(council, other_scheme, label="The secret home")
    url = reverse("carers:same_dwelling", args=[home.pk])
    client.force_login(scheme_manager)
    page = client.get(url).content.decode()
    assert "A home of Hillside Shared Lives at the same postcode" in page
    assert "The secret home" not in page
    typed = {"form_key": new_key(scheme_manager), "other": theirs.pk, "why": "One front door"}
    assert client.post(url, typed).status_code == 302
    pair = SameDwelling.objects.get()
    client.force_login(scheme_worker)
    assert "A scheme manager can join them" in client.get(home.get_absolute_url()).content.decode()
    client.force_login(scheme_manager)
    join = reverse("carers:join_dwellings", args=[pair.pk])
    assert join in client.get(home.get_absolute_url()).content.decode()
    assert client.post(join, {"form_key": new_key(scheme_manager)}).status_code == 302
    pair.refresh_from_db()
    assert (pair.joined_on, pair.joined_by) == (today(), scheme_manager)
