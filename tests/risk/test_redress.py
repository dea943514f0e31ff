"""Complaints, stage by stage, and the duty of candour: their clocks, their words, their pages."""

import pytest
from django.urls import reverse

from risk import actions
from risk.deadlines import CANDOUR, COMPLAINT
from risk.models import Complaint, DutyOfCandour

from .. import factories as cast
from ..careplans.pages import date_of, queries_of, send, text
from ..careplans.test_models import assert_refused, run
from . import factories
from .test_actions import assert_broken, in_days
from .test_changes import told

ANSWER = {"outcome": "upheld", "answer": "We should have rung back. We are sorry."}


# -- Complaints -----------------------------------------------------------------------------------------


def test_the_clock_of_a_complaint_runs_from_the_day_it_came_and_ends_with_the_answer(
    supported_person, scheme, scheme_worker, scheme_manager, care_manager
):
    row = factories.complaint(supported_person, scheme_worker, received_on=in_days(-3))
    assert (row.organisation, row.due_on, row.stage) == (scheme, in_days(25), "first")
    assert list(COMPLAINT.owed_by(scheme_worker)) == [row]
    assert not COMPLAINT.owed_by(care_manager).exists()
    assert list(Complaint.objects.visible_to(care_manager)) == [row]
    assert scheme_manager.name in told(COMPLAINT, in_days(25))
    row = actions.answer_complaint(complaint=row, by=scheme_worker, **ANSWER)
    assert (row.answered_on, row.next_stage_on) == (cast.today(), None)
    assert not COMPLAINT.open().exists()


def test_a_scheme_does_not_see_what_the_council_answers(
    supported_person, care_manager, scheme_worker, charlie
):
    row = factories.complaint(supported_person, care_manager)
    assert list(Complaint.objects.visible_to(care_manager)) == [row]
    for other in (scheme_worker, charlie):
        assert not Complaint.objects.visible_to(other).exists()
        assert not COMPLAINT.visible_to(other).exists()


@pytest.mark.rule("risk.complaint_dates")
def test_the_days_of_a_complaint_are_in_order(supported_person, care_manager):
    by = {"by": care_manager}
    assert_broken(
        "risk.complaint_dates",
        factories.complaint,
        person=supported_person,
        by=care_manager,
        received_on=in_days(1),
    )
    row = factories.complaint(supported_person, care_manager)
    for day in (in_days(-1), in_days(1)):
        acknowledge = {"complaint": row, "acknowledged_on": day} | by
        assert_broken("risk.complaint_dates", actions.acknowledge_complaint, **acknowledge)
        answer = {"complaint": row, "answered_on": day} | by | ANSWER
        assert_broken("risk.complaint_dates", actions.answer_complaint, **answer)
    row = actions.acknowledge_complaint(complaint=row, acknowledged_on=cast.today(), **by)
    assert row.acknowledged_on == cast.today()


@pytest.mark.rule(
    "risk.complaint_has_its_words", "risk.complaint_answered_in_words", "risk.complaint_answered"
)
def test_a_complaint_and_its_answer_have_words_and_there_is_one_answer(supported_person, care_manager):
    assert_broken(
        "risk.complaint_has_its_words",
        factories.complaint,
        person=supported_person,
        by=care_manager,
        words=" ",
    )
    row = factories.complaint(supported_person, care_manager)
    empty = {"outcome": "upheld", "answer": " "}
    assert_broken(
        "risk.complaint_answered_in_words", actions.answer_complaint, complaint=row, by=care_manager, **empty
    )
    actions.answer_complaint(complaint=row, by=care_manager, **ANSWER)
    assert_broken(
        "risk.complaint_answered", actions.answer_complaint, complaint=row, by=care_manager, **ANSWER
    )


@pytest.mark.rule("risk.complaint_stage_follows_another")
def test_taken_further_it_has_a_clock_of_its_own_and_the_first_answer_stays(supported_person, care_manager):
    first = factories.complaint(supported_person, care_manager, received_on=in_days(-20))
    further = {"complaint": first, "words": "Still nobody rings", "stage": "second", "by": care_manager}
    assert_broken("risk.complaint_stage_follows_another", actions.take_further, **further)
    actions.answer_complaint(complaint=first, by=care_manager, **ANSWER)
    second = actions.take_further(**further)
    first.refresh_from_db()
    assert (second.takes_further, second.due_on, first.answer) == (first, in_days(28), ANSWER["answer"])
    assert list(COMPLAINT.open()) == [second]
    assert_broken("risk.complaint_stage_follows_another", actions.take_further, **further)
    actions.answer_complaint(complaint=second, by=care_manager, **ANSWER)
    back = further | {"complaint": second}
    assert_broken("risk.complaint_stage_follows_another", actions.take_further, **back)


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("risk_complaint_has_its_words", "UPDATE risk_complaint SET words = ''"),
        ("risk_complaint_answered_in_words", "UPDATE risk_complaint SET answered_on = received_on"),
        (
            "risk_complaint_answered_after_it_came",
            "UPDATE risk_complaint SET answered_on = received_on - 1, answered_by_id = recorded_by_id, outcome = 'upheld',"
            " answer = 'x'",
        ),
        ("risk_complaint_stage_follows_another", "UPDATE risk_complaint SET stage = 'second'"),
    ],
)
def test_direct_sql_cannot_break_a_complaint(supported_person, care_manager, constraint, sql):
    factories.complaint(supported_person, care_manager)
    assert_refused(constraint, lambda: run(sql))


def test_a_complaint_goes_through_its_pages(client, supported_person, scheme_worker):
    client.force_login(scheme_worker)
    send(
        client,
        reverse("risk:write_complaint", args=[supported_person.pk]),
        {"raiser": "person", "words": "My money came late"} | date_of("received_on", cast.today()),
    )
    row = Complaint.objects.get()
    assert "Waits for an answer" in text(client.get(row.get_absolute_url()))
    send(
        client, reverse("risk:acknowledge_complaint", args=[row.pk]), date_of("acknowledged_on", cast.today())
    )
    send(
        client, reverse("risk:answer_complaint", args=[row.pk]), ANSWER | date_of("answered_on", cast.today())
    )
    assert ANSWER["answer"] in text(client.get(row.get_absolute_url()))
    further = {"stage": "ombudsman", "words": "Not content"} | date_of("received_on", cast.today())
    send(client, reverse("risk:complaint_further", args=[row.pk]), further)
    assert "It was taken further" in text(client.get(row.get_absolute_url()))
    listed = reverse("risk:complaints")
    assert "My money" not in text(client.get(listed)), "a list has no case text"
    before = len(queries_of(client, listed))
    for _n in range(4):
        factories.complaint(supported_person, scheme_worker)
    assert len(queries_of(client, listed)) <= min(before, 12)
    assert len(queries_of(client, reverse("risk:overview", args=[supported_person.pk]))) <= 12


# -- Candour ----------------------------------------------------------------------------------------------


def test_sorry_is_said_and_then_falls_due_in_writing(supported_person, scheme, scheme_worker, care_manager):
    row = factories.candour(supported_person, scheme_worker)
    assert (row.organisation, row.due_on) == (scheme, in_days(10))
    assert list(CANDOUR.owed_by(scheme_worker)) == [row]
    assert list(DutyOfCandour.objects.visible_to(care_manager)) == [row]
    assert scheme_worker.name in told(CANDOUR, in_days(10))
    row = actions.say_sorry_in_writing(candour=row, in_writing_on=cast.today(), by=scheme_worker)
    assert row.next_stage_on is None
    assert not CANDOUR.open().exists()


@pytest.mark.rule("risk.candour_dates", "risk.candour_once_each", "risk.candour_has_its_words")
def test_what_candour_refuses(supported_person, scheme_worker):
    for day in (in_days(-1), in_days(1)):
        assert_broken(
            "risk.candour_dates", factories.candour, person=supported_person, by=scheme_worker, told_on=day
        )
    assert_broken(
        "risk.candour_has_its_words",
        factories.candour,
        person=supported_person,
        by=scheme_worker,
        apology=" ",
    )
    row = factories.candour(supported_person, scheme_worker)
    again = {"incident": row.incident}
    assert_broken(
        "risk.candour_once_each", factories.candour, person=supported_person, by=scheme_worker, **again
    )
    for day in (in_days(-1), in_days(1)):
        facts = {"candour": row, "in_writing_on": day, "by": scheme_worker}
        assert_broken("risk.candour_dates", actions.say_sorry_in_writing, **facts)


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("risk_candour_has_its_words", "UPDATE risk_dutyofcandour SET apology = ''"),
        (
            "risk_candour_in_writing_after_it_was_said",
            "UPDATE risk_dutyofcandour SET in_writing_on = told_on - 1, in_writing_by_id = recorded_by_id",
        ),
        (
            "risk_candour_in_writing_after_it_was_said",
            "UPDATE risk_dutyofcandour SET in_writing_on = told_on",
        ),
        (
            "risk_candour_once_each",
            "INSERT INTO risk_dutyofcandour (id, version, reach, incident_id, person_id, organisation_id, told_whom, told_on, account,"
            " apology, findings, due_on) SELECT gen_random_uuid(), 1, reach, incident_id, person_id, organisation_id, 'x', told_on, 'x',"
            " 'x', '', due_on FROM risk_dutyofcandour",
        ),
    ],
)
def test_direct_sql_cannot_break_candour(supported_person, scheme_worker, constraint, sql):
    factories.candour(supported_person, scheme_worker)
    assert_refused(constraint, lambda: run(sql))


def test_candour_goes_through_its_pages(client, supported_person, scheme_worker):
    incident = factories.incident(supported_person, scheme_worker)
    client.force_login(scheme_worker)
    page = client.get(incident.get_absolute_url())
    assert "Say openly what went wrong" in text(page)
    said = {"told_whom": "Her", "account": "The gate", "apology": "Sorry"} | date_of("told_on", cast.today())
    send(client, reverse("risk:say_sorry", args=[incident.people.get().pk]), said)
    row = DutyOfCandour.objects.get()
    assert "Not yet" in text(client.get(row.get_absolute_url()))
    send(
        client,
        reverse("risk:in_writing", args=[row.pk]),
        {"findings": "A new catch"} | date_of("in_writing_on", cast.today()),
    )
    assert "A new catch" in text(client.get(row.get_absolute_url()))
    assert "Duty of candour" in text(client.get(incident.get_absolute_url()))
