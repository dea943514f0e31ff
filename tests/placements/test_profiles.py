"""What a carer reads of a person before they have agreed to meet, and what a scheme that declines reads afterwards."""

import pytest
from django.urls import reverse
from page import validate_pdf_bytes

from people import actions as people
from placements import actions, queries
from placements.models import Match, ReferralScheme
from sharedlives.rules import RuleBroken

from ..factories import today
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(person, team, scheme, carer, care_manager, scheme_worker):
    wishes = f"{person.given_name} wants a garden, says the sister, Mrs {person.family_name}"
    row = factories.accepted(person, team, care_manager, scheme, scheme_worker, wishes=wishes)
    return factories.match(row, scheme, carer, scheme_worker, says=("not_asked", "not_asked"))


def secrets(person):
    return [person.given_name, person.family_name, person.reference, str(person.date_of_birth.year)]


def test_a_profile_is_nameless_until_the_person_agrees_to_meet(match, person, scheme_worker):
    told = str(queries.profile(match))
    assert not [secret for secret in secrets(person) if secret in told]
    assert "wants a garden" in told
    actions.record_answers(match=match, person_answer="yes", carer_answer="unsure", by=scheme_worker)
    match.refresh_from_db()
    assert dict(queries.profile(match))["Name"] == (person.preferred_name or person.given_name)


def test_culture_is_told_only_where_the_person_asked(match):
    assert "Culture or faith" not in dict(queries.profile(match))
    match.referral.culture = "Sikh"
    assert dict(queries.profile(match))["Culture or faith"] == "Sikh"


def test_the_profile_is_a_page_and_a_pdf_of_the_scheme_alone(client, match, scheme_worker, care_manager):
    urls = [reverse(f"placements:{name}", args=[match.pk]) for name in ("profile", "profile_pdf")]
    client.force_login(scheme_worker)
    page, paper = (client.get(url) for url in urls)
    assert "wants a garden" in page.content.decode()
    result = validate_pdf_bytes(paper.content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]
    client.force_login(care_manager)
    assert [client.get(url).status_code for url in urls] == [403, 403]


def test_a_scheme_that_declines_loses_match_and_profile_at_once(client, match, person, scheme_worker):
    sent = ReferralScheme.objects.get()
    urls = [reverse(f"placements:{name}", args=[match.pk]) for name in ("match", "profile", "profile_pdf")]
    urls += [reverse("placements:homes", args=[sent.pk]), reverse("placements:compare_homes", args=[sent.pk])]
    client.force_login(scheme_worker)
    assert [client.get(url).status_code for url in urls] == [200] * 5
    actions.answer_referral(sent=sent, answer="declined", reason="area", by=scheme_worker)
    answers = [client.get(url) for url in urls]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert not [a for a in answers if person.family_name in a.content.decode()]
    assert not Match.objects.visible_to(scheme_worker).exists()


# -- Against an objection nothing goes to a scheme or a carer -----------------------------------------


def decide(person, by, answer="objects", **facts):
    facts = {"what": "profile", "words": "They gossip", "since": today()} | facts
    return people.decide_sharing(person=person, answer=answer, by=by, **facts)


@pytest.mark.rule("people.sharing_objected")
def test_a_referral_is_not_sent_to_a_scheme_to_which_the_person_objects(
    person, team, scheme, other_scheme, care_manager, scheme_worker
):
    decide(person, care_manager, scheme=scheme)
    with pytest.raises(RuleBroken, match="They gossip") as refused:
        factories.referral(person, team, care_manager, [scheme])
    assert "schemes" in refused.value.error_dict
    row = factories.referral(person, team, care_manager, [other_scheme])
    with pytest.raises(RuleBroken, match="They gossip"):
        actions.send_to(referral=row, schemes=[scheme], by=care_manager)
    decide(person, care_manager, scheme=scheme, ground="court", told_on=today())
    actions.send_to(referral=row, schemes=[scheme], by=care_manager)
    assert row.schemes.filter(scheme=scheme, closed_on=None).exists()


def test_what_was_missing_is_not_sent_after_an_objection(
    person, team, scheme, other_scheme, care_manager, scheme_worker
):
    row = factories.referral(person, team, care_manager, [scheme, other_scheme])
    for sent in row.schemes.all():
        actions.answer_referral(sent=sent, answer="returned", missing=["risk"], by=scheme_worker)
    decide(person, care_manager, scheme=scheme)
    send_again = {"referral": row, "information": factories.INFORMATION, "by": care_manager}
    actions.complete_information(**send_again)
    assert dict(row.schemes.values_list("scheme", "answer")) == {
        scheme.pk: "returned",
        other_scheme.pk: "none",
    }
    with pytest.raises(RuleBroken, match="They gossip"):
        actions.complete_information(**send_again)


@pytest.mark.rule("people.sharing_objected_at_team")
def test_no_home_is_proposed_and_no_profile_given_against_an_objection(
    client, match, person, care_manager, carer, home, scheme, scheme_worker
):
    client.force_login(scheme_worker)
    page, paper = (reverse(f"placements:{name}", args=[match.pk]) for name in ("profile", "profile_pdf"))
    pack = match.referral.schemes.get(scheme=scheme).get_absolute_url()
    assert "wants a garden" in client.get(pack).content.decode()
    decide(person, care_manager)
    closed = client.get(pack).content.decode()
    assert "does not want this shared with you" in closed
    assert "wants a garden" not in closed and "They gossip" not in closed
    told = client.get(page).content.decode()
    assert "Hand nothing over" in told
    assert "wants a garden" not in told
    assert "They gossip" not in told
    assert client.get(paper).status_code == 404
    other = factories.carer(home, scheme_worker)
    with pytest.raises(RuleBroken, match="does not want this handed on") as refused:
        factories.match(match.referral, scheme, other, scheme_worker)
    assert "They gossip" not in str(refused.value)
    decide(person, care_manager, answer="agrees", words="All right now")
    assert "wants a garden" in client.get(pack).content.decode()
    assert "wants a garden" in client.get(page).content.decode()
