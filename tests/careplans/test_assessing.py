"""Assessments: page by page, by the funding team, by the scheme, and together."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from careplans import actions, queries
from careplans.assessing import KEYS
from careplans.models import Assessment, AssessmentPart
from sharedlives.records.models import Draft
from sharedlives.rules import RuleBroken

from .. import factories as cast
from . import factories
from .pages import date_of, send, text


@pytest.fixture
def signed_in(client, care_manager):
    client.force_login(care_manager)
    return client


def url(name, row, *more):
    return reverse(f"careplans:{name}", args=[row.pk, *more])


def codes(act, **facts):
    """The rules that refuse, by their codes."""
    with pytest.raises(RuleBroken) as refusal:
        act(**facts)
    error = refusal.value
    return {e.code for e in getattr(error, "error_list", [])} or {error.rule.code}


def begin(client, person, **typed):
    send(client, url("assess", person), {"kind": "needs"} | date_of("done_on", cast.today()) | typed)
    return Assessment.objects.get()


PAGES = {
    "seen": {"seen_how": "visit", "seen_where": "At home", "person_part": "Pointed at pictures"},
    "needs": {"summary": "Needs a hand with cooking"},
    "outcomes": {"eligible_outcomes": ["nutrition", "work"]},
    "together": {"complexity": "ordinary"},
    "shared-lives": {
        "explained_shared_lives": "on",
        "offered_shared_lives": "on",
        "wants_shared_lives": "yes",
    },
    "pressures": {"pressures": ["speed"]},
}


def type_all(client, row, **instead):
    for key in KEYS:
        typed = PAGES[key] | instead.get(key.replace("-", "_"), {})
        if key == "seen":
            typed = date_of("done_on", cast.today()) | typed
        page = send(client, url("assessment_page", row, key), typed)
        assert page.status_code == 302, text(page)


def test_page_by_page_to_a_complete_assessment(signed_in, person, care_manager):
    row = begin(signed_in, person)
    assert row.state == "draft"
    type_all(signed_in, row)
    row.refresh_from_db()
    assert row.summary == ""  # typed, kept, not yet the record's
    assert set(Draft.objects.get(user=care_manager).answers) == set(KEYS)
    page = send(signed_in, url("check_assessment", row), {"state": "complete"}, follow=True)
    row.refresh_from_db()
    assert (row.state, row.eligible_outcomes, row.pressures) == ("complete", ["nutrition", "work"], ["speed"])
    assert (row.wants_shared_lives, row.offered_shared_lives) == ("yes", True)
    assert "Managing and maintaining nutrition" in text(page)
    assert not Draft.objects.exists()


def test_what_practice_asks_for_is_said_all_at_once_and_nothing_typed_is_lost(signed_in, person):
    row = begin(signed_in, person)
    send(signed_in, url("assessment_page", row, "together"), {"complexity": "complex"})
    page = send(signed_in, url("check_assessment", row), {"state": "complete"})
    assert page.status_code == 422
    said = text(page)
    assert "care manager and scheme assess together" in said
    assert "does not say where" in said
    assert "does not say what is needed" in said
    assert Draft.objects.get().answers["together"]["complexity"] == "complex"


def test_a_colleague_who_saved_meanwhile_is_told_field_by_field(signed_in, person, team_manager):
    row = begin(signed_in, person)
    type_all(signed_in, row)
    actions.amend_assessment(assessment=row, by=team_manager, version=1, summary="Theirs")
    page = send(signed_in, url("check_assessment", row), {"state": "draft"})
    assert "needs, in plain words: “” became “Theirs”" in text(page)
    row.refresh_from_db()
    assert row.summary == "Theirs"


@pytest.mark.rule("careplans.person_seen")
def test_a_complete_assessment_says_where_the_person_was_seen_and_how_they_took_part(person, care_manager):
    for missing in ("seen_where", "seen_how", "person_part"):
        facts = {"person": person, "by": care_manager, missing: ""}
        assert codes(factories.assessment, **facts) == {"careplans.person_seen"}


@pytest.mark.rule("careplans.needs_in_words")
def test_a_complete_assessment_has_words(person, care_manager):
    facts = {"person": person, "by": care_manager, "summary": ""}
    assert codes(factories.assessment, **facts) == {"careplans.needs_in_words"}


@pytest.mark.rule("careplans.joint_has_both_parts")
def test_a_joint_assessment_has_the_schemes_part_or_says_why_not(
    supported_person, scheme, scheme_worker, care_manager
):
    facts = {"scheme": scheme, "why_no_part": "", "state": "draft"}
    row = factories.assessment(supported_person, care_manager, **facts)
    complete = {"assessment": row, "by": care_manager, "state": "complete"}
    assert codes(actions.amend_assessment, **complete) == {"careplans.joint_has_both_parts"}
    actions.write_part(assessment=row, words="He cooks better than he says", by=scheme_worker)
    assert actions.amend_assessment(**complete).part.words == "He cooks better than he says"


@pytest.mark.rule("careplans.alone_names_the_scheme")
def test_an_assessment_by_the_scheme_alone_names_it(person, care_manager):
    facts = {"person": person, "by": care_manager, "kind": "scheme"}
    assert codes(factories.assessment, **facts) == {"careplans.alone_names_the_scheme"}


@pytest.mark.rule("careplans.part_by_its_scheme")
def test_nobody_else_writes_the_schemes_part(supported_person, scheme, care_manager):
    row = factories.assessment(supported_person, care_manager, scheme=scheme, state="draft")
    facts = {"assessment": row, "words": "x", "by": care_manager}
    assert codes(actions.write_part, **facts) == {"careplans.part_by_its_scheme"}


def test_only_a_scheme_that_knows_the_person_assesses(supported_person, other_scheme, care_manager):
    facts = {"person": supported_person, "by": care_manager, "scheme": other_scheme}
    assert codes(factories.assessment, **facts) == {"careplans.share_with_involved"}


def test_the_scheme_writes_its_part_while_the_rest_stays_closed_to_it(
    client, supported_person, scheme, scheme_worker, care_manager
):
    row = factories.assessment(supported_person, care_manager, scheme=scheme, state="draft")
    client.force_login(scheme_worker)
    assert "Write your part" in text(client.get(url("plans", supported_person)))
    assert client.get(url("assessment", row)).status_code == 404
    send(client, url("part", row), {"words": "Needs a quiet room"})
    assert AssessmentPart.objects.get().written_by == scheme_worker
    actions.amend_assessment(assessment=row, by=care_manager, state="complete")
    assert "Needs a quiet room" in text(client.get(url("assessment", row)))
    assert client.get(url("part", row)).status_code == 404


def test_the_schemes_own_assessment_is_its_own_until_complete(
    client, supported_person, scheme, scheme_worker, care_manager, team
):
    client.force_login(scheme_worker)
    row = begin(client, supported_person)
    assert (row.kind, row.scheme, row.organisation) == ("scheme", scheme, team)
    assert row not in Assessment.objects.visible_to(care_manager)
    facts = {"seen_where": "Here", "seen_how": "visit", "person_part": "Told us", "summary": "x"}
    facts |= {"explained_shared_lives": True, "offered_shared_lives": True}
    actions.amend_assessment(assessment=row, by=scheme_worker, state="complete", **facts)
    assert row in Assessment.objects.visible_to(care_manager)
    [(name, counts)] = queries.assessed_by(Assessment.objects.filter(organisation=team))
    assert (name, counts["Assessment by the scheme alone"]) == (team.name, 1)


def test_another_scheme_of_the_person_reads_nothing(
    supported_person, scheme, other_scheme, care_manager, scheme_worker
):
    cast.supports(supported_person, other_scheme)
    factories.assessment(supported_person, care_manager, scheme=other_scheme)
    assert not Assessment.objects.visible_to(scheme_worker).exists()


FINAL = [
    "UPDATE careplans_assessment SET summary = 'other' WHERE id = %s",
    "UPDATE careplans_assessment SET state = 'draft' WHERE id = %s",
    "DELETE FROM careplans_assessment WHERE id = %s",
    "UPDATE careplans_assessmentpart SET words = 'other' WHERE assessment_id = %s",
    "DELETE FROM careplans_assessmentpart WHERE assessment_id = %s",
]


@pytest.mark.parametrize("sql", FINAL)
def test_direct_sql_cannot_touch_a_complete_assessment(
    sql, supported_person, scheme, scheme_worker, care_manager
):
    row = factories.assessment(supported_person, care_manager, scheme=scheme, state="draft")
    actions.write_part(assessment=row, words="Found", by=scheme_worker)
    actions.amend_assessment(assessment=row, by=care_manager, state="complete")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])
    assert refusal.value.__cause__.diag.constraint_name == "careplans_complete_assessment_is_final"


def test_a_part_has_words(supported_person, scheme, scheme_worker, care_manager):
    row = factories.assessment(supported_person, care_manager, scheme=scheme, state="draft")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        actions.write_part(assessment=row, words="", by=scheme_worker)
    assert refusal.value.__cause__.diag.constraint_name == "careplans_part_has_words"


def test_a_manager_sees_how_assessments_were_made_and_pressures_as_counts_of_five_or_more(
    client, person, team, team_manager, care_manager
):
    for _n in range(5):
        factories.assessment(person, care_manager, kind="needs", pressures=["speed"])
    factories.assessment(person, care_manager, kind="needs", pressures=["budget"])
    assert dict(queries.pressures_felt(Assessment.objects.all())) == {
        "To speed up the work": 5,
        "To narrow eligibility": "fewer than 5",
        "To protect the budget": "fewer than 5",
        "Trouble getting benefits": "fewer than 5",
    }
    client.force_login(team_manager)
    page = text(client.get(reverse("careplans:oversight")))
    assert "Needs assessment by the care manager" in page
    assert f"{team.name} 6 0 0" in page
    client.force_login(care_manager)
    assert client.get(reverse("careplans:oversight")).status_code == 403


@pytest.mark.rule("careplans.offered_or_why")
def test_shared_lives_is_offered_or_it_says_why_not_and_a_manager_counts_the_reasons_by_team(
    client, person, team, other_team, team_manager, care_manager, charlie
):
    for wrong in ({"offered_shared_lives": False}, {"why_not_offered": "needs"}):
        with pytest.raises(RuleBroken, match="was offered to the person, or why not"):
            factories.assessment(person, care_manager, **wrong)
    factories.assessment(person, care_manager)
    for reason in ("no_carer", "no_carer", "well"):
        factories.assessment(person, care_manager, offered_shared_lives=False, why_not_offered=reason)
    factories.assessment(cast.person(other_team, charlie), charlie)
    counts = dict(queries.offered_by(Assessment.objects.all()))
    assert {words: n for words, n in counts[team.name].items() if n} == {
        "Offered": 1,
        "No carer or place is likely": 2,
        "What the person has now works well": 1,
    }
    assert counts[other_team.name]["Offered"] == 1
    client.force_login(team_manager)
    page = text(client.get(reverse("careplans:oversight")))
    assert "No carer or place is likely" in page
    assert other_team.name not in page


def test_direct_sql_cannot_give_a_reason_against_an_offer(person, care_manager):
    row = factories.assessment(person, care_manager, state="draft")
    sql = "UPDATE careplans_assessment SET why_not_offered = 'well' WHERE id = %s"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])
    assert refusal.value.__cause__.diag.constraint_name == "careplans_offered_needs_no_reason"
