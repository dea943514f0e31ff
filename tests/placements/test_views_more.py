"""The pages beside the main way: completing, sending on, closing, ending, superseding, putting right."""

import pytest
from django.urls import reverse

from placements import actions, codes
from placements.models import PlacementAgreement

from .. import factories as people
from . import factories
from .test_views import checklist, cost, go

pytestmark = pytest.mark.django_db
__all__ = ["cost", "go"]


def test_what_was_missing_is_completed_and_sent_again(go, referral, care_manager, scheme_worker):
    sent = referral.schemes.get()
    actions.answer_referral(sent=sent, answer="returned", missing=["risk"], by=scheme_worker)
    page = go(care_manager, "complete_information", referral.pk).content.decode()
    assert f"What to know about {codes.Information.RISK.label.lower()}." in page
    typed = checklist(words_risk="A rail on the stairs")
    assert go(care_manager, "complete_information", referral.pk, **typed).url == referral.get_absolute_url()
    sent.refresh_from_db()
    assert "A rail on the stairs" in str(sent.pack)


def test_a_referral_is_sent_on_and_closed(go, referral, scheme, other_scheme, care_manager):
    page = go(care_manager, "send_to", referral.pk).content.decode()
    assert str(other_scheme) in page
    assert f'value="{scheme.pk}"' not in page
    assert go(care_manager, "send_to", referral.pk, schemes=[other_scheme.pk]).status_code == 302
    assert str(other_scheme) in go(care_manager, "referral", referral.pk).content.decode()
    assert (
        go(care_manager, "close_referral", referral.pk, reason="withdrawn", words="Stays put").status_code
        == 302
    )
    assert "Stays put" in go(care_manager, "referral", referral.pk).content.decode()


def test_a_match_ends_with_its_reason(go, accepted, scheme, carer, scheme_worker):
    match = factories.match(accepted, scheme, carer, scheme_worker)
    assert go(scheme_worker, "end_match", match.pk).status_code == 200
    assert go(scheme_worker, "end_match", match.pk, because="The stairs").url == match.get_absolute_url()
    assert "The stairs" in go(scheme_worker, "match", match.pk).content.decode()


def test_what_speaks_against_a_home_stands_in_the_proposal_already(go, accepted, home, scheme_worker):
    carer = factories.carer(home, scheme_worker, kinds=())
    page = go(scheme_worker, "propose_match", accepted.schemes.get().pk, carer.pk, "live_in").content.decode()
    assert "Not approved for live-in</textarea>" in page


@pytest.mark.parametrize("kind", ["day_support", "nonsense"])
def test_only_kinds_that_were_asked_for_are_proposed(go, accepted, carer, scheme_worker, kind):
    assert go(scheme_worker, "propose_match", accepted.schemes.get().pk, carer.pk, kind).status_code == 404


def test_day_support_is_agreed_for_weekdays(go, person, team, scheme, home, care_manager, scheme_worker):
    carer = factories.carer(home, scheme_worker, kinds=("day_support",))
    referral = factories.accepted(person, team, care_manager, scheme, scheme_worker, kinds=["day_support"])
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    match = factories.match(referral, scheme, carer, scheme_worker, kind="day_support")
    typed = {"starts_on": people.today(), "purpose": "support", "weekdays": [1, 4]}
    assert go(care_manager, "agree_match", match.pk, **typed, **factories.FEWER).status_code == 302
    assert match.placement.bookings.get().stay.weekdays == 5


def test_a_planned_day_of_leaving_comes_after_the_first(
    go, accepted, scheme, carer, care_manager, scheme_worker
):
    match = factories.match(accepted, scheme, carer, scheme_worker)
    typed = {"starts_on": people.today(), "until": people.today(), "purpose": "home"}
    page = go(care_manager, "agree_match", match.pk, **typed, **factories.FEWER)
    assert page.status_code == 422
    assert "The day of leaving comes after the first day" in page.content.decode()


def test_a_full_home_is_refused_on_the_page_in_plain_words(
    go, accepted, person, team, scheme, carer, care_manager, scheme_worker
):
    for other in [people.person(team, worker=care_manager) for _n in range(3)]:
        factories.existing(other, scheme, carer, scheme_worker)
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    match = factories.match(accepted, scheme, carer, scheme_worker)
    page = go(
        care_manager, "agree_match", match.pk, starts_on=people.today(), purpose="home", **factories.FEWER
    )
    assert page.status_code == 422
    assert "at most three adults at any one time" in page.content.decode()


def test_a_new_version_begins_with_the_words_of_the_last(go, ready, scheme_worker):
    page = go(scheme_worker, "draft_agreement", ready.pk).content.decode()
    assert "Cook together twice a week" in page
    typed = {"max_people": 3, "plan_elements": "Cooking", "requires_scheme": "Visit monthly"}
    assert go(scheme_worker, "draft_agreement", ready.pk, **typed).status_code == 302
    assert PlacementAgreement.objects.get(state="draft").number == 2
    assert (
        go(scheme_worker, "draft_agreement", ready.pk, max_people=3, plan_elements="Cooking").status_code
        == 422
    )


def test_signing_says_whose_name_is_missing(go, agreed, scheme_worker):
    row = factories.agreement(agreed, scheme_worker)
    typed = {"party": "person", "how": "On paper", "on": people.today()}
    page = go(scheme_worker, "sign_agreement", row.pk, **typed)
    assert "Write the name of the one who signs" in page.content.decode()
    assert go(scheme_worker, "sign_agreement", row.pk, **(typed | {"party": "team"})).status_code == 422


def test_out_of_rule_is_put_right_or_says_what_is_missing(
    go, person, scheme, carer, scheme_worker, care_manager
):
    placement = factories.existing(person, scheme, carer, scheme_worker)
    refused = go(scheme_worker, "put_right", placement.pk, form_version=placement.version)
    assert refused.status_code == 422
    assert "still missing" in refused.content.decode()
    assert go(scheme_worker, "settle", placement.pk, form_version=placement.version).status_code == 422
    factories.ready(placement, care_manager, scheme_worker)
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    assert "Nothing is owed any more" in go(scheme_worker, "settle", placement.pk).content.decode()
    assert go(scheme_worker, "put_right", placement.pk, form_version=placement.version).status_code == 302
    assert "Out of rule" not in go(scheme_worker, "placement", placement.pk).content.decode()


def test_a_reminder_leads_a_reader_to_the_placement(go, person, scheme, carer, scheme_worker, care_manager):
    placement = factories.existing(person, scheme, carer, scheme_worker)
    assert go(care_manager, "owed", placement.owed.first().pk).url == placement.get_absolute_url()


def test_the_gate_names_pages_its_reader_may_open(go, agreed, carer, care_manager, scheme_worker):
    actions_page = reverse("carers:carer", args=[carer.pk])
    carer.approvals.update(until=people.today())
    assert actions_page in go(scheme_worker, "gate", agreed.pk).content.decode()
    assert actions_page not in go(care_manager, "gate", agreed.pk).content.decode()


def test_what_single_pages_cost(go, cost, ready, scheme_worker, care_manager):
    """A gate asks ten questions of four floors; reading a row stays within the ceiling."""
    go(scheme_worker, "gate", ready.pk)
    found = {
        name: cost(reverse(f"placements:{name}", args=[pk]))
        for name, pk in {
            "placement": ready.pk,
            "match": ready.match.pk,
            "agreement": ready.agreements.get().pk,
            "sent": ready.match.referral.schemes.get().pk,
            "gate": ready.pk,
        }.items()
    }
    assert max(found.values()) <= 12, found
