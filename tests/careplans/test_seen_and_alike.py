"""Assessments and reassessments: seen when, where and how; and what is very like last time says why."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from careplans import actions, queries
from careplans.models import Assessment, Reassessment
from sharedlives.rules import RuleBroken

from .. import factories as cast
from . import factories
from .pages import send, text

LONG = " ".join(f"Needs a hand with matter number {number}." for number in range(20))
WHY = "Went through each with him and his sister"


def url(name, row, *more):
    return reverse(f"careplans:{name}", args=[row.pk, *more])


def codes(refused):
    return {error.code for error in refused.value.error_list}


def assess(person, by, **facts):
    return factories.assessment(person, by, kind="needs", **({"summary": LONG} | facts))


@pytest.fixture
def signed_in(client, care_manager):
    client.force_login(care_manager)
    return client


@pytest.mark.rule("records.very_like_last_time")
def test_an_assessment_very_like_the_last_says_why(person, care_manager):
    first = assess(person, care_manager)
    assert first.likeness is None
    with pytest.raises(RuleBroken) as refused:
        assess(person, care_manager)
    assert codes(refused) == {"records.very_like_last_time"}
    second = assess(person, care_manager, why_alike=WHY)
    assert (second.likeness, second.why_alike) == (100, WHY)
    third = assess(person, care_manager, summary=" ".join(f"Other{number}" for number in range(90)))
    assert third.likeness < 20


def test_a_draft_may_be_as_like_as_it_wants_and_is_measured_once_complete(person, care_manager):
    assess(person, care_manager)
    draft = assess(person, care_manager, state="draft")
    assert draft.likeness is None
    with pytest.raises(RuleBroken):
        actions.amend_assessment(assessment=draft, by=care_manager, state="complete")


def test_a_schemes_own_assessment_is_held_against_its_own(
    supported_person, scheme, scheme_worker, care_manager
):
    assess(supported_person, care_manager)
    own = {"kind": "scheme", "scheme": scheme, "summary": LONG}
    first = factories.assessment(supported_person, scheme_worker, **own)
    assert first.likeness is None
    with pytest.raises(RuleBroken):
        factories.assessment(supported_person, scheme_worker, **own)


def test_the_page_shows_the_notice_and_takes_the_reason(signed_in, person, care_manager):
    last = assess(person, care_manager, done_on=cast.today() - timedelta(days=300))
    draft = assess(person, care_manager, state="draft")
    page = signed_in.get(url("check_assessment", draft))
    assert f"100 per cent of these words stood in “{last}”" in text(page)
    refused = send(signed_in, url("check_assessment", draft), {"state": "complete"})
    assert refused.status_code == 422
    assert "nearly all of its words stood there already" in text(refused)
    send(signed_in, url("check_assessment", draft), {"state": "complete", "why_alike": WHY})
    page = text(signed_in.get(draft.get_absolute_url()))
    assert f"100 per cent of its words. Why it is still right: {WHY}" in page
    assert "on a visit to their home" in page


def test_a_fresh_assessment_is_asked_nothing_more(signed_in, person, care_manager):
    draft = assess(person, care_manager, state="draft")
    page = text(signed_in.get(url("check_assessment", draft)))
    assert "Very like last time" not in page
    assert "Why it is still right" not in page


def test_a_manager_sees_how_many_and_which(client, person, care_manager, team_manager):
    assess(person, care_manager)
    assess(person, care_manager, why_alike=WHY)
    found = dict(queries.very_like(Assessment.objects.all()))
    assert found == {
        "Very like last time": 1,
        "Says something new": 0,
        "Nothing to hold it against": 1,
    }
    client.force_login(team_manager)
    page = text(client.get(reverse("careplans:oversight")))
    assert "100 per cent. " + WHY in page
    assert str(person) in page


# -- Reassessments -------------------------------------------------------------------------------------


@pytest.fixture
def reassessment(person, care_manager):
    facts = {"cause": "carer", "what_happened": "Grace is ill", "happened_on": cast.today()}
    return actions.open_reassessment(person=person, by=care_manager, **facts)


@pytest.mark.rule("people.seen_or_why_not")
@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"seen_how": "visit", "seen_where": "At home"},
        {"seen_how": "visit", "seen_on": cast.today()},
        {"seen_how": "visit", "seen_on": cast.today() + timedelta(days=2), "seen_where": "At home"},
        {"seen_how": "not_seen"},
    ],
)
def test_a_reassessment_that_is_not_needed_says_when_the_person_was_seen(reassessment, care_manager, seen):
    close = {
        "reassessment": reassessment,
        "state": "not_needed",
        "outcome": "She is well again",
        "by": care_manager,
    }
    with pytest.raises(RuleBroken, match="when, where and how"):
        actions.close_reassessment(**close, **seen)
    row = actions.close_reassessment(**close, seen_how="not_seen", seen_where="He is away with his sister")
    assert row.get_seen_how_display() == "Not seen this time"


def test_a_reassessment_takes_it_from_its_assessment(reassessment, person, care_manager):
    done = assess(person, care_manager)
    row = actions.close_reassessment(
        reassessment=reassessment, state="done", outcome="More breaks", assessment=done, by=care_manager
    )
    assert (row.seen_how, row.seen_on, row.seen_where) == ("visit", done.done_on, "At home")


# -- What the database keeps -------------------------------------------------------------------------------


def assert_refused_by(constraint, change):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        change()
    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_direct_sql_leaves_no_copy_without_a_reason(person, care_manager):
    assess(person, care_manager, state="draft")
    rows = Assessment.objects.all()
    assert_refused_by("careplans_very_like_says_why", lambda: rows.update(likeness=90))
    rows.update(likeness=89)
    rows.update(likeness=90, why_alike=WHY)


def test_direct_sql_leaves_nobody_half_seen(reassessment):
    rows, name = Reassessment.objects.all(), "careplans_reassessed_seen_or_why_not"
    assert_refused_by(name, lambda: rows.update(seen_how="visit"))
    assert_refused_by(name, lambda: rows.update(seen_on=cast.today()))
    assert_refused_by(name, lambda: rows.update(seen_how="not_seen", seen_on=cast.today(), seen_where="Why"))
    rows.update(seen_how="not_seen", seen_where="Why")
