"""What the database refuses, whoever asks; and who may see which row."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from people import actions as people
from risk import actions
from risk.models import (
    Incident,
    IncidentPerson,
    ResponsibilityAgreement,
    Risk,
    RiskAssessment,
    RiskEnteredInError,
    RiskSupersession,
)

from .. import factories as cast
from ..careplans.test_models import assert_refused, run
from ..carers import factories as homes
from . import factories

DAY = date(2026, 1, 5)


@pytest.fixture
def signed(person, care_manager):
    return factories.signed(person, care_manager)


INSERT = (
    "INSERT INTO risk_risk (id, version, assessment_id, number, hazard, kind, gains, controls, if_it_goes_wrong,"
    " responsible, responsible_name, next_review_on) VALUES (gen_random_uuid(), 1, %s, 9, 'a', 'person', '', 'b', 'c',"
    " 'carer', '', '2027-01-01')"
)
FINAL = [
    "UPDATE risk_riskassessment SET own_view = 'other' WHERE id = %s",
    "UPDATE risk_riskassessment SET due_on = due_on + 30 WHERE id = %s",
    "UPDATE risk_riskassessment SET state = 'draft', signed_on = NULL, signed_by_id = NULL, due_on = NULL WHERE id = %s",
    "DELETE FROM risk_riskassessment WHERE id = %s",
    "UPDATE risk_risk SET next_review_on = next_review_on + 30 WHERE assessment_id = %s",
    "DELETE FROM risk_risk WHERE assessment_id = %s",
    INSERT,
]


@pytest.mark.rule("risk.signed_is_final")
@pytest.mark.parametrize("sql", FINAL)
def test_direct_sql_cannot_touch_a_signed_version(signed, sql):
    assert_refused("risk_signed_is_final", lambda: run(sql, signed.pk))


def test_the_web_cannot_touch_a_signed_version(signed, as_role_app):
    assert_refused("risk_signed_is_final", lambda: as_role_app(FINAL[0], [signed.pk]))


def test_the_clock_of_the_reminders_still_moves(signed):
    run("UPDATE risk_riskassessment SET next_stage_on = NULL WHERE id = %s", signed.pk)
    signed.refresh_from_db()
    assert signed.next_stage_on is None


def test_notes_on_a_version_stay(signed, person, care_manager):
    factories.signed(person, care_manager)
    actions.enter_in_error(assessment=signed, why="about somebody else", by=care_manager)
    assert_refused("risk_signed_is_final", lambda: run("DELETE FROM risk_risksupersession"))
    assert_refused("risk_signed_is_final", lambda: run("UPDATE risk_riskenteredinerror SET why = 'x'"))


@pytest.mark.rule("risk.agreed_is_final")
def test_what_both_sides_agreed_stays(supported_person, scheme, care_manager, scheme_worker):
    factories.agreed(supported_person, scheme, care_manager, scheme_worker)
    assert_refused(
        "risk_agreed_is_final", lambda: run("UPDATE risk_responsibilityagreement SET change_words = 'x'")
    )
    assert_refused("risk_agreed_is_final", lambda: run("DELETE FROM risk_responsibilityagreement"))


@pytest.mark.django_db
def test_only_the_eraser_is_let_through():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc, prosecdef FROM pg_proc WHERE proname LIKE 'risk_keep_%%'")
        found = cursor.fetchall()
    assert len(found) == 5
    for source, as_definer in found:
        assert "'eraser'" in source
        assert source.count("current_user") == 1
        assert not as_definer


def row(person, **facts):
    return RiskAssessment(person=person, organisation=person.responsible_council, **({"number": 50} | facts))


def one(draft, **facts):
    return Risk(assessment=draft, **(factories.risk(number=9) | facts))


def answers(person, **facts):
    team = person.responsible_council
    return ResponsibilityAgreement(
        **({"person": person, "scheme": team, "team": team} | factories.ANSWERS | facts)
    )


def incident(person, **facts):
    facts = {"happened_on": DAY, "kind": "other", "what_happened": "a", "what_was_done": "b"} | facts
    return Incident(organisation=person.responsible_council, **facts)


@pytest.mark.parametrize(
    ("constraint", "build"),
    [
        (
            "risk_of_a_person_or_a_household",
            lambda p, u, d: RiskAssessment(organisation=d.organisation, number=1),
        ),
        (
            "risk_version_number_once",
            lambda p, u, d: row(p, number=d.number, state="signed", signed_on=DAY, due_on=DAY),
        ),
        ("risk_one_draft_per_person", lambda p, u, d: row(p)),
        ("risk_signed_has_a_review_date", lambda p, u, d: row(p, state="signed", signed_on=DAY)),
        ("risk_number_once", lambda p, u, d: one(d, number=1)),
        ("risk_has_its_words", lambda p, u, d: one(d, controls="")),
        ("risk_has_its_words", lambda p, u, d: one(d, if_it_goes_wrong="")),
        ("risk_has_somebody_responsible", lambda p, u, d: one(d, responsible="")),
        ("risk_has_somebody_responsible", lambda p, u, d: one(d, responsible="other")),
        ("risk_supersedes_another", lambda p, u, d: RiskSupersession(old=d, new=d, why="x")),
        ("risk_error_says_why", lambda p, u, d: RiskEnteredInError(assessment=d, why="")),
        ("risk_three_answers", lambda p, u, d: answers(p, change_words="")),
        ("risk_agreed_by_somebody_on_a_day", lambda p, u, d: answers(p, agreed_by_team_on=DAY)),
        ("risk_cqc_notice_has_its_kind", lambda p, u, d: incident(p, cqc_notifiable=True)),
        ("risk_three_part_test_whole", lambda p, u, d: incident(p, has_needs=True)),
        (
            "risk_three_part_test_whole",
            lambda p, u, d: incident(p, has_needs=True, at_risk=True, cannot_protect=True),
        ),
        ("risk_incident_has_its_words", lambda p, u, d: incident(p, what_was_done="")),
    ],
)
def test_each_constraint_refuses(person, care_manager, constraint, build):
    draft = factories.draft(person, care_manager)
    assert_refused(constraint, build(person, care_manager, draft).save)


def test_a_household_too_has_one_draft_and_each_number_once(council, scheme, care_manager):
    home = homes.home(council, scheme)
    facts = {"household": home, "organisation": scheme}
    RiskAssessment(number=1, **facts).save()
    assert_refused("risk_one_draft_per_household", RiskAssessment(number=2, **facts).save)
    signed = {"state": "signed", "signed_on": DAY, "due_on": DAY}
    assert_refused("risk_household_version_number_once", RiskAssessment(number=1, **signed, **facts).save)


def test_a_household_assessment_shows_to_its_scheme_alone(
    supported_person, council, scheme, scheme_worker, care_manager
):
    home = homes.home(council, scheme)
    row = RiskAssessment(household=home, organisation=scheme, number=1)
    row.save()
    assert list(RiskAssessment.objects.visible_to(scheme_worker)) == [row]
    assert not RiskAssessment.objects.visible_to(care_manager).exists()


def test_a_risk_cannot_be_without_a_review_date(person, care_manager):
    with pytest.raises(Exception, match="next_review_on"):
        one(factories.draft(person, care_manager), next_review_on=None).save()


@pytest.mark.rule("risk.one_open_agreement")
def test_one_open_agreement_for_a_scheme(supported_person, scheme, care_manager):
    actions.draft_responsibilities(
        person=supported_person, scheme=scheme, by=care_manager, **factories.ANSWERS
    )
    assert_refused("risk_one_open_agreement", answers(supported_person, scheme=scheme).save)


def test_a_person_is_once_in_an_incident_and_read_by_somebody(supported_person, scheme_worker):
    found = factories.incident(supported_person, scheme_worker)
    mine = found.people.get()
    facts = {"incident": found, "person": mine.person, "organisation": mine.organisation, "due_on": DAY}
    assert_refused("risk_person_once_in_an_incident", IncidentPerson(**facts).save)
    mine.read_at = timezone.now()
    assert_refused("risk_incident_read_by_somebody", mine.save)


# -- Who may see --------------------------------------------------------------------------------------


def seen(user, person):
    user.__dict__.pop("_current_memberships", None)
    return {row.number for row in RiskAssessment.objects.visible_to(user).filter(person=person)}


def test_teams_read_all_schemes_signed_versions_strangers_none(
    supported_person, care_manager, scheme_worker, charlie, other_scheme
):
    factories.signed(supported_person, care_manager)
    factories.draft(supported_person, care_manager)
    assert seen(care_manager, supported_person) == {1, 2}
    assert seen(scheme_worker, supported_person) == {1}
    assert seen(charlie, supported_person) == set()
    assert seen(cast.user("Hill", other_scheme, "scheme_worker"), supported_person) == set()


def test_a_scheme_with_only_a_referral_reads_no_risk(person, scheme, scheme_worker, care_manager):
    people.involve(person=person, organisation=scheme, role="referred", since=cast.today(), by=care_manager)
    factories.signed(person, care_manager)
    assert seen(scheme_worker, person) == set()


def test_a_former_team_reads_its_own_signed_versions(person, care_manager, charlie, other_team):
    factories.signed(person, care_manager)
    people.transfer(person=person, to=other_team, worker=charlie, on=cast.today(), by=care_manager)
    factories.draft(person, charlie)
    assert seen(care_manager, person) == {1}


def test_a_version_entered_in_error_is_hidden(person, care_manager):
    row = factories.signed(person, care_manager)
    actions.enter_in_error(assessment=row, why="x", by=care_manager)
    assert seen(care_manager, person) == set()


def test_agreements_show_to_both_sides_from_the_referral_on(
    person, scheme, scheme_worker, care_manager, charlie, other_scheme
):
    people.involve(person=person, organisation=scheme, role="referred", since=cast.today(), by=care_manager)
    row = actions.draft_responsibilities(person=person, scheme=scheme, by=care_manager, **factories.ANSWERS)
    elsewhere = cast.user("Hill", other_scheme, "scheme_worker")
    cast.supports(person, other_scheme, worker=elsewhere)
    for user, found in ((care_manager, [row]), (scheme_worker, [row]), (elsewhere, []), (charlie, [])):
        assert list(ResponsibilityAgreement.objects.visible_to(user)) == found


def test_an_incident_shows_each_worker_the_header_and_the_own_rows(
    supported_person, scheme, scheme_worker, care_manager, charlie, other_team
):
    neighbour = cast.person(other_team, worker=charlie)
    found = factories.incident(supported_person, scheme_worker, words="Bruised knee")
    IncidentPerson(
        incident=found, person=neighbour, organisation=other_team, words="Saw it", due_on=cast.today()
    ).save()
    for user in (scheme_worker, care_manager):
        assert list(Incident.objects.visible_to(user)) == [found]
        assert [row.words for row in IncidentPerson.objects.visible_to(user)] == ["Bruised knee"]
    assert [row.words for row in IncidentPerson.objects.visible_to(charlie)] == ["Saw it"]
    stranger = cast.user("Nobody", other_team.council, "commissioner")
    assert not Incident.objects.visible_to(stranger).exists()
