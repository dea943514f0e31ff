"""Nobody decides about a carer who is close to them: no match, no start, no signature, no agreeing to a gap."""

import pytest
from django.db import transaction

from carers import actions as carers
from placements import actions
from placements.models import Placement
from sharedlives.permissions import Role
from sharedlives.rules import RuleBroken

from .. import factories as people
from . import factories

pytestmark = pytest.mark.django_db

REFUSED = "Nobody decides about their own family"


@pytest.fixture
def kin(scheme, carer):
    """A scheme manager who is the carer's sister."""
    sister = people.user("Sister", scheme, Role.SCHEME_MANAGER)
    carers.declare_tie(carer=carer, user=sister, kind="family", by=sister)
    return sister


def refuses(call, **facts):
    with pytest.raises(RuleBroken, match=REFUSED), transaction.atomic():
        call(**facts)


def test_a_match_is_neither_proposed_nor_answered_nor_agreed(accepted, scheme, carer, kin, scheme_worker):
    proposal = {"referral": accepted, "scheme": scheme, "carer": carer, "kind": "live_in"}
    refuses(actions.propose_match, **proposal, household=carer.household, by=kin)
    match = factories.match(accepted, scheme, carer, scheme_worker)
    refuses(actions.record_answers, match=match, person_answer="yes", by=kin)
    refuses(actions.agree_match, match=match, starts_on=factories.today(), by=kin)
    match.refresh_from_db()
    assert match.state == "proposed"


def test_a_placement_is_not_started(ready, kin, scheme_worker):
    refuses(actions.start, placement=ready, by=kin)
    assert actions.start(placement=ready, by=scheme_worker).state == "active"


def test_nor_in_an_emergency(person, scheme, emergency_carer, scheme_worker):
    carers.declare_tie(carer=emergency_carer, user=scheme_worker, kind="family", by=scheme_worker)
    facts = {"person": person, "scheme": scheme, "carer": emergency_carer, "kind": "short_break"}
    refuses(actions.start_emergency, **facts, why="Her mother is in hospital", by=scheme_worker)
    assert not Placement.objects.filter(person=person).exists()


def test_what_is_true_is_recorded_and_put_right_by_another(person, scheme, carer, kin, scheme_worker):
    placement = factories.existing(person, scheme, carer, kin)
    refuses(actions.put_right, placement=placement, by=kin)
    assert placement.out_of_rule


def test_nobody_signs_for_the_scheme_but_records_how_the_person_signed(agreed, kin, scheme_worker):
    row = factories.agreement(agreed, scheme_worker)
    facts = {"agreement": row, "name": "Somebody", "how": "On paper"}
    refuses(actions.sign_agreement, **facts, party="scheme", by=kin)
    actions.sign_agreement(**facts, party="person", by=kin)
    assert [row.party for row in row.signatures.all()] == ["person"]


@pytest.mark.rule("placements.agreed_by_kin")
def test_nor_agrees_to_a_gap(agreed, carer, team_manager, scheme_manager):
    carers.declare_tie(carer=carer, user=team_manager, kind="family", by=team_manager)
    with pytest.raises(RuleBroken, match="Nobody agrees for their own family"):
        actions.start(placement=agreed, by=scheme_manager, agreed_with=team_manager)
