"""What the database refuses of concerns and their links."""

import pytest

from risk.models import Concern, ConcernLink

from .. import factories as cast
from ..careplans.test_models import assert_refused, run
from . import factories


def broken_row(about, **facts):
    link = ConcernLink.objects.first()
    facts = {
        "person": about,
        "council": about.responsible_council,
        "organisation": about.responsible_council,
        "reference": "C-1",
        "once": "11111111-1111-4111-8111-111111111111",
        "due_on": cast.today(),
        "link": link,
        "raiser": "other",
        "danger_now": False,
        "words": "a",
    } | facts
    return Concern(**facts)


@pytest.mark.rule("risk.concern_has_its_words")
@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("risk_concern_by_a_worker_or_a_link", {"link": None}),
        ("risk_concern_has_its_words", {"words": ""}),
        ("risk_concern_answered_by_somebody", {"answered_on": "2026-01-01"}),
        ("risk_concern_safe_way", {"contact_way": "phone"}),
        ("risk_concern_safe_way", {"safe_to_contact": True}),
        ("risk_unnamed_concern_goes_to_managers", {"person": None}),
        ("risk_concern_test_whole", {"has_needs": True}),
    ],
)
def test_each_constraint_refuses(supported_person, link, constraint, facts):
    assert_refused(constraint, broken_row(supported_person, **facts).save)


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        (
            "risk_concern_told_or_why_not",
            "UPDATE risk_concern SET answered_on = now(), answered_by_id = written_by_id, outcome = 'nothing', answer_way = 'phone'",
        ),
        (
            "risk_concern_answered_the_safe_way",
            "UPDATE risk_concern SET answered_on = now(), answered_by_id = written_by_id, outcome = 'nothing', answer_way = 'email', answer = 'a'",
        ),
        (
            "risk_about_a_user_who_works_there",
            "UPDATE risk_concernabout SET user_id = (SELECT id FROM people_user LIMIT 1)",
        ),
        (
            "risk_about_an_organisation",
            "UPDATE risk_concernabout SET organisation_id = (SELECT id FROM people_organisation LIMIT 1)",
        ),
        ("risk_link_for_a_person_or_public", "UPDATE risk_concernlink SET made_for = 'public'"),
        ("risk_link_has_a_token", "UPDATE risk_concernlink SET token_hash = ''"),
        ("risk_policy_sensible", "UPDATE risk_riskpolicy SET concern_days = 90"),
        (
            "risk_one_policy_a_day",
            "INSERT INTO risk_riskpolicy (id, version, in_force_from, concern_days, change_days, link_days, complaint_days, cqc_days, candour_days, share_days, look_again_days, check_months) SELECT gen_random_uuid(), 1, in_force_from, 3, 5, 90, 28, 1, 10, 7, 7, 12 FROM risk_riskpolicy",
        ),
        ("risk_scale_two_to_six_steps", "UPDATE risk_riskscale SET impact = '{Bad}'"),
        (
            "risk_one_scale_a_day",
            "INSERT INTO risk_riskscale (id, version, in_force_from, likelihood, impact) SELECT gen_random_uuid(), 1, in_force_from, likelihood, impact FROM risk_riskscale",
        ),
    ],
)
def test_direct_sql_is_refused_too(supported_person, care_manager, link, constraint, sql):
    factories.concern(supported_person, care_manager)
    assert_refused(constraint, lambda: run(sql))
