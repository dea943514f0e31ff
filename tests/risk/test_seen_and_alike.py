"""Risk versions: seen when, where and how; very like last time; and restrictions that rest on a decision."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from people import actions as people
from people.models import LegalFact
from risk import actions
from risk.gaps import restricted_without_decision
from risk.models import RiskAssessment
from sharedlives.rules import RuleBroken

from .. import factories as cast
from ..careplans.pages import date_of, send, text
from ..carers import factories as homes
from . import factories
from .test_actions import assert_broken

LONG = " ".join(f"What is done about matter number {number}." for number in range(20))
WHY = "Walked the way with him on Monday"


def url(name, row):
    return reverse(f"risk:{name}", args=[row.pk])


@pytest.fixture
def signed_in(client, care_manager):
    client.force_login(care_manager)
    return client


def draft(person, by, **facts):
    return factories.draft(person, by, [factories.risk(**({"controls": LONG} | facts))])


@pytest.mark.rule("people.seen_or_why_not")
def test_nothing_is_signed_without_saying_when_the_person_was_seen(person, care_manager):
    row = draft(person, care_manager)
    for wrong in (
        {"seen_how": ""},
        {"seen_on": None},
        {"seen_on": cast.today() + timedelta(days=1)},
        {"seen_where": " "},
    ):
        assert_broken("people.seen_or_why_not", factories.sign, assessment=row, by=care_manager, **wrong)
    row = factories.sign(
        row, care_manager, seen_how="not_seen", seen_on=None, seen_where="She is in hospital"
    )
    assert row.state == "signed"


@pytest.mark.rule("records.very_like_last_time")
def test_a_version_very_like_the_last_says_why(person, care_manager):
    assert factories.sign(draft(person, care_manager), care_manager).likeness is None
    row = draft(person, care_manager, hazard="Crossing the main road with a friend")
    assert_broken("records.very_like_last_time", factories.sign, assessment=row, by=care_manager)
    row = factories.sign(row, care_manager, why_nothing_changed=WHY)
    assert row.likeness >= 90
    assert not row.nothing_changed
    assert row.why_nothing_changed == WHY


def test_the_page_shows_the_notice_and_takes_the_reason(signed_in, person, care_manager):
    last = factories.sign(draft(person, care_manager), care_manager)
    row = draft(person, care_manager)
    page = text(signed_in.get(url("sign", row)))
    assert f"100 per cent of these words stood in “{last}”" in page
    seen = {"seen_how": "elsewhere", "seen_where": "At the day centre"} | date_of("seen_on", cast.today())
    refused = send(signed_in, url("sign", row), seen)
    assert refused.status_code == 422
    assert not RiskAssessment.objects.get(pk=row.pk).signed_on
    send(signed_in, url("sign", row), seen | {"why_nothing_changed": WHY})
    page = text(signed_in.get(row.get_absolute_url()))
    assert "somewhere else, face to face, " + f"{cast.today():%-d %B %Y}: At the day centre" in page
    assert f"Why that is still right: {WHY}" in page


def test_a_manager_finds_those_very_like_last_time(client, person, care_manager, team_manager):
    for _n in range(2):
        row = factories.sign(draft(person, care_manager), care_manager, why_nothing_changed=WHY)
    client.force_login(team_manager)
    page = client.get(reverse("risk:very_like"))
    assert WHY in text(page)
    assert row.get_absolute_url() in page.content.decode()
    assert "1 version" in text(page)


def test_of_a_home_it_asks_how_the_home_was_seen(client, council, scheme, scheme_worker):
    home = homes.home(council, scheme)
    row = actions.draft_assessment(household=home, by=scheme_worker)
    actions.add_risk(assessment=row, by=scheme_worker, **factories.risk(kind="household"))
    client.force_login(scheme_worker)
    page = text(client.get(url("sign_home", row)))
    assert "How the home was seen" in page
    assert "On a visit to their home" not in page


# -- What restricts --------------------------------------------------------------------------------------

RESTRICTS = {"restricts": True, "why_restricts": "The door is locked at night; an alarm was tried"}


def decision(person, by, **facts):
    facts = {
        "about": "Going out at night",
        "has_capacity": False,
        "since": cast.today() - timedelta(days=9),
    } | facts
    return people.record_legal_fact(person=person, kind="capacity", risk_note="None", by=by, **facts)


@pytest.mark.rule("risk.own_decision")
def test_a_restriction_rests_on_a_decision_about_this_person(person, team, care_manager):
    foreign = decision(cast.person(team), care_manager)
    risks = [factories.risk(**RESTRICTS, decision_id=foreign.pk)]
    assert_broken("risk.own_decision", factories.draft, person=person, by=care_manager, risks=risks)


def test_a_restriction_without_a_decision_that_holds_is_to_sort_out(person, care_manager):
    tomorrow = cast.today() + timedelta(days=1)
    factories.sign(draft(person, care_manager, **RESTRICTS), care_manager)
    (found,) = restricted_without_decision(tomorrow)
    assert found["person_id"] == person.pk
    fact = decision(person, care_manager)
    row = draft(person, care_manager, **RESTRICTS, decision_id=fact.pk)
    factories.sign(row, care_manager, why_nothing_changed=WHY)
    assert not restricted_without_decision(tomorrow)
    LegalFact.objects.update(until=tomorrow)
    assert len(restricted_without_decision(tomorrow)) == 1


def test_the_form_says_where_a_decision_is_written_down(signed_in, person, care_manager):
    page = text(signed_in.get(url("edit", draft(person, care_manager))))
    assert "Written down under legal context, it stands here" in page


# -- What the database keeps -------------------------------------------------------------------------------


def test_direct_sql_leaves_no_copy_without_a_reason_and_nobody_half_seen(person, care_manager):
    draft(person, care_manager)
    rows = RiskAssessment.objects.all()
    for name, facts in (
        ("risk_very_like_says_why", {"likeness": 100}),
        ("risk_seen_or_why_not", {"seen_how": "visit", "seen_where": "At home"}),
        ("risk_seen_or_why_not", {"seen_how": "not_seen"}),
    ):
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            rows.update(**facts)
        assert refusal.value.__cause__.diag.constraint_name == name


def test_the_refusal_stands_beside_its_question(person, care_manager):
    with pytest.raises(RuleBroken) as refused:
        factories.sign(draft(person, care_manager), care_manager, seen_how="")
    assert "seen_how" in refused.value.error_dict
