"""A couple becomes carers, stage by stage; later an insurance lapses, and nobody new is placed with them."""

from datetime import timedelta

import pytest

from carers import actions
from carers.codes import Need
from carers.models import Application, Approval, Carer, RequirementKind
from carers.rules import FROM_RECORDS

from .. import factories as cast
from ..carers.test_applications import check_all

pytestmark = pytest.mark.browser


def test_a_couple_is_approved_and_a_lapse_stops_new_placements(
    window, scheme, council, scheme_worker, scheme_manager, assert_accessible
):
    today = cast.today()
    desk = window(scheme_worker).go("/carers/applications/new/")
    desk.answer(
        scheme=scheme.pk,
        given_name="Joan",
        family_name="Bell",
        other_given_name="Ray",
        other_family_name="Bell",
        address="1 Mill Lane",
        postcode="NS2 4BB",
        council=council.pk,
        enquired_on=today - timedelta(days=120),
    )
    desk.press("Record the enquiry").done().sees("Joan Bell and Ray Bell", "three to six months are usual")
    assert_accessible(desk)
    desk.follow("Go on to first talk").press("Go on").sees(
        "still needs: Information about being a carer sent"
    )
    application = Application.objects.get()
    desk.go(application).follow("Information about being a carer sent").answer(done_on=today).press(
        "Save"
    ).done()
    desk.follow("Go on to first talk").press("Go on").done().sees("What the next stage needs: application")
    for need in set(Need) - FROM_RECORDS:
        actions.note_need(application=application, need=need, done_on=today, by=scheme_worker)
    check_all(application, scheme_worker)
    for _stage in ("application", "checks", "visits", "report", "panel"):
        actions.go_on(application=application, on=today, by=scheme_worker)
    actions.hold_panel(scheme=scheme, on=today, members="Ann Grey, chair", by=scheme_manager)

    chair = window(scheme_manager).go(application).follow("Record the panel")
    chair.answer(
        outcome="conditions",
        reasons="Warm and patient",
        policy="Approvals, version 3",
        kinds=["live_in"],
        since=today,
        condition_1="First aid again",
        condition_1_owner=scheme_worker.pk,
        condition_1_due_on=today + timedelta(days=60),
    )
    chair.press("Record the decision").done().sees("Approved with conditions", "First aid again")
    assert_accessible(chair)
    assert Approval.objects.filter(kinds=["live_in"]).count() == 2

    carer = Carer.objects.order_by("given_name").first()
    insured = RequirementKind.objects.get(slug="public-liability")
    desk.go(f"/carers/carer/{carer.pk}/requirement/").answer(
        kind=insured.pk, done_on=today - timedelta(days=400)
    )
    desk.press("Record it").done().sees("Nobody new is placed here: Public liability insurance has lapsed")
    assert_accessible(desk)
