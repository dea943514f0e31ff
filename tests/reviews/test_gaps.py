from datetime import timedelta

import pytest

from reviews import actions
from reviews.gaps import NO_REVIEW_IN_SIGHT

from . import factories
from .factories import today

pytestmark = pytest.mark.django_db


def test_a_placement_without_a_review_in_sight_is_found(
    placement, both, care_manager, supported_person, team
):
    assert list(NO_REVIEW_IN_SIGHT.found(today())) == []
    actions.no_longer_owed(due=both[1], why="By mistake", on=today(), by=care_manager)
    row = {"subject_id": placement.pk, "person_id": supported_person.pk, "owner_organisation_id": team.pk}
    assert list(NO_REVIEW_IN_SIGHT.found(today())) == [row]


def test_a_plan_without_a_review_in_sight_is_found_too(both, care_manager):
    actions.no_longer_owed(due=both[0], why="By mistake", on=today(), by=care_manager)
    assert len(NO_REVIEW_IN_SIGHT.found(today())) == 1


def test_what_has_not_begun_or_has_ended_lacks_nothing(supported_person, scheme, team):
    factories.placement(supported_person, scheme, team, started=today() + timedelta(days=3))
    factories.placement(
        supported_person, scheme, team, state="ended", ended_on=today(), end_reason="moved_on"
    )
    assert list(NO_REVIEW_IN_SIGHT.found(today())) == []
