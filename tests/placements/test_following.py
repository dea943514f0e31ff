"""Placements follow what happens beneath: stays that move, and what was owed after an emergency and is there now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from carers import actions as carers
from carers.models import TrainingCourse
from placements.models import OwedAfterEmergency, Placement
from sharedlives.permissions import Role

from .. import factories as cast
from ..careplans import factories as plans
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(scheme, council, scheme_worker):
    return factories.home(scheme, council, scheme_worker)


@pytest.fixture
def carer(home, scheme_worker):
    return factories.carer(home, scheme_worker)


@pytest.fixture
def placement(supported_person, scheme, carer, scheme_worker):
    return factories.existing(supported_person, scheme, carer, scheme_worker)


def owed(placement):
    rows = OwedAfterEmergency.objects.filter(placement=placement, done_on=None)
    return set(rows.values_list("what", flat=True))


@pytest.mark.follower("placements.actions.following.follow_stays")
def test_when_the_home_moves_house_its_placements_follow(placement, home, scheme_worker):
    today = timezone.localdate()
    new = carers.move_house(
        household=home, address="2 Hill Street", postcode="NS2 2BB", on=today, by=scheme_worker
    )
    placement.refresh_from_db()
    assert placement.household == new
    stays = [row.stay for row in placement.bookings.select_related("stay").order_by("stay__period")]
    assert [(stay.household, stay.period.upper) for stay in stays] == [(home, today), (new, None)]


def test_when_two_rows_are_joined_they_follow_too(
    placement, home, council, scheme, scheme_worker, scheme_manager
):
    kept = factories.home(scheme, council, scheme_worker)
    pair = carers.say_same_dwelling(kept=kept, other=home, why="One front door", by=scheme_manager)
    carers.join_dwellings(pair=pair, by=scheme_manager)
    placement.refresh_from_db()
    assert placement.household == kept
    assert placement.bookings.get().stay.household == kept


def test_an_ended_placement_keeps_the_home_it_had(placement, home, scheme_worker, care_manager):
    Placement.objects.filter(pk=placement.pk).update(
        state="ended", ended_on=timezone.localdate(), end_reason="moved_on"
    )
    carers.move_house(
        household=home,
        address="2 Hill Street",
        postcode="NS2 2BB",
        on=timezone.localdate(),
        by=scheme_worker,
    )
    placement.refresh_from_db()
    assert placement.household == home


@pytest.mark.follower("placements.actions.following.close_owed_of_person")
def test_what_is_signed_or_acknowledged_closes_what_was_owed(
    placement, supported_person, scheme, care_manager, scheme_worker
):
    assert {"plan", "assessment", "risk", "responsibilities", "agreement"} <= owed(placement)
    plans.assessment(supported_person, care_manager)
    assert "assessment" not in owed(placement)
    factories.signed_risk(supported_person, care_manager)
    assert "risk" not in owed(placement)
    factories.responsibilities(supported_person, scheme, care_manager, scheme_worker)
    assert "responsibilities" not in owed(placement)
    factories.held_plan(supported_person, scheme, care_manager, scheme_worker)
    assert "plan" not in owed(placement)
    factories.sign_all(factories.agreement(placement, scheme_worker), scheme_worker, care_manager)
    assert owed(placement) == set()
    assert set(OwedAfterEmergency.objects.values_list("closed_because", flat=True)) == {"It is there now"}


@pytest.mark.follower("placements.actions.following.close_owed_of_carer")
def test_approval_and_training_close_what_was_owed(
    supported_person, scheme, home, scheme_worker, scheme_manager
):
    carer = factories.carer(home, scheme_worker, kinds=(), skilled=False)
    placement = factories.existing(supported_person, scheme, carer, scheme_worker)
    assert {"approval", "training"} <= owed(placement)
    since = timezone.localdate() - timedelta(days=1)
    carers.approve(carer=carer, kinds=["live_in"], since=since, by=scheme_manager)
    assert "approval" not in owed(placement)
    assert "training" in owed(placement)
    for course in TrainingCourse.objects.filter(mandatory=True):
        carers.record_training(carer=carer, course=course, done_on=since, by=scheme_worker)
    assert "training" not in owed(placement)


def test_what_concerns_another_person_closes_nothing(placement, team, care_manager):
    stranger = cast.person(team, worker=care_manager)
    before = owed(placement)
    plans.assessment(stranger, care_manager)
    assert owed(placement) == before
    assert care_manager.memberships.get().role == Role.CARE_MANAGER
