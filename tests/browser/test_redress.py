"""Complaints that go past whom they are about, answers that open work, and a stay in hospital, in a real browser."""

import pytest
from django.urls import reverse

from placements import actions as placements
from risk import actions as risk

from .. import factories
from ..placements import factories as places
from ..reviews import factories as reviews
from ..risk import factories as risks
from .conftest import DESK
from .test_person_page import ahmad, picture  # noqa: F401 - the fixture

pytestmark = pytest.mark.browser


def test_complaints_changes_and_hospital_stand_where_they_belong(
    window,
    ahmad,  # noqa: F811
    scheme,
    council,
    care_manager,
    team_manager,
    scheme_worker,
    scheme_manager,
    assert_accessible,
):
    carer = places.carer(places.home(scheme, council, scheme_worker), scheme_worker)
    placement = places.existing(ahmad, scheme, carer, scheme_manager)
    reviews.started(ahmad, scheme, care_manager.current_memberships()[0].organisation, care_manager)
    risks.signed(ahmad, care_manager)
    staff = risks.complaint(ahmad, scheme_worker, about=["care_manager"], words="Nobody rings back")
    risk.notice_change(person=ahmad, kind="mood", words="Sleeps badly", by=scheme_worker)
    change = risk.notice_change(person=ahmad, kind="mood", words="Eats little", by=scheme_worker)
    risk.answer_change(change=change, outcome="review", answer="We meet sooner", by=care_manager)
    placements.go_away(placement=placement, reason="hospital", since=factories.today(), by=scheme_worker)
    desk = window(care_manager).go(ahmad)
    desk.sees("In hospital since", "Wanted sooner", "Copies that wait")
    assert_accessible(desk)
    picture(desk, "person", DESK)
    assert "Nobody rings back" not in desk.go("/risk/complaints/").text
    window(team_manager).go(reverse("risk:complaint", args=[staff.pk])).sees("Nobody rings back")
