"""What a carer reads of a person before they have agreed to meet, and what a scheme that declines reads afterwards."""

import pytest
from django.urls import reverse
from page import validate_pdf_bytes

from placements import actions, queries
from placements.models import Match, ReferralScheme

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
