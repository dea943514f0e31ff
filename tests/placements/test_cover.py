"""Tonight's cover: who is there, whom to ring, who may take them in; one button, and the place at home is kept."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from carers import actions as carers
from carers.codes import PlacementKind
from carers.models import PlanB, Stay
from people import actions as people
from placements import actions, queries
from placements.models import Placement

from .. import factories as cast
from ..careplans.pages import queries_of, send, text
from ..risk.test_actions import assert_broken
from . import factories
from .factories import days

pytestmark = pytest.mark.django_db


def ready_for_emergencies(scheme, council, by, **facts):
    home = factories.home(scheme, council, by, **facts)
    row = factories.carer(home, by, emergency=True)
    return factories.trained(row, by, for_emergencies=True, mandatory=False)


@pytest.fixture
def placement(supported_person, scheme, carer, scheme_worker):
    return factories.existing(supported_person, scheme, carer, scheme_worker)


@pytest.fixture
def other(scheme, council, scheme_worker):
    return ready_for_emergencies(scheme, council, scheme_worker)


def offered(person, scheme):
    return [home.carer for home in queries.emergency_homes(person, [scheme.pk], cast.today())]


def test_nobody_is_offered_who_may_not_start(placement, other, scheme, scheme_worker, scheme_manager):
    assert offered(placement.person, scheme) == [other]
    suspension = carers.suspend(
        carer=other, on=days(30), because="asked", by=scheme_manager
    ).suspensions.get()
    assert offered(placement.person, scheme) == []
    carers.lift_suspension(suspension=suspension, on=days(30), by=scheme_manager)
    assert offered(placement.person, scheme) == [other]
    carers.end_carer(carer=other, on=days(60), because="resigned", by=scheme_manager)
    assert offered(placement.person, scheme) == [], "has announced an end"
    other.refresh_from_db()
    take = {"carer": other, "household": other.household, "why": "The carer is ill", "by": scheme_worker}
    assert_broken(
        "carers.takes_nobody_new", lambda: actions.cover(placement=placement, scheme=scheme, **take)
    )


def test_a_home_that_the_scheme_leaves_is_not_offered(placement, other, scheme, scheme_manager):
    carers.leave_home(household=other.household, scheme=scheme, on=days(60), by=scheme_manager)
    assert offered(placement.person, scheme) == []


def test_a_carer_who_stops_fits_no_referral(accepted, carer, scheme, scheme_manager):
    found = lambda: queries.candidates(accepted, [scheme.pk], PlacementKind.LIVE_IN, cast.today())  # noqa: E731
    assert found().verdicts.tally["approval"] == (1, 0, 0)
    carers.end_carer(carer=carer, on=days(60), because="retired", by=scheme_manager)
    assert found().verdicts.tally["approval"] == (0, 1, 0)
    (shown,) = found().candidates
    assert [fit.words for fit in shown.against][0].startswith("Stops being a carer on ")


def test_who_lives_there_is_away_and_keeps_the_place(placement, other, scheme, scheme_worker):
    taken_in = actions.cover(
        placement=placement,
        scheme=scheme,
        carer=other,
        household=other.household,
        why="She has the flu",
        until=days(3),
        by=scheme_worker,
    )
    assert (taken_in.route, taken_in.kind) == ("emergency", "short_break")
    assert {row.due_on for row in taken_in.owed.all()} == {days(3)}
    assert queries.stay_of(placement).period.upper is None, "the place at home is given up"
    away = placement.away.get()
    assert (away.reason, away.expected_on) == ("break", days(3))


def test_a_guest_goes_on_to_the_other_carer(supported_person, scheme, carer, other, scheme_worker):
    guest = factories.existing(
        supported_person, scheme, carer, scheme_worker, kind="short_break", since=days(-2)
    )
    actions.cover(
        placement=guest,
        scheme=scheme,
        carer=other,
        household=other.household,
        why="She fell",
        by=scheme_worker,
    )
    assert queries.stay_of(guest).period.upper == cast.today()
    assert not guest.away.exists()
    assert Stay.objects.counted().on(cast.today()).get(person=supported_person).household == other.household


def test_the_page_says_whom_to_ring_and_one_button_starts_the_clock(
    placement, home, other, team, other_scheme, care_manager, scheme_worker, client
):
    stranger = cast.person(team, worker=care_manager, given_name="Zebedee")
    neighbour = cast.user("Nia North", other_scheme, "scheme_worker")
    factories.existing(stranger, other_scheme, placement.carer, neighbour)
    people.add_contact(
        person=placement.person,
        kind="family",
        name="Ada Hill",
        relation="sister",
        phone="01632 960001",
        by=care_manager,
    )
    client.force_login(scheme_worker)
    address = reverse("placements:cover", args=[home.pk])
    shown = text(client.get(address))
    assert "This home has no plan B yet" in shown and "01632 960001" in shown and str(other) in shown
    assert "1 other person is here tonight" in shown and "Zebedee" not in shown
    assert len(queries_of(client, address)) <= 12
    button = reverse("placements:cover_person", args=[placement.pk])
    prefix = f"p{placement.pk.hex[:8]}"
    typed = {f"{prefix}-carer": other.pk, f"{prefix}-why": "The carer is ill."}
    assert send(client, button, typed).status_code == 302
    assert Placement.objects.get(person=placement.person, route="emergency").carer == other
    agree = reverse("carers:write_plan_b", args=[home.pk])
    for words in ("Ring Ada first", "Ring Ada, then the neighbour"):
        assert send(client, agree, {"words": words, "stands_in": other.pk}).status_code == 302
    assert PlanB.objects.count() == 2
    shown = text(client.get(address))
    assert "Ring Ada, then the neighbour" in shown and "has said that they would stand in" in shown


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("carers_one_plan_b_in_force", {}),
        ("carers_plan_b_in_words", {"words": "", "until": days(1)}),
        ("carers_plan_b_dates_in_order", {"until": days(-400)}),
    ],
)
def test_the_database_keeps_one_plan_b_in_words(home, scheme_worker, name, facts):
    first = carers.write_plan_b(household=home, words="Ring Ada", by=scheme_worker)
    fields = {"words": "More", "until": None} | facts
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO carers_planb (id, version, household_id, words, since, until)"
            " SELECT gen_random_uuid(), 1, household_id, %s, since, %s FROM carers_planb WHERE id = %s",
            [fields["words"], fields["until"], first.pk],
        )
    assert refused.value.__cause__.diag.constraint_name == name
