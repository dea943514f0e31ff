"""Time limits of answers: set by the council, closed by the answer itself, waited for by the team."""

import pytest
from django.urls import reverse

from placements import actions
from placements.deadlines import ANSWER_OWED
from placements.models import AnswerOwed, MatchingPolicy

from ..careplans.pages import text
from ..careplans.test_models import assert_refused, run
from . import factories
from .factories import days

pytestmark = pytest.mark.django_db


def owed(side):
    return AnswerOwed.objects.open().filter(side=side)


def because():
    return sorted(AnswerOwed.objects.exclude(done_on=None).values_list("side", "closed_because"))


@pytest.fixture
def match(accepted, scheme, carer, scheme_worker):
    return factories.match(accepted, scheme, carer, scheme_worker, says=("not_asked", "not_asked"))


def test_a_scheme_answers_within_the_days_of_the_council_that_asks(
    person, team, scheme, council, care_manager, scheme_worker
):
    MatchingPolicy.objects.create(council=council, in_force_from=days(-5), scheme_days=4)
    row = factories.referral(person, team, care_manager, [scheme])
    asked = owed("scheme").get()
    assert (asked.due_on, asked.next_stage_on) == (days(4), days(2))
    sent = row.schemes.get()
    actions.answer_referral(
        sent=sent, answer="returned", missing=["money"], words="Who pays?", by=scheme_worker
    )
    assert not owed("scheme").exists()
    actions.complete_information(referral=row, information=factories.INFORMATION, by=care_manager)
    again = owed("scheme").get()
    assert (again.due_on, again.pk != asked.pk) == (days(4), True)
    actions.answer_referral(sent=sent, answer="accepted", by=scheme_worker)
    assert because() == [("scheme", "answered"), ("scheme", "answered")]
    assert not AnswerOwed.objects.exclude(next_stage_on=None).exists()


def test_a_yes_or_no_closes_what_was_waited_for_and_not_sure_does_not(match, scheme_worker):
    assert (owed("person").get().due_on, owed("carer").get().due_on) == (days(14), days(7))
    match = actions.record_answers(match=match, person_answer="unsure", carer_answer="no", by=scheme_worker)
    assert owed("person").exists()
    assert not owed("carer").exists()
    match = actions.record_answers(
        match=match, person_answer="yes", carer_answer="not_asked", by=scheme_worker
    )
    assert not owed("person").exists()
    assert owed("carer").count() == 1, "asked anew, because what was recorded was not an answer"
    actions.record_answers(match=match, person_says="Nice dog", by=scheme_worker)
    assert AnswerOwed.objects.filter(side="carer").count() == 2


def test_nobody_waits_for_a_match_that_ended(match, scheme_worker):
    actions.end_match(match=match, because="The dog", by=scheme_worker)
    assert because()[:2] == [("carer", "the match ended"), ("person", "the match ended")]


def test_nobody_waits_when_the_referral_is_closed(match, accepted, other_scheme, care_manager):
    actions.send_to(referral=accepted, schemes=[other_scheme], by=care_manager)
    assert AnswerOwed.objects.open().count() == 3
    actions.close_referral(referral=accepted, reason="withdrawn", by=care_manager)
    assert not AnswerOwed.objects.open().exists()


def test_nobody_waits_for_others_when_one_is_agreed(
    match, accepted, person, scheme, home, other_scheme, care_manager, scheme_worker
):
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    actions.send_to(referral=accepted, schemes=[other_scheme], by=care_manager)
    chosen = factories.match(accepted, scheme, factories.carer(home, scheme_worker), scheme_worker)
    factories.agree(chosen, care_manager)
    assert not AnswerOwed.objects.open().exists()


def test_the_scheme_owes_it_the_team_waits_for_it_and_others_know_nothing(
    match, person, scheme, council, scheme_worker, care_manager, charlie
):
    assert ANSWER_OWED.owed_by(scheme_worker).count() == 2
    assert not ANSWER_OWED.owed_by(care_manager).exists()
    assert ANSWER_OWED.waits_for(care_manager).count() == 2
    assert not ANSWER_OWED.waits_for(scheme_worker).exists()
    assert not ANSWER_OWED.visible_to(charlie).exists()
    row = owed("carer").get()
    assert (ANSWER_OWED.responsible(row), ANSWER_OWED.council(row)) == ((person, scheme), council)
    stages = [(stage.offset, stage.tells) for stage in ANSWER_OWED.stages]
    assert stages == [(-2, "worker"), (0, "worker"), (3, "manager")]


def test_a_reminder_leads_to_the_page_that_records_the_answer(
    client, match, accepted, other_scheme, scheme_worker, care_manager, charlie
):
    actions.send_to(referral=accepted, schemes=[other_scheme], by=care_manager)
    of_match, of_referral = (ANSWER_OWED.path(owed(side).get().pk) for side in ("carer", "scheme"))
    client.force_login(scheme_worker)
    assert client.get(of_match).url == reverse("placements:record_answers", args=[match.pk])
    assert client.get(of_referral).status_code == 404
    client.force_login(care_manager)
    assert client.get(of_match).url == match.get_absolute_url()
    assert client.get(of_referral).url == accepted.get_absolute_url()
    assert text(client.get(match.get_absolute_url())).count("answer due by") == 2
    assert text(client.get(accepted.get_absolute_url())).count("answer due by") == 1
    client.force_login(charlie)
    assert client.get(of_match).status_code == 404


def test_a_scheme_is_told_by_when_to_answer(client, referral, scheme_worker):
    client.force_login(scheme_worker)
    answer = client.get(ANSWER_OWED.path(owed("scheme").get().pk))
    assert answer.url == referral.schemes.get().get_absolute_url()
    assert "Please answer by" in text(client.get(answer.url))


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("placements_answer_owed_to_referral_or_match", "UPDATE placements_answerowed SET match_id = NULL"),
        ("placements_answer_owed_to_referral_or_match", "UPDATE placements_answerowed SET side = 'scheme'"),
        ("placements_one_answer_owed_at_a_time", "UPDATE placements_answerowed SET side = 'carer'"),
        ("placements_answer_owed_closed_with_reason", "UPDATE placements_answerowed SET done_on = now()"),
        (
            "placements_answer_owed_closed_with_reason",
            "UPDATE placements_answerowed SET done_on = now(), closed_because = 'answered'",
        ),
    ],
)
def test_direct_sql_cannot_break_it(match, constraint, sql):
    assert_refused(constraint, lambda: run(f"{sql} WHERE done_on IS NULL"))
