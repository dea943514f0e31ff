"""Draft, sign, agree, record: what each does, and what each refuses."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from carers.models import Stay
from people import actions as people
from risk import actions, queries
from risk.deadlines import INCIDENT_READ, RISK_REVIEW
from risk.models import IncidentPerson
from risk.moments import INCIDENT
from sharedlives.rules import RuleBroken, Stale

from .. import factories as cast
from ..carers import factories as homes
from . import factories


def assert_broken(code, act, **facts):
    with pytest.raises(RuleBroken) as refusal:
        act(**facts)
    assert refusal.value.rule.code == code
    return refusal.value


def in_days(n):
    return cast.today() + timedelta(days=n)


# -- Assessment versions ------------------------------------------------------------------------------


def test_signing_sets_the_earliest_date_and_starts_the_reminders(person, care_manager):
    risks = [factories.risk(next_review_on=in_days(200)), factories.risk(next_review_on=in_days(90))]
    row = factories.signed(person, care_manager, risks)
    assert (row.state, row.signed_by, row.next_review_on) == ("signed", care_manager, in_days(90))
    assert row.next_stage_on == in_days(90 - 42)
    assert queries.signed_assessment(person) == row
    assert queries.signed_assessment(person, in_days(-1)) is None
    assert list(RISK_REVIEW.owed_by(care_manager)) == [row]
    assert RISK_REVIEW.responsible(RISK_REVIEW.open().get()) == (person, row.organisation)


def test_a_new_version_copies_the_last_and_stops_its_reminders(person, care_manager):
    old = factories.signed(person, care_manager)
    draft = actions.draft_assessment(person=person, by=care_manager, why_new="A fall")
    assert [risk.hazard for risk in draft.risks.all()] == ["Crossing the main road alone"]
    assert draft.own_view == old.own_view
    actions.add_risk(assessment=draft, by=care_manager, **factories.risk(hazard="Stairs"))
    new = factories.sign(draft, care_manager, why_nothing_changed="The road is as it was; the stairs are new")
    old.refresh_from_db()
    assert (old.superseded_by.new, old.superseded_by.why, old.next_stage_on) == (new, "A fall", None)
    assert list(RISK_REVIEW.open()) == [new]
    assert not new.nothing_changed


def test_a_household_has_versions_of_its_own(council, scheme, scheme_worker):
    home = homes.home(council, scheme)
    row = factories.signed_home(home, scheme_worker)
    assert (row.person, row.household, row.state) == (None, home, "signed")


@pytest.mark.rule("risk.one_draft")
def test_one_draft_at_a_time(person, care_manager):
    factories.draft(person, care_manager)
    assert_broken("risk.one_draft", actions.draft_assessment, person=person, by=care_manager)


@pytest.mark.rule("risk.at_least_one_risk")
def test_an_assessment_without_a_risk_is_not_signed(person, care_manager):
    assert_broken("risk.at_least_one_risk", factories.signed, person=person, by=care_manager, risks=[])


@pytest.mark.rule("risk.own_view")
def test_the_persons_own_view_belongs_to_it(person, care_manager):
    draft = factories.draft(person, care_manager, own_view=" ")
    assert_broken("risk.own_view", factories.sign, assessment=draft, by=care_manager)


@pytest.mark.rule("risk.review_date")
def test_a_review_date_of_today_is_too_early(person, care_manager):
    risks = [factories.risk(next_review_on=cast.today())]
    assert_broken("risk.review_date", factories.signed, person=person, by=care_manager, risks=risks)


@pytest.mark.rule("risk.has_its_words")
def test_a_risk_says_what_to_do_when_it_goes_wrong(person, care_manager):
    risks = [factories.risk(if_it_goes_wrong="")]
    assert_broken("risk.has_its_words", factories.draft, person=person, by=care_manager, risks=risks)


@pytest.mark.rule("risk.somebody_responsible")
def test_somebody_else_has_a_name(person, care_manager):
    risks = [factories.risk(responsible="other")]
    assert_broken("risk.somebody_responsible", factories.draft, person=person, by=care_manager, risks=risks)
    named = [factories.risk(responsible="other", responsible_name="Sister Joan")]
    draft = actions.amend_assessment(assessment=queries.draft_of(person=person), risks=named, by=care_manager)
    assert draft.risks.get().responsible_name == "Sister Joan"


@pytest.mark.rule("risk.unchanged_twice")
def test_nothing_changed_is_silent_once_and_asks_why_the_second_time(person, care_manager):
    factories.signed(person, care_manager)
    later = [factories.risk(next_review_on=in_days(365))]
    second = factories.signed(person, care_manager, later)
    assert second.nothing_changed
    draft = factories.draft(person, care_manager, later)
    facts = {"assessment": draft, "by": care_manager}
    assert_broken("risk.unchanged_twice", factories.sign, **facts)
    third = factories.sign(**facts, why_nothing_changed="Walked it with him on Monday")
    assert third.why_nothing_changed == "Walked it with him on Monday"


@pytest.mark.rule("risk.signed_by_council")
def test_a_scheme_does_not_sign_for_the_council(supported_person, care_manager, scheme_worker):
    draft = factories.draft(supported_person, care_manager)
    assert_broken("risk.signed_by_council", factories.sign, assessment=draft, by=scheme_worker)


@pytest.mark.rule("risk.signed_is_final")
def test_a_signed_version_is_neither_amended_nor_signed_again(person, care_manager):
    row = factories.signed(person, care_manager)
    assert_broken("risk.signed_is_final", factories.sign, assessment=row, by=care_manager)
    assert_broken("risk.signed_is_final", actions.amend_assessment, assessment=row, risks=[], by=care_manager)
    assert_broken(
        "risk.signed_is_final", actions.add_risk, assessment=row, by=care_manager, **factories.risk()
    )


def test_a_second_editor_is_told(person, care_manager, team_manager):
    draft = factories.draft(person, care_manager)
    opened = draft.version
    facts = {"assessment": draft, "risks": [factories.risk()], "version": opened}
    actions.amend_assessment(**facts, by=team_manager, own_view="Theirs")
    with pytest.raises(Stale) as stale:
        actions.amend_assessment(**facts, by=care_manager, own_view="Mine")
    assert stale.value.changes == [
        {
            "field": "what the person says about these risks",
            "was": factories.WORDS["own_view"],
            "now": "Theirs",
        }
    ]


def test_risks_are_replaced_in_order(person, care_manager):
    draft = factories.draft(person, care_manager, [factories.risk(hazard=h) for h in ("A", "B", "C")])
    actions.amend_assessment(
        assessment=draft, risks=[factories.risk(hazard="A"), factories.risk(hazard="C")], by=care_manager
    )
    assert [(risk.number, risk.hazard) for risk in draft.risks.all()] == [(1, "A"), (2, "C")]


def test_entered_in_error_hides_and_stops_the_reminders(person, care_manager):
    row = factories.signed(person, care_manager)
    row = actions.enter_in_error(assessment=row, why="about his brother", by=care_manager)
    assert row.next_stage_on is None
    assert queries.signed_assessment(person) is None
    assert not RISK_REVIEW.open().exists()


@pytest.mark.follower("risk.actions.assessments.stop_after_death")
def test_after_a_death_nobody_is_reminded_to_look_again(person, care_manager):
    row = factories.signed(person, care_manager)
    people.record_death(person=person, on=cast.today(), by=care_manager)
    row.refresh_from_db()
    assert row.next_stage_on is None
    assert not RISK_REVIEW.open().exists()


# -- Responsibilities ---------------------------------------------------------------------------------


def test_agreed_once_both_sides_have(supported_person, scheme, care_manager, scheme_worker):
    row = actions.draft_responsibilities(
        person=supported_person, scheme=scheme, by=care_manager, **factories.ANSWERS
    )
    row = actions.agree_responsibilities(agreement=row, side="team", by=care_manager)
    assert queries.agreed_responsibilities(supported_person, scheme).first() is None
    row = actions.agree_responsibilities(agreement=row, side="scheme", by=scheme_worker)
    assert row.is_agreed
    assert queries.agreed_responsibilities(supported_person, scheme).first() == row


def test_other_words_ask_both_sides_again(supported_person, scheme, care_manager, scheme_worker):
    facts = {"person": supported_person, "scheme": scheme, "by": care_manager}
    row = actions.draft_responsibilities(**facts, **factories.ANSWERS)
    opened = row.version
    actions.agree_responsibilities(agreement=row, side="team", by=care_manager)
    again = actions.draft_responsibilities(**facts, **(factories.ANSWERS | {"change_words": "Other"}))
    assert (again.pk, again.agreed_by_team) == (row.pk, None)
    with pytest.raises(Stale):
        actions.agree_responsibilities(agreement=row, side="scheme", by=scheme_worker, version=opened)


def test_a_new_agreement_leaves_the_old_one_holding_until_both_agree(
    supported_person, scheme, care_manager, scheme_worker
):
    old = factories.agreed(supported_person, scheme, care_manager, scheme_worker)
    facts = {"person": supported_person, "scheme": scheme, "by": care_manager}
    new = actions.draft_responsibilities(**facts, **factories.ANSWERS)
    assert new.pk != old.pk
    assert queries.agreed_responsibilities(supported_person, scheme).first() == old


@pytest.mark.rule("risk.three_answers")
def test_three_answers_are_needed(supported_person, scheme, care_manager):
    answers = factories.ANSWERS | {"carer_risk_words": "  "}
    facts = {"person": supported_person, "scheme": scheme, "by": care_manager}
    assert_broken("risk.three_answers", actions.draft_responsibilities, **facts, **answers)


@pytest.mark.rule("risk.agreed_is_final")
def test_what_both_agreed_is_not_agreed_again(supported_person, scheme, care_manager, scheme_worker):
    row = factories.agreed(supported_person, scheme, care_manager, scheme_worker)
    assert_broken(
        "risk.agreed_is_final", actions.agree_responsibilities, agreement=row, side="team", by=care_manager
    )


@pytest.mark.rule("risk.own_side")
def test_nobody_agrees_for_the_other_side(supported_person, scheme, care_manager, scheme_worker):
    row = actions.draft_responsibilities(
        person=supported_person, scheme=scheme, by=care_manager, **factories.ANSWERS
    )
    refusal = assert_broken(
        "risk.own_side", actions.agree_responsibilities, agreement=row, side="scheme", by=care_manager
    )
    assert str(scheme) in str(refusal)
    assert_broken(
        "risk.own_side", actions.agree_responsibilities, agreement=row, side="team", by=scheme_worker
    )


@pytest.mark.rule("risk.involved_scheme")
def test_no_agreement_with_a_scheme_that_is_not_involved(supported_person, other_scheme, care_manager):
    facts = {"person": supported_person, "scheme": other_scheme, "by": care_manager}
    assert_broken("risk.involved_scheme", actions.draft_responsibilities, **facts, **factories.ANSWERS)


# -- Incidents ----------------------------------------------------------------------------------------


@pytest.fixture
def home(council, scheme):
    return homes.home(council, scheme)


def lives_in(person, home):
    Stay.objects.create(
        person=person, household=home, claim="home", period=DateRange(in_days(-30), None), state="booked"
    )


@pytest.mark.follower("risk.actions.incidents.tell_workers")
def test_an_incident_falls_due_to_be_read_by_the_persons_worker(
    supported_person, scheme, scheme_worker, care_manager, team
):
    found = factories.incident(supported_person, scheme_worker, words="Bruised knee")
    row = found.people.get()
    assert (found.organisation, row.organisation, row.words) == (scheme, team, "Bruised knee")
    assert (row.due_on, row.next_stage_on) == (in_days(1), cast.today())
    assert list(INCIDENT_READ.owed_by(care_manager)) == [row]
    assert list(INCIDENT_READ.owed_by(scheme_worker)) == []
    read = actions.read_incident(row=row, by=care_manager)
    assert (read.read_by, read.next_stage_on) == (care_manager, None)
    assert actions.read_incident(row=row, by=scheme_worker).read_by == care_manager
    assert not INCIDENT_READ.open().exists()


def test_the_worker_who_records_it_has_read_it(person, care_manager):
    assert factories.incident(person, care_manager).people.get().read_by == care_manager


def test_a_household_incident_tells_each_persons_own_worker(
    supported_person, home, scheme_worker, care_manager, charlie, other_team
):
    neighbour = cast.person(other_team, worker=charlie)
    elsewhere = cast.person(other_team, worker=charlie)
    for one in (supported_person, neighbour):
        lives_in(one, home)
    found = factories.incident(supported_person, scheme_worker, concerns_home=True, words="His room burnt")
    assert found.household == home
    assert {row.person for row in found.people.all()} == {supported_person, neighbour}
    assert [row.words for row in INCIDENT_READ.owed_by(charlie)] == [""]
    assert [row.words for row in INCIDENT_READ.owed_by(care_manager)] == ["His room burnt"]
    assert not IncidentPerson.objects.filter(person=elsewhere).exists()


def test_whoever_is_only_held_or_there_on_other_weekdays_is_not_concerned(
    supported_person, home, team, scheme_worker
):
    lives_in(supported_person, home)
    held, day_guest = cast.person(team), cast.person(team)
    other_day = 1 << ((cast.today().weekday() + 1) % 7)
    period = DateRange(in_days(-30), None)
    Stay.objects.create(
        person=held, household=home, claim="home", period=period, state="held", hold_until=in_days(5)
    )
    Stay.objects.create(
        person=day_guest, household=home, claim="day", weekdays=other_day, period=period, state="booked"
    )
    found = factories.incident(supported_person, scheme_worker, concerns_home=True)
    assert [row.person for row in found.people.all()] == [supported_person]


def test_the_moment_happens_once_for_an_incident(person, care_manager, monkeypatch):
    heard = []
    monkeypatch.setattr(INCIDENT, "followers", [lambda **facts: heard.append(facts)])
    found = factories.incident(person, care_manager)
    assert heard == [{"incident": found, "by": care_manager}]


def test_incidents_between_two_days_both_included(person, care_manager):
    for n in (-10, -5, -1):
        factories.incident(person, care_manager, happened_on=in_days(n))
    found = queries.incidents_between(person, in_days(-10), in_days(-5))
    assert [incident.happened_on for incident in found] == [in_days(-10), in_days(-5)]


@pytest.mark.rule("risk.not_in_the_future")
def test_no_incident_of_tomorrow(person, care_manager):
    assert_broken(
        "risk.not_in_the_future", factories.incident, person=person, by=care_manager, happened_on=in_days(1)
    )


@pytest.mark.rule("risk.council_decides")
def test_only_the_council_answers_the_three_part_test(supported_person, scheme_worker, care_manager):
    facts = {"person": supported_person, "test": (True, True, False), "person_wants": "To stay"}
    assert_broken("risk.council_decides", factories.incident, by=scheme_worker, **facts)
    found = factories.incident(by=care_manager, **facts)
    assert (found.safeguarding_test, found.test_decided_by) == ((True, True, False), care_manager)
    answers = {"person_wants": "To stay", "has_needs": True, "at_risk": True, "cannot_protect": True}
    decided = actions.decide_safeguarding(incident=found, person=supported_person, by=care_manager, **answers)
    assert decided.safeguarding_test == (True, True, True)
    theirs = {"incident": found, "person": supported_person, "by": scheme_worker}
    assert_broken("risk.council_decides", actions.decide_safeguarding, **theirs, **answers)


@pytest.mark.rule("risk.three_part_test_whole")
def test_the_council_does_not_decide_by_halves(person, care_manager):
    assert_broken(
        "risk.three_part_test_whole",
        factories.incident,
        person=person,
        by=care_manager,
        test=(True, None, None),
    )
    found = factories.incident(person, care_manager)
    nothing = {"person_wants": "", "has_needs": None, "at_risk": None, "cannot_protect": None}
    facts = {"incident": found, "person": person, "by": care_manager}
    assert_broken("risk.three_part_test_whole", actions.decide_safeguarding, **facts, **nothing)


@pytest.mark.rule("risk.cqc_kind")
def test_a_notice_says_of_what_kind(person, care_manager):
    assert_broken("risk.cqc_kind", factories.incident, person=person, by=care_manager, cqc_notifiable=True)
    assert factories.incident(person, care_manager, cqc_notifiable=True, cqc_kind="injury")


def test_an_incident_of_somebody_whom_no_team_funds_goes_to_the_council(
    council, scheme, scheme_worker, person, team, care_manager
):
    people.end_involvement(involvement=person.involvements.get(), on=cast.today(), by=care_manager)
    cast.supports(person, scheme, worker=scheme_worker)
    assert factories.incident(person, scheme_worker).people.get().organisation == council
