"""What a record lacks, as the nightly sweep reads it."""

import pytest
from django.utils import timezone

from people.actions import record_legal_fact
from people.models import Involvement
from placements import actions
from placements.gaps import GAPS

from .. import factories as people
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


def test_signed_for_the_person_without_a_decision_about_capacity_is_a_gap(
    supported_person, scheme, carer, scheme_worker, care_manager
):
    code = "placements.licence_without_capacity_decision"
    placement = factories.existing(supported_person, scheme, carer, scheme_worker)
    row = factories.agreement(placement, scheme_worker)
    deputy = people.attorney(supported_person, care_manager, name="Karim Rahman", kind="deputy")
    facts = {"agreement": row, "how": "On paper", "on": factories.today()}
    for party, by in (("carer", scheme_worker), ("scheme", scheme_worker), ("team", care_manager)):
        actions.sign_agreement(party=party, name="x", by=by, **facts)
    assert found(code) == []
    actions.sign_agreement(party="representative", representative=deputy, by=scheme_worker, **facts)
    assert [row["subject_id"] for row in found(code)] == [placement.pk]
    record_legal_fact(
        person=supported_person,
        kind="licence",
        about="The room in Mill Lane",
        has_capacity=False,
        since=factories.today(),
        risk_note="May forget",
        by=care_manager,
    )
    assert found(code) == []
