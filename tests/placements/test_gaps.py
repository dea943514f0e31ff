"""What a record lacks, as the nightly sweep reads it."""

import pytest
from django.utils import timezone

from people.models import Involvement
from placements.gaps import GAPS

from . import factories

pytestmark = pytest.mark.django_db
BY_CODE = {gap.code: gap for gap in GAPS}


def found(code):
    return list(BY_CODE[code].found(timezone.localdate()))


@pytest.mark.parametrize("code", ["placements.no_signed_plan", "placements.no_risk_assessment"])
def test_a_running_placement_without_plan_or_risk_is_a_gap_of_its_team(
    code, person, team, scheme, carer, scheme_worker, care_manager
):
    assert found(code) == []
    placement = factories.existing(person, scheme, carer, scheme_worker)
    row = {"subject_id": placement.pk, "person_id": person.pk, "owner_organisation_id": team.pk}
    assert found(code) == [row]
    factories.careplans.signed_plan(person, care_manager)
    factories.signed_risk(person, care_manager)
    assert found(code) == []


def test_without_a_funding_team_the_scheme_owns_the_gap(person, scheme, carer, scheme_worker):
    Involvement.objects.filter(role="funds").update(until=factories.today())
    factories.existing(person, scheme, carer, scheme_worker)
    assert [row["owner_organisation_id"] for row in found("placements.no_signed_plan")] == [scheme.pk]


def test_a_placement_without_a_named_care_manager_is_a_gap(
    person, scheme, carer, scheme_worker, care_manager
):
    placement = factories.existing(person, scheme, carer, scheme_worker)
    assert found("placements.no_care_manager") == []
    Involvement.objects.filter(role="funds").update(worker=None)
    assert [row["subject_id"] for row in found("placements.no_care_manager")] == [placement.pk]
    Involvement.objects.filter(role="funds").update(worker=care_manager)
    care_manager.is_active = False
    care_manager.save()
    assert len(found("placements.no_care_manager")) == 1


def test_a_living_person_whom_no_team_funds_is_a_gap_of_the_council(person, council, care_manager):
    assert found("placements.no_funding_team") == []
    Involvement.objects.update(until=factories.today())
    row = {"subject_id": person.pk, "person_id": person.pk, "owner_organisation_id": council.pk}
    assert found("placements.no_funding_team") == [row]
    person.date_of_death = factories.today()
    person.save()
    assert found("placements.no_funding_team") == []
