"""Referring, answering, returning, declining and closing; and what each does to a scheme's sight of the person."""

import pytest
from django.db import IntegrityError, transaction

from people.models import Involvement, Person, PersonalContact
from people.visibility import Level
from placements import actions, codes, moments
from placements.models import Match, Placement, Referral, ReferralScheme
from sharedlives.rules import RuleBroken

from .. import factories as people
from . import factories

pytestmark = pytest.mark.django_db


def sees(user, person, **how):
    return Person.objects.visible_to(user, **how).filter(pk=person.pk).exists()


def test_a_scheme_sees_the_person_from_the_day_of_the_referral(referral, person, scheme_worker, other_scheme):
    assert sees(scheme_worker, person)
    assert not sees(scheme_worker, person, least=Level.SUPPORTS)
    assert not Involvement.objects.filter(organisation=other_scheme).exists()


def test_the_pack_holds_what_was_sent_and_only_contacts_the_person_agrees_to(
    person, team, scheme, care_manager
):
    PersonalContact.objects.create(person=person, kind="family", name="Lena Yusuf", agreed_by_person=True)
    PersonalContact.objects.create(person=person, kind="family", name="Estranged Brother")
    referral = factories.referral(person, team, care_manager, [scheme])
    words = str(referral.schemes.get().pack)
    assert factories.WISHES in words
    assert "Lena Yusuf" in words
    assert "Estranged Brother" not in words


def test_the_pack_stays_as_it_was_sent(referral, person, care_manager):
    person.what_matters = "Something new"
    person.preferred_name = "Renamed"
    person.save()
    assert "Renamed" not in str(referral.schemes.get().pack)


@pytest.mark.rule("placements.information")
def test_every_item_is_given_or_explained(person, team, scheme, care_manager):
    information = dict(factories.INFORMATION)
    information[codes.Information.RISK] = (False, "", " ")
    information[codes.Information.MONEY] = (False, "", "")
    with pytest.raises(RuleBroken) as refused:
        factories.referral(person, team, care_manager, [scheme], information=information)
    assert set(refused.value.error_dict) == {"why_risk", "why_money"}
    assert not Referral.objects.exists()
    information[codes.Information.RISK] = information[codes.Information.MONEY] = (
        False,
        "",
        "Asked for on Monday",
    )
    referral = factories.referral(person, team, care_manager, [scheme], information=information)
    assert "Not yet: Asked for on Monday" in str(referral.schemes.get().pack)


def test_declining_ends_the_schemes_sight_at_once_and_keeps_its_answer(referral, person, scheme_worker):
    sent = referral.schemes.get()
    actions.answer_referral(
        sent=sent, answer="declined", reason="no_carer", words="Nobody yet", by=scheme_worker
    )
    assert not sees(scheme_worker, person)
    assert not ReferralScheme.objects.visible_to(scheme_worker).exists()
    assert ReferralScheme.objects.own_answers(scheme_worker).get().reason == "no_carer"


def test_declining_one_referral_leaves_another_in_sight(
    referral, person, team, scheme, care_manager, scheme_worker
):
    factories.referral(person, team, care_manager, [scheme], kinds=["short_break"])
    actions.answer_referral(sent=referral.schemes.get(), answer="declined", reason="area", by=scheme_worker)
    assert sees(scheme_worker, person)


def test_a_returned_referral_is_sent_again_with_what_was_missing(referral, care_manager, scheme_worker):
    sent = referral.schemes.get()
    actions.answer_referral(sent=sent, answer="returned", missing=["risk"], words="Please", by=scheme_worker)
    information = dict(factories.INFORMATION) | {
        codes.Information.RISK: (True, "A rail on the stairs helps.", "")
    }
    actions.complete_information(referral=referral, information=information, by=care_manager)
    sent.refresh_from_db()
    assert sent.answer == "none"
    assert sent.missing == []
    assert "A rail on the stairs helps." in str(sent.pack)


@pytest.mark.rule("placements.advice_says_which_options")
def test_a_referral_for_advice_ends_with_the_options_that_were_advised(referral, care_manager):
    with pytest.raises(RuleBroken, match="which options were advised"):
        actions.close_referral(referral=referral, reason="advice_only", words=" ", by=care_manager)
    options = "Shared Lives, sheltered housing; she likes the second"
    closed = actions.close_referral(referral=referral, reason="advice_only", words=options, by=care_manager)
    assert closed.closed_words == options
    with pytest.raises(IntegrityError, match="placements_advice_says_which_options"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(closed_words="")


@pytest.mark.rule("placements.referral_open")
def test_a_closed_referral_is_not_answered(referral, care_manager, scheme_worker):
    actions.close_referral(referral=referral, reason="withdrawn", by=care_manager)
    with pytest.raises(RuleBroken, match="no longer open"):
        actions.answer_referral(sent=referral.schemes.get(), answer="accepted", by=scheme_worker)


@pytest.mark.rule("placements.once_to_a_scheme")
def test_a_referral_goes_to_a_scheme_once(referral, scheme, other_scheme, care_manager):
    with pytest.raises(RuleBroken, match="already been sent"):
        actions.send_to(referral=referral, schemes=[scheme], by=care_manager)
    actions.send_to(referral=referral, schemes=[other_scheme], by=care_manager)
    assert referral.schemes.count() == 2


def test_a_scheme_that_declined_may_be_asked_again(referral, person, scheme, care_manager, scheme_worker):
    actions.answer_referral(
        sent=referral.schemes.get(), answer="declined", reason="no_carer", by=scheme_worker
    )
    actions.send_to(referral=referral, schemes=[scheme], by=care_manager)
    assert referral.schemes.get().answer == "none"
    assert sees(scheme_worker, person)


def test_closing_ends_the_sight_of_every_scheme_and_tells_the_followers(
    referral, person, care_manager, scheme_worker, monkeypatch
):
    heard = []
    monkeypatch.setattr(moments.REFERRAL_CLOSED, "followers", [lambda **facts: heard.append(facts)])
    actions.close_referral(referral=referral, reason="no_carer", words="Nobody near the sea", by=care_manager)
    referral.refresh_from_db()
    assert (referral.state, referral.closed_reason) == ("closed", "no_carer")
    assert not sees(scheme_worker, person)
    assert heard == [{"referral": referral, "by": care_manager}]


def test_a_referral_with_an_agreed_placement_is_not_closed_by_hand(agreed, care_manager):
    with pytest.raises(RuleBroken, match="agreed"):
        actions.close_referral(referral=agreed.match.referral, reason="withdrawn", by=care_manager)


@pytest.mark.rule("placements.accepted_first")
def test_nobody_is_proposed_before_the_scheme_accepts(referral, scheme, carer, scheme_worker):
    with pytest.raises(RuleBroken, match="not accepted"):
        factories.match(referral, scheme, carer, scheme_worker)


@pytest.mark.rule("placements.proposed_once")
def test_a_carer_is_proposed_once(accepted, scheme, carer, scheme_worker):
    factories.match(accepted, scheme, carer, scheme_worker)
    with pytest.raises(RuleBroken, match="already proposed"):
        factories.match(accepted, scheme, carer, scheme_worker)


@pytest.mark.rule("placements.both_sides")
def test_a_match_is_agreed_only_by_both_sides(accepted, person, scheme, carer, care_manager, scheme_worker):
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    match = factories.match(accepted, scheme, carer, scheme_worker, says=("yes", "unsure"))
    with pytest.raises(RuleBroken, match="both said yes"):
        actions.agree_match(match=match, starts_on=factories.today(), by=care_manager, **factories.FEWER)
    assert not Placement.objects.exists()


def test_the_match_keeps_what_fitted_that_day_and_each_sides_words(accepted, scheme, carer, scheme_worker):
    match = factories.match(accepted, scheme, carer, scheme_worker)
    match = actions.record_answers(
        match=match, person_says="I liked the dog", carer_says="We laughed", by=scheme_worker
    )
    assert {"need": "Area", "fit": "yes"}.items() <= match.fits[0].items()
    assert (match.person_says, match.carer_says) == ("I liked the dog", "We laughed")


def test_accepting_a_placement_waits_for_the_acknowledged_plan(
    accepted, scheme, carer, care_manager, scheme_worker
):
    match = factories.match(accepted, scheme, carer, scheme_worker)
    with pytest.raises(RuleBroken, match="up-to-date care and support plan"):
        actions.agree_match(match=match, starts_on=factories.today(), by=care_manager, **factories.FEWER)


def test_agreeing_holds_the_place_and_lets_the_other_schemes_go(
    person, team, scheme, other_scheme, carer, care_manager, scheme_worker
):
    other = people.user("Elsewhere", other_scheme, "scheme_worker")
    referral = factories.accepted(person, team, care_manager, scheme, scheme_worker)
    actions.send_to(referral=referral, schemes=[other_scheme], by=care_manager)
    assert sees(other, person)
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    match = factories.match(referral, scheme, carer, scheme_worker)
    placement = actions.agree_match(
        match=match, starts_on=factories.days(10), by=care_manager, **factories.FEWER
    )
    stay = placement.bookings.get().stay
    assert (stay.state, stay.claim, stay.period.lower) == ("held", "home", factories.days(10))
    assert stay.hold_until == factories.days(24)
    assert not sees(other, person)
    assert sees(scheme_worker, person)
    assert placement.state == "agreed"


@pytest.mark.rule("placements.match_open")
def test_one_match_of_a_kind_is_agreed(agreed, scheme, home, scheme_worker, care_manager):
    with pytest.raises(RuleBroken, match="no longer proposed"):
        actions.agree_match(
            match=agreed.match, starts_on=factories.today(), by=care_manager, **factories.FEWER
        )


def test_other_matches_end_when_one_is_agreed(
    accepted, person, scheme, home, carer, care_manager, scheme_worker
):
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    other = factories.match(accepted, scheme, factories.carer(home, scheme_worker), scheme_worker)
    actions.agree_match(
        match=factories.match(accepted, scheme, carer, scheme_worker),
        starts_on=factories.today(),
        by=care_manager,
        **factories.FEWER,
    )
    other.refresh_from_db()
    assert (other.state, other.ended_because) == ("ended", "another home was agreed")


def test_a_match_may_end_with_its_reason(accepted, scheme, carer, scheme_worker):
    match = factories.match(accepted, scheme, carer, scheme_worker)
    actions.end_match(match=match, because="The dog", by=scheme_worker)
    assert Match.objects.open().count() == 0


def test_floating_support_takes_no_place(person, team, scheme, home, care_manager, scheme_worker):
    carer = factories.carer(home, scheme_worker, kinds=("floating",))
    referral = factories.accepted(person, team, care_manager, scheme, scheme_worker, kinds=["floating"])
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    match = factories.match(referral, scheme, carer, scheme_worker, kind="floating")
    placement = actions.agree_match(
        match=match, starts_on=factories.today(), by=care_manager, **factories.FEWER
    )
    assert placement.household is None
    assert not placement.bookings.exists()
