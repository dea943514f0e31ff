from datetime import timedelta

import pytest

from careplans.models import Outcome
from reviews import actions
from reviews.gaps import NO_REVIEW_IN_SIGHT, NOT_RATED_YET

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


def test_what_could_not_be_said_yet_is_to_be_sorted_out_until_a_later_review_says_it(
    both, care_manager, supported_person, team
):
    put_off = {
        f"outcome-{outcome.pk}-rating": "not_yet"
        for outcome in Outcome.objects.filter(plan__person=supported_person)
    }
    assert put_off
    because = {name.replace("rating", "words"): "The course begins in May" for name in put_off}
    factories.held([both[0]], care_manager, held_on=factories.ago(1), **put_off, **because)
    row = {
        "subject_id": supported_person.pk,
        "person_id": supported_person.pk,
        "owner_organisation_id": team.pk,
    }
    assert list(NOT_RATED_YET.found(today())) == [row]
    factories.held([both[1]], care_manager)
    assert list(NOT_RATED_YET.found(today())) == []
