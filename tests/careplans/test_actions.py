"""Assess, draft, amend, sign, budget, share, acknowledge: what each does, and what each refuses."""

from datetime import date, timedelta

import pytest

from careplans import actions, queries
from careplans.deadlines import PLAN_ACKNOWLEDGEMENT
from careplans.models import CarePlan, PersonalBudget
from careplans.moments import SIGNED_OFF
from people import actions as people
from sharedlives.records.actions import save_draft
from sharedlives.records.models import Draft
from sharedlives.rules import RuleBroken, Stale

from .. import factories as cast
from . import factories


def assert_broken(code, act, **facts):
    with pytest.raises(RuleBroken) as refusal:
        act(**facts)
    error = refusal.value
    broken = {error.rule.code} if error.rule else {e.code for e in error.error_list}
    assert broken == {code}
    return error


# -- Assessment -------------------------------------------------------------------------------------


def test_an_assessment_belongs_to_the_funding_team(person, team, care_manager):
    row = factories.assessment(person, care_manager)
    assert (row.organisation, row.assessor, row.state) == (team, care_manager, "complete")
    assert row.history.get().history_user == care_manager


@pytest.mark.rule("careplans.complex_is_joint")
def test_complex_and_not_joint_needs_a_reason(person, care_manager):
    facts = {"kind": "needs", "complexity": "complex"}
    assert_broken("careplans.complex_is_joint", factories.assessment, person=person, by=care_manager, **facts)
    assert factories.assessment(person, care_manager, why_not_joint="No scheme yet", **facts)
    assert factories.assessment(person, care_manager, complexity="complex")
    assert factories.assessment(person, care_manager, state="draft", **facts)


@pytest.mark.rule("careplans.explained_or_why")
def test_shared_lives_explained_or_why_not(person, care_manager):
    facts = {"explained_shared_lives": False}
    assert_broken("careplans.explained_or_why", factories.assessment, person=person, by=care_manager, **facts)
    assert factories.assessment(person, care_manager, why_not_explained="In hospital, too ill", **facts)


@pytest.mark.rule("careplans.assessment_complete")
def test_a_complete_assessment_no_longer_changes(person, care_manager):
    draft = factories.assessment(person, care_manager, state="draft")
    done = actions.amend_assessment(assessment=draft, by=care_manager, summary="More", state="complete")
    assert_broken(
        "careplans.assessment_complete",
        actions.amend_assessment,
        assessment=done,
        by=care_manager,
        summary="x",
    )


def test_a_stale_assessment_is_told_field_by_field(person, care_manager):
    draft = factories.assessment(person, care_manager, state="draft")
    actions.amend_assessment(assessment=draft, by=care_manager, version=1, summary="Theirs")
    with pytest.raises(Stale) as stale:
        actions.amend_assessment(assessment=draft, by=care_manager, version=1, summary="Mine")
    assert stale.value.changes == [
        {"field": "needs, in plain words", "was": "Needs a hand with cooking.", "now": "Theirs"}
    ]


# -- Drafts -----------------------------------------------------------------------------------------


def test_the_first_version_needs_no_reason_a_later_one_copies_the_last(person, care_manager):
    first = factories.signed_plan(person, care_manager, outcomes=("Cook", "Swim"))
    assert (first.number, first.state) == (1, "signed")
    second = actions.draft_plan(person=person, by=care_manager, why_new="Moved closer to town")
    assert (second.number, second.needs) == (2, first.needs)
    assert [outcome.words for outcome in second.outcomes.all()] == ["Cook", "Swim"]


@pytest.mark.rule("careplans.new_version_says_why")
def test_a_later_version_says_why(person, care_manager):
    factories.signed_plan(person, care_manager)
    assert_broken("careplans.new_version_says_why", actions.draft_plan, person=person, by=care_manager)


@pytest.mark.rule("careplans.one_draft")
def test_one_draft_at_a_time(person, care_manager):
    actions.draft_plan(person=person, by=care_manager)
    assert_broken("careplans.one_draft", actions.draft_plan, person=person, by=care_manager)


def test_amending_replaces_outcomes_and_forgets_reasons_no_longer_needed(person, care_manager):
    plan = factories.draft(person, care_manager, outcomes=("Cook", "Swim", "Paint"), advice="")
    plan = actions.amend_draft(
        plan=plan, by=care_manager, not_yet={"advice": "waiting for the nurse", "needs": "x"}
    )
    assert plan.not_yet == {"advice": "waiting for the nurse"}
    plan = actions.amend_draft(
        plan=plan, by=care_manager, outcomes=["Cook", "Paint", " "], advice="Walk more"
    )
    assert [(o.number, o.words) for o in plan.outcomes.all()] == [(1, "Cook"), (2, "Paint")]
    assert plan.not_yet == {}


def test_amending_drops_the_server_side_draft(person, care_manager):
    plan = actions.draft_plan(person=person, by=care_manager)
    save_draft(user=care_manager, form=actions.DRAFT, object_id=plan.pk, answers={})
    actions.amend_draft(plan=plan, by=care_manager, needs="x")
    assert not Draft.objects.exists()


def test_a_second_editor_is_told_field_by_field(person, care_manager, team_manager):
    plan = factories.draft(person, care_manager, outcomes=("Cook",))
    opened = plan.version
    actions.amend_draft(plan=plan, by=team_manager, version=opened, needs="Theirs", outcomes=["Swim"])
    with pytest.raises(Stale) as stale:
        actions.amend_draft(plan=plan, by=care_manager, version=opened, needs="Mine")
    assert stale.value.changes == [
        {"field": "needs that the assessment found", "was": factories.WORDS["needs"], "now": "Theirs"},
        {"field": "outcomes", "was": "Cook", "now": "Swim"},
    ]
    plan.refresh_from_db()
    assert plan.needs == "Theirs"


# -- Signing ----------------------------------------------------------------------------------------


def test_signed_once_both_sides_have(person, care_manager):
    plan = factories.draft(person, care_manager)
    plan = actions.sign_plan(
        plan=plan, name="Ann", capacity="person", how="mark", on=date(2026, 1, 5), by=care_manager
    )
    assert plan.state == "draft"
    plan = actions.sign_plan(
        plan=plan, name=care_manager.name, capacity="care_manager", on=date(2026, 1, 7), by=care_manager
    )
    assert (plan.state, plan.signed_on) == ("signed", date(2026, 1, 7))
    first, second = plan.sign_offs.all()
    assert (first.before_whom, first.user) == (care_manager.name, None)
    assert (second.before_whom, second.user) == ("", care_manager)


def test_the_council_side_may_sign_first(person, care_manager):
    plan = factories.draft(person, care_manager)
    actions.sign_plan(plan=plan, name=care_manager.name, capacity="care_manager", by=care_manager)
    mother = cast.attorney(person, care_manager, kind="deputy", reference="COP 12345")
    plan = actions.sign_plan(
        plan=plan, name="", capacity="representative", representative=mother, how="paper", by=care_manager
    )
    assert plan.state == "signed"
    signature = plan.sign_offs.get(capacity="representative")
    assert (signature.name, signature.authority) == ("Nasreen Rahman", "deputy")
    assert signature.rests_on == mother.legal_facts.get()
    assert "Health and welfare; since 1 January 2025; reference COP 12345" in signature.authority_words


def test_a_newer_signed_version_supersedes_the_older_and_stops_its_reminders(
    supported_person, scheme, care_manager
):
    old = factories.signed_plan(supported_person, care_manager)
    share = actions.share_plan(plan=old, scheme=scheme, by=care_manager)
    new = factories.signed_plan(supported_person, care_manager, why_new="More time alone")
    old = CarePlan.objects.get(pk=old.pk)
    assert (old.superseded_by.new, old.superseded_by.why) == (new, "More time alone")
    assert queries.current_plan(supported_person) == new
    share.refresh_from_db()
    assert share.next_stage_on is None


@pytest.mark.rule("careplans.section_or_reason")
def test_an_empty_section_needs_a_reason_to_be_signed(person, care_manager):
    plan = factories.draft(person, care_manager, advice="")
    refusal = assert_broken("careplans.section_or_reason", factories.sign, plan=plan, by=care_manager)
    assert "Advice and prevention" in str(refusal)
    actions.amend_draft(plan=plan, by=care_manager, not_yet={"advice": "waiting for the nurse"})
    assert factories.sign(plan, care_manager).state == "signed"


@pytest.mark.rule("careplans.outcome_needed")
def test_a_plan_without_an_outcome_is_not_signed(person, care_manager):
    plan = factories.draft(person, care_manager, outcomes=())
    assert_broken("careplans.outcome_needed", factories.sign, plan=plan, by=care_manager)


@pytest.mark.rule("careplans.one_signature_per_capacity")
def test_nobody_signs_twice(person, care_manager):
    plan = factories.draft(person, care_manager)
    facts = {"plan": plan, "name": "Ann", "capacity": "person", "how": "paper", "by": care_manager}
    actions.sign_plan(**facts)
    assert_broken("careplans.one_signature_per_capacity", actions.sign_plan, **facts)


@pytest.mark.rule("careplans.own_signature")
def test_nobody_signs_for_a_colleague_or_above_their_role(person, care_manager, team_manager):
    plan = factories.draft(person, care_manager)
    facts = {"plan": plan, "by": care_manager}
    assert_broken(
        "careplans.own_signature", actions.sign_plan, name=team_manager.name, capacity="care_manager", **facts
    )
    assert_broken(
        "careplans.own_signature", actions.sign_plan, name=care_manager.name, capacity="manager", **facts
    )
    actions.sign_plan(plan=plan, name=team_manager.name, capacity="manager", by=team_manager)


@pytest.mark.rule("careplans.signature_day")
def test_no_signature_from_the_future(person, care_manager):
    plan = factories.draft(person, care_manager)
    tomorrow = cast.today() + timedelta(days=1)
    assert_broken("careplans.signature_day", factories.sign, plan=plan, by=care_manager, on=tomorrow)


@pytest.mark.rule("careplans.signature_has_a_witness")
def test_a_signature_on_paper_has_a_witness(person, care_manager, monkeypatch):
    """The action falls back on who is signed in; without even that name the database refuses."""
    plan = factories.draft(person, care_manager)
    monkeypatch.setattr(care_manager, "name", "")
    facts = {"plan": plan, "name": "Ann", "capacity": "person", "how": "paper", "by": care_manager}
    assert_broken("careplans.signature_has_a_witness", actions.sign_plan, **facts)


@pytest.mark.rule("careplans.signed_is_final")
def test_a_signed_version_is_not_signed_amended_or_opened_again(person, care_manager):
    plan = factories.signed_plan(person, care_manager)
    assert_broken("careplans.signed_is_final", factories.sign, plan=plan, by=care_manager)
    assert_broken("careplans.signed_is_final", actions.amend_draft, plan=plan, by=care_manager, needs="x")
    assert_broken(
        "careplans.signed_is_final", actions.amend_draft, plan=plan, by=care_manager, outcomes=["x"]
    )
    assert_broken(
        "careplans.signed_is_final", actions.withdraw_signatures, plan=plan, why="x", by=care_manager
    )


@pytest.mark.rule("careplans.words_stay_under_a_signature")
def test_signatures_are_withdrawn_before_words_change(person, care_manager):
    plan = factories.draft(person, care_manager)
    actions.sign_plan(plan=plan, name="Ann", capacity="person", how="paper", by=care_manager)
    facts = {"plan": plan, "by": care_manager, "needs": "Other"}
    assert_broken("careplans.words_stay_under_a_signature", actions.amend_draft, **facts)
    actions.withdraw_signatures(plan=plan, why="The week changed", by=care_manager)
    assert actions.amend_draft(**facts).needs == "Other"
    struck = plan.sign_offs.model.history.filter(plan=plan, history_type="-").get()
    assert struck.history_change_reason == "withdrawn: The week changed"


def test_entered_in_error_hides_the_version_and_names_the_copies(supported_person, scheme, care_manager):
    plan = factories.signed_plan(supported_person, care_manager)
    actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    copies = actions.enter_in_error(plan=plan, why="about his brother", by=care_manager)
    assert [copy.scheme for copy in copies] == [scheme]
    assert copies[0].next_stage_on is None
    assert queries.current_plan(supported_person) is None
    assert actions.draft_plan(person=supported_person, by=care_manager).number == 2


# -- Budget, and both signed off ------------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch):
    heard = []
    monkeypatch.setattr(SIGNED_OFF, "followers", [lambda **facts: heard.append(facts)])
    return heard


def test_signed_off_is_told_when_plan_and_budget_both_are(person, care_manager, told):
    day = date(2026, 1, 5)
    factories.signed_plan(person, care_manager, on=day)
    assert told == []
    assert queries.signed_and_budgeted_on(person) is None
    factories.budget(person, care_manager, signed_off_on=day + timedelta(days=3))
    assert told == [{"person": person, "on": day + timedelta(days=3), "by": care_manager}]


def test_signed_off_is_told_in_the_other_order_too(person, care_manager, told):
    factories.budget(person, care_manager, signed_off_on=date(2026, 1, 5))
    assert told == []
    factories.signed_plan(person, care_manager, on=date(2026, 1, 7))
    assert [facts["on"] for facts in told] == [date(2026, 1, 7)]


def test_later_versions_do_not_move_the_day(person, care_manager):
    factories.budget(person, care_manager, signed_off_on=date(2026, 1, 5))
    factories.signed_plan(person, care_manager, on=date(2026, 1, 7))
    factories.signed_plan(person, care_manager, on=date(2026, 6, 1))
    assert queries.signed_and_budgeted_on(person) == date(2026, 1, 7)


@pytest.mark.rule("careplans.budgets_in_order")
def test_budgets_follow_each_other(person, care_manager):
    first = factories.budget(person, care_manager, since=date(2025, 1, 1))
    factories.budget(person, care_manager, since=date(2025, 7, 1), weekly_pounds=500)
    first.refresh_from_db()
    assert first.until == date(2025, 7, 1)
    corrected = factories.budget(person, care_manager, since=date(2025, 7, 1), weekly_pounds=510)
    assert (corrected.weekly_pounds, PersonalBudget.objects.count()) == (510, 2)
    assert_broken(
        "careplans.budgets_in_order", factories.budget, person=person, by=care_manager, since=date(2025, 3, 1)
    )


# -- Sharing ----------------------------------------------------------------------------------------


def test_sharing_falls_due_in_five_days_and_acknowledging_ends_it(
    supported_person, scheme, scheme_worker, care_manager
):
    plan = factories.signed_plan(supported_person, care_manager)
    share = actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    assert share.due_on == cast.today() + timedelta(days=5)
    assert share.next_stage_on == cast.today()
    held, reasons = queries.held_by(scheme, supported_person, cast.today())
    assert held == share
    assert reasons == [f"{scheme} has not acknowledged that it holds the care plan"]
    done = actions.acknowledge_plan(share=share, by=scheme_worker)
    assert (done.acknowledged_by, done.next_stage_on) == (scheme_worker, None)
    assert queries.held_by(scheme, supported_person, cast.today()) == (share, [])
    assert actions.acknowledge_plan(share=share, by=scheme_worker).version == done.version


def test_held_by_says_what_is_wrong_with_the_copy(
    supported_person, scheme, other_scheme, scheme_worker, care_manager
):
    assert queries.held_by(scheme, supported_person, cast.today()) == (
        None,
        [f"{scheme} has not been given the care plan"],
    )
    factories.held_plan(supported_person, scheme, care_manager, scheme_worker)
    factories.signed_plan(supported_person, care_manager)
    _share, reasons = queries.held_by(scheme, supported_person, cast.today())
    assert reasons == ["the care plan: version 2 has taken its place"]
    _share, reasons = queries.held_by(scheme, supported_person, cast.today() + timedelta(days=366))
    assert "the care plan: it was signed 12 months ago or longer" in reasons


@pytest.mark.rule("careplans.share_a_signed_version")
def test_only_the_version_that_holds_is_shared(supported_person, scheme, care_manager):
    old = factories.signed_plan(supported_person, care_manager)
    draft = factories.draft(supported_person, care_manager)
    facts = {"scheme": scheme, "by": care_manager}
    assert_broken("careplans.share_a_signed_version", actions.share_plan, plan=draft, **facts)
    factories.sign(draft, care_manager)
    assert_broken("careplans.share_a_signed_version", actions.share_plan, plan=old, **facts)


@pytest.mark.rule("careplans.share_with_involved")
def test_a_plan_goes_to_no_scheme_that_is_not_involved(supported_person, other_scheme, care_manager):
    plan = factories.signed_plan(supported_person, care_manager)
    facts = {"plan": plan, "scheme": other_scheme, "by": care_manager}
    assert_broken("careplans.share_with_involved", actions.share_plan, **facts)
    people.involve(
        person=supported_person,
        organisation=other_scheme,
        role="referred",
        since=cast.today(),
        by=care_manager,
    )
    assert actions.share_plan(**facts)


@pytest.mark.rule("careplans.shared_once")
def test_a_version_is_given_to_a_scheme_once(supported_person, scheme, care_manager):
    plan = factories.signed_plan(supported_person, care_manager)
    facts = {"plan": plan, "scheme": scheme, "by": care_manager}
    actions.share_plan(**facts)
    assert_broken("careplans.shared_once", actions.share_plan, **facts)


@pytest.mark.rule("careplans.acknowledged_by_scheme")
def test_nobody_else_acknowledges_for_the_scheme(supported_person, scheme, care_manager):
    plan = factories.signed_plan(supported_person, care_manager)
    share = actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    assert_broken("careplans.acknowledged_by_scheme", actions.acknowledge_plan, share=share, by=care_manager)


def test_the_deadline_is_the_schemes_and_the_team_waits_for_it(
    supported_person, scheme, scheme_worker, care_manager, charlie
):
    deadline = PLAN_ACKNOWLEDGEMENT
    plan = factories.signed_plan(supported_person, care_manager)
    share = actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    assert list(deadline.owed_by(scheme_worker)) == [share]
    assert list(deadline.owed_by(care_manager)) == []
    assert list(deadline.waits_for(care_manager)) == [share]
    assert list(deadline.visible_to(charlie)) == []
    assert deadline.responsible(share) == (supported_person, scheme)
    assert deadline.council(share) == plan.organisation.council
    actions.acknowledge_plan(share=share, by=scheme_worker)
    assert not deadline.open().exists()


@pytest.mark.follower("careplans.actions.mourning.stop_after_death")
def test_after_a_death_nobody_is_reminded_to_acknowledge(supported_person, scheme, care_manager):
    plan = factories.signed_plan(supported_person, care_manager)
    share = actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    people.record_death(person=supported_person, on=cast.today(), by=care_manager)
    share.refresh_from_db()
    assert share.next_stage_on is None
    assert not PLAN_ACKNOWLEDGEMENT.open().exists()
