"""A referral to three schemes: one declines, one sends it back for information, and there a home is found. Two introductions,
the agreement; the gate names four things that are missing, all are mended, and the person moves in."""

import pytest

from people.models import Person, User
from people.visibility import Level
from placements import actions
from placements.models import MatchingPolicy, Placement, Referral

from .. import factories
from ..placements import factories as placements
from ..placements.factories import days

pytestmark = pytest.mark.browser

FOUR = (
    "There is no complete needs assessment",
    "have not agreed who is responsible for which part of the risk assessment",
    "There is no signed risk assessment in date",
    "The placement agreement is not signed",
)


def a_referral_to_three(manager, person, schemes):
    manager.go(f"/placements/person/{person.pk}/refer/")
    manager.answer(wishes="A home with a garden", kinds=["live_in"], purpose="home", urgency="planned")
    for field in manager.page.locator("[name^=words_]").all():
        field.fill("As in the assessment")
    manager.answer(schemes=[scheme.pk for scheme in schemes]).press("Send the referral").done()
    return {sent.scheme: sent for sent in Referral.objects.get().schemes.select_related("scheme")}


def answered(window, worker, sent, **typed):
    desk = window(worker).go(f"/placements/referrals/sent/{sent.pk}/answer/")
    desk.answer(**typed).press("Send the answer").done()
    return desk


def sees(user, person):
    return (
        Person.objects.visible_to(User.objects.get(pk=user.pk), least=Level.REFERRAL)
        .filter(pk=person.pk)
        .exists()
    )


def two_introductions(desk, match):
    for kind, on, view in (
        ("tea", days(-6), "She laughs at my jokes"),
        ("overnight", days(-2), "I slept well"),
    ):
        desk.go(f"{match}introductions/").answer(kind=kind, on=on, where="At the carer’s home")
        desk.answer(person_view=view, showed_by="said", carer_view="A pleasure").press("Save").done()


def four_are_missing_and_mended(desk, placement, care_manager, scheme_worker, assert_accessible):
    start = f"/placements/{placement.pk}/start/"
    desk.go(start).press("Record the start").sees(*FOUR)
    assert_accessible(desk)
    placement.refresh_from_db()
    assert placement.state == Placement.State.AGREED
    placements.ready(placement, care_manager, scheme_worker)
    desk.go(start)
    assert "Still to do" not in desk.text
    desk.press("Record the start").done()
    placement.refresh_from_db()
    assert placement.state == Placement.State.ACTIVE


def test_from_three_schemes_through_the_gate(
    window,
    person,
    team,
    council,
    region,
    scheme,
    other_scheme,
    care_manager,
    scheme_worker,
    assert_accessible,
):
    third = factories.organisation("scheme", "Valley Shared Lives", parent=region)
    workers = {
        other_scheme: factories.user("Nia North", other_scheme, "scheme_worker"),
        third: factories.user("Vera Vale", third, "scheme_worker"),
    }
    MatchingPolicy.objects.create(council=council, in_force_from=days(-30), introductions=2)
    home = placements.home(scheme, council, scheme_worker, label="The Okafor home")
    placements.carer(home, scheme_worker)
    manager = window(care_manager)
    sent = a_referral_to_three(manager, person, [scheme, other_scheme, third])
    actions.answer_referral(sent=sent[third], answer="declined", reason="no_carer", by=workers[third])
    assert not sees(workers[third], person), "who declines loses sight at once"
    desk = answered(
        window, scheme_worker, sent[scheme], answer="returned", missing=["health"], words="Which medicines?"
    )
    manager.go(f"/placements/referrals/{Referral.objects.get().pk}/").sees("Returned")
    manager.go(f"/placements/referrals/{Referral.objects.get().pk}/information/")
    manager.answer(words_health="Levothyroxine in the morning, from the surgery").press("Save|Send").done()
    desk.go(f"/placements/referrals/sent/{sent[scheme].pk}/").sees("Levothyroxine")
    desk.go(f"/placements/referrals/sent/{sent[scheme].pk}/answer/").answer(answer="accepted")
    desk.press("Send the answer").done()
    desk.go(f"/placements/referrals/sent/{sent[scheme].pk}/homes/").sees("The Okafor home")
    desk.open_first("a[href*='/propose/']")
    desk.answer(reasons="A garden, and quiet evenings").press("Propose this home").done()
    match = desk.address
    desk.go(f"{match}answers/").answer(person_answer="yes", person_says="I like her", carer_answer="yes")
    desk.press("Save the answers").done()
    two_introductions(desk, match)
    desk.go(match).sees("I slept well")
    manager.go(f"{match}agree/").answer(starts_on=factories.today(), purpose="home")
    manager.press("Agree and hold the place").sees("has not been given the care plan")
    placements.held_plan(person, scheme, care_manager, scheme_worker)
    manager.press("Agree and hold the place").done()
    placement = Placement.objects.get()
    four_are_missing_and_mended(desk, placement, care_manager, scheme_worker, assert_accessible)
    assert not sees(workers[other_scheme], person), "who was not chosen loses sight"
