"""The pages of homes and carers, as the right users and as the wrong ones."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from carers import actions
from carers.models import Approval, Carer, Closure, Household, PlaceLimit, Training, TrainingCourse
from carers.rules import period
from sharedlives.permissions import Role
from sharedlives.records.models import AccessLogEntry
from sharedlives.records.typed import new_key

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db


def boxes(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def carer(home, scheme):
    return factories.carer(home, scheme, given_name="Mary", family_name="Okafor")


@pytest.fixture
def send(client):
    """Post a form as a user, with its one-time key."""

    def send(user, name, pk=None, **typed):
        client.force_login(user)
        address = reverse(f"carers:{name}", args=[pk] if pk else [])
        return client.post(address, {"form_key": new_key(user), **typed}, follow=False)

    return send


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"carers:{name}", args=args), query)


# -- Lists -----------------------------------------------------------------------------------------


def test_the_list_shows_what_is_free_in_ones_own_homes(
    client, home, carer, scheme_worker, council, other_scheme, people, today
):
    factories.home(council, other_scheme, label="Not yours")
    factories.approval(carer, "live_in", "day_support")
    factories.limit(home, 2, first=-900)
    actions.claim_place(
        person=people[0], household=home, claim="home", period=period(today), state="booked", by=scheme_worker
    )
    page = get(client, scheme_worker, "households").content.decode()
    assert home.label in page
    assert "Live-in, Day support" in page
    assert "Not yours" not in page
    row = get(client, scheme_worker, "households", format="csv").content.decode().splitlines()[1]
    assert row.split(",")[:3] == [home.label, "Northshire", "NS1"]
    assert row.endswith("1,28,Every day,")


def test_the_list_is_narrowed_by_area_kind_and_access(
    client, home, other_home, carer, scheme_worker, council
):
    factories.approval(carer, "short_break")
    other_home.step_free = True
    other_home.save()

    def shown(**query):
        page = get(client, scheme_worker, "households", **query).content.decode()
        return [one.label in page for one in (home, other_home)]

    assert shown() == [True, True]
    assert shown(kind="short_break") == [True, False]
    assert shown(access="step_free") == [False, True]
    assert shown(area=str(council.pk)) == [True, True]
    assert shown(area="nonsense") == [True, True]


@pytest.mark.parametrize("name", ["households", "carers"])
def test_a_list_costs_the_same_for_ten_and_for_a_hundred(
    client, scheme, council, scheme_worker, people, name
):
    def fill(number):
        for _n in range(number):
            home = factories.home(council, scheme)
            factories.stay(people[0], home, "night", first=_n, end=_n + 1, state="found")
            factories.closure(home, 1, first=3)
            factories.approval(factories.carer(home, scheme), "live_in")

    get(client, scheme_worker, name)  # the first page after signing in also notes the session
    costs = []
    for number in (10, 90):
        fill(number)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"carers:{name}")).status_code == 200
        costs.append([q["sql"] for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])
    assert len(costs[0]) == len(costs[1]) <= 12


def test_the_list_of_carers_is_the_schemes_own(client, carer, scheme_worker, council, other_scheme):
    factories.carer(factories.home(council, other_scheme), other_scheme, family_name="Stranger")
    factories.approval(carer, "live_in")
    page = get(client, scheme_worker, "carers").content.decode()
    assert "Mary Okafor" in page
    assert "Live-in" in page
    assert "Stranger" not in page


# -- One home --------------------------------------------------------------------------------------


def test_a_home_shows_its_own_people_by_name_and_counts_the_others(
    client, home, supported_person, people, scheme_worker, today
):
    for person in (supported_person, people[0]):
        actions.claim_place(
            person=person,
            household=home,
            claim="home",
            period=period(today),
            state="booked",
            by=scheme_worker,
        )
    page = get(client, scheme_worker, "household", home.pk).content.decode()
    assert supported_person.known_as in page
    assert people[0].known_as not in page
    assert "Another person" in page
    assert "2 of 3" in page
    assert AccessLogEntry.objects.get().person_ids == [supported_person.pk]


def test_a_home_with_four_adults_says_so(client, home, people, scheme_worker, today):
    for person in people[:4]:
        actions.record_found(
            person=person,
            household=home,
            claim="home",
            period=period(today),
            by=scheme_worker,
            why="all came",
        )
    page = get(client, scheme_worker, "household", home.pk).content.decode()
    assert "At most three may be supported" in page
    assert "Found there, out of rule" in page
    assert "None in sight" in page


def test_a_home_shows_closures_family_and_limit(client, home, scheme_worker, today):
    actions.set_limit(household=home, places=2, period=period(today), by=scheme_worker)
    actions.close_places(
        household=home,
        places=1,
        period=period(today, today + timedelta(days=3)),
        reason="New boiler",
        by=scheme_worker,
    )
    actions.add_member(household=home, given_name="Ada", relation="daughter", by=scheme_worker)
    page = get(client, scheme_worker, "household", home.pk).content.decode()
    for words in (
        "New boiler",
        "Ada (daughter)",
        "2 places",
        "0 of 1",
        "Open again",
        "1 place from",
        "Every day, in the next",
    ):
        assert words in page


@pytest.mark.parametrize(
    "name",
    [
        "household",
        "edit_household",
        "set_limit",
        "close_places",
        "register_carer",
        "share_household",
        "add_member",
    ],
)
def test_a_home_of_another_scheme_does_not_exist(
    client, council, other_scheme, scheme_worker, care_manager, name
):
    elsewhere = factories.home(council, other_scheme)
    assert get(client, scheme_worker, name, elsewhere.pk).status_code == 404
    assert get(client, care_manager, name, elsewhere.pk).status_code == 403


def test_a_closure_of_another_scheme_does_not_exist(client, council, other_scheme, scheme_worker, scheme):
    closure = factories.closure(factories.home(council, other_scheme))
    assert get(client, scheme_worker, "reopen", closure.pk).status_code == 404
    assert get(client, scheme_worker, "reopen", scheme.pk).status_code == 404


ADDRESS = {
    "label": "The Okafors",
    "address": "12 Station Road",
    "postcode": "NS4 7QT",
    "uprn": "",
    "places": 2,
}


def test_a_home_is_registered_and_a_second_time_refused_with_words(send, scheme, council, scheme_worker):
    typed = ADDRESS | {"scheme": scheme.pk, "council": council.pk}
    answer = send(scheme_worker, "register_household", **typed)
    home = Household.objects.get()
    assert answer.url == home.get_absolute_url()
    again = send(scheme_worker, "register_household", **typed | {"address": "12 station rd."})
    assert again.status_code == 422
    assert b"on our records already" in again.content
    assert b"12 station rd." in again.content


def test_a_home_is_not_registered_for_another_scheme(send, other_scheme, council, scheme_worker):
    typed = ADDRESS | {"scheme": other_scheme.pk, "council": council.pk}
    assert send(scheme_worker, "register_household", **typed).status_code == 422
    assert not Household.objects.exists()


def test_details_are_changed_and_a_newer_version_is_told(send, home, scheme_worker, council):
    typed = ADDRESS | {"council": council.pk, "pets": "Two dogs", "form_version": 1}
    assert send(scheme_worker, "edit_household", home.pk, **typed).status_code == 302
    late = send(scheme_worker, "edit_household", home.pk, **typed | {"pets": "A cat"})
    assert late.status_code == 422
    assert b"Somebody else saved this" in late.content
    home.refresh_from_db()
    assert home.pets == "Two dogs"


def test_the_limit_is_set_up_to_a_last_day_that_counts(send, home, scheme_worker, today):
    last = today + timedelta(days=6)
    answer = send(
        scheme_worker, "set_limit", home.pk, places=1, **boxes("since", today), **boxes("until", last)
    )
    assert answer.status_code == 302
    assert PlaceLimit.objects.get().period == period(today, today + timedelta(days=7))
    wrong = send(
        scheme_worker, "set_limit", home.pk, places=1, **boxes("since", last), **boxes("until", today)
    )
    assert b"before the first" in wrong.content


def test_places_are_closed_and_opened_on_the_pages(send, home, scheme_worker, today):
    send(scheme_worker, "close_places", home.pk, places=2, reason="Painting", **boxes("since", today))
    closure = Closure.objects.get()
    assert closure.period == period(today)
    assert (
        send(scheme_worker, "reopen", closure.pk, **boxes("on", today + timedelta(days=2))).status_code == 302
    )
    closure.refresh_from_db()
    assert closure.period == period(today, today + timedelta(days=2))


def test_the_family_is_added_with_a_month_of_birth(send, home, scheme_worker):
    bad = send(scheme_worker, "add_member", home.pk, given_name="Ada", relation="daughter", born_in="June")
    assert b"such as 6 2015" in bad.content
    send(scheme_worker, "add_member", home.pk, given_name="Ada", relation="daughter", born_in="6 2015")
    assert home.members.get().born_in.isoformat() == "2015-06-01"


def test_a_home_is_shared_on_its_page(send, client, home, scheme_worker, other_scheme):
    neighbour = cast.user("Elsewhere", other_scheme, Role.SCHEME_WORKER)
    send(scheme_worker, "share_household", home.pk, scheme=other_scheme.pk)
    assert get(client, neighbour, "household", home.pk).status_code == 200


# -- One carer -------------------------------------------------------------------------------------


def test_a_carer_is_added_to_a_home(send, home, scheme_worker, scheme):
    answer = send(scheme_worker, "register_carer", home.pk, given_name="Mary", family_name="Okafor")
    carer = Carer.objects.get()
    assert answer.url == carer.get_absolute_url()
    assert (carer.household, carer.organisation) == (home, scheme)


def test_a_carers_page_tells_approval_training_and_what_lapses(
    client, carer, scheme_worker, scheme_manager, today
):
    course = TrainingCourse.objects.get(slug="emergency-placements")
    actions.approve(carer=carer, kinds=["live_in"], since=today, emergency=True, by=scheme_manager)
    page = get(client, scheme_worker, "carer", carer.pk).content.decode()
    assert "Approved, but not ready: Emergency placements was not done" in page
    assert "First aid" in page
    actions.record_training(carer=carer, course=course, done_on=today - timedelta(days=700), by=scheme_worker)
    page = get(client, scheme_worker, "carer", carer.pk).content.decode()
    assert "Yes, approved and trained" in page
    assert "Expires soon" in page


def test_an_approval_for_one_person_names_them_only_to_those_who_may_see(
    client, carer, supported_person, scheme_worker, home, other_scheme
):
    factories.approval(carer, "live_in", only_for=supported_person)
    assert supported_person.known_as in get(client, scheme_worker, "carer", carer.pk).content.decode()
    assert set(AccessLogEntry.objects.get().person_ids) == {supported_person.pk, carer.pk}
    home.scheme_links.create(scheme=other_scheme)
    page = get(client, cast.user("Elsewhere", other_scheme, Role.SCHEME_WORKER), "carer", carer.pk)
    assert "Only one person" in page.content.decode()
    assert supported_person.known_as not in page.content.decode()


def test_a_scheme_manager_approves_and_a_worker_may_not(
    send, client, carer, scheme_worker, scheme_manager, today
):
    assert get(client, scheme_worker, "approve", carer.pk).status_code == 403
    typed = {"kinds": ["live_in", "short_break"], "emergency": "on", **boxes("since", today)}
    assert send(scheme_manager, "approve", carer.pk, **typed).status_code == 302
    approval = Approval.objects.get()
    assert (approval.kinds, approval.emergency, approval.approved_by) == (
        ["live_in", "short_break"],
        True,
        scheme_manager,
    )


def test_an_approval_for_one_person_takes_a_reference_of_ones_own_people(
    send, carer, supported_person, person, other_team, scheme_manager, today
):
    typed = {"kinds": ["live_in"], **boxes("since", today)}
    stranger = cast.person(other_team)
    refused = send(scheme_manager, "approve", carer.pk, only_for=stranger.reference, **typed)
    assert b"Copy it from their page" in refused.content
    send(scheme_manager, "approve", carer.pk, only_for=supported_person.reference.lower(), **typed)
    assert Approval.objects.get().only_for == supported_person


def test_training_is_recorded_and_a_date_to_come_is_refused(send, carer, scheme_worker, today):
    course = TrainingCourse.objects.get(slug="first-aid")
    typed = {"course": course.pk}
    wrong = send(
        scheme_worker, "record_training", carer.pk, **typed, **boxes("done_on", today + timedelta(days=1))
    )
    assert b"not before" in wrong.content
    assert (
        send(scheme_worker, "record_training", carer.pk, **typed, **boxes("done_on", today)).status_code
        == 302
    )
    assert Training.objects.get().expires_on.year == today.year + 3


def test_details_of_a_carer_are_changed(send, carer, scheme_worker):
    typed = {"given_name": "Mary", "family_name": "Okafor", "languages": "Igbo, English", "form_version": 1}
    assert send(scheme_worker, "edit_carer", carer.pk, **typed).status_code == 302
    carer.refresh_from_db()
    assert carer.languages == "Igbo, English"


def test_a_carer_stops(send, client, carer, scheme_manager, scheme_worker, today):
    assert get(client, scheme_worker, "end_carer", carer.pk).status_code == 403
    send(scheme_manager, "end_carer", carer.pk, because="retired", **boxes("on", today))
    carer.refresh_from_db()
    assert carer.ended_on == today


@pytest.mark.parametrize("name", ["carer", "edit_carer", "approve", "record_training", "end_carer"])
def test_a_carer_of_another_scheme_does_not_exist(
    client, council, other_scheme, scheme_manager, care_manager, name
):
    stranger = factories.carer(factories.home(council, other_scheme), other_scheme)
    assert get(client, scheme_manager, name, stranger.pk).status_code == 404
    assert get(client, care_manager, name, stranger.pk).status_code == 403


def test_a_role_in_one_scheme_gives_no_right_in_another(client, home, carer, scheme_worker, other_scheme):
    """A worker here who is a manager elsewhere may not approve here with the role from there."""
    scheme_worker.memberships.create(organisation=other_scheme, role=Role.SCHEME_MANAGER)
    assert get(client, scheme_worker, "approve", carer.pk).status_code == 403


# -- What a page costs -----------------------------------------------------------------------------


def test_a_home_and_a_carer_cost_at_most_twelve_queries(
    client, home, carer, supported_person, people, scheme_manager, today
):
    for person in (supported_person, *people[:2]):
        actions.record_found(
            person=person,
            household=home,
            claim="home",
            period=period(today),
            by=scheme_manager,
            why="all came",
        )
    for course in TrainingCourse.objects.all():
        factories.training(carer, course)
    factories.approval(carer, "live_in", only_for=supported_person, approved_by=scheme_manager)
    get(client, scheme_manager, "households")  # the first page after signing in also notes the session
    for name, row in (("household", home), ("carer", carer)):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"carers:{name}", args=[row.pk])).status_code == 200
        asked = [q["sql"] for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert len(asked) <= 12, "\n".join(sql[:120] for sql in asked)
