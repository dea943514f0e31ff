"""Versions on a wrong person's record: hidden from the team and the scheme, kept for the data officer with the copies."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from careplans import actions as careplans
from careplans.models import CarePlan
from people import actions
from people.models import CopyToRecall, Person
from placements.models import AgreementEnteredInError
from reviews import actions as review_actions
from reviews.models import RecordEnteredInError, ReviewAction, ReviewDue
from risk import actions as risk
from risk.models import RiskAssessment
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist.actions import send_reminders
from sharedlives.worklist.models import Reminder

from .. import factories as people
from ..careplans import factories as plans
from ..careplans.test_models import assert_refused, run
from ..placements import factories as placements
from ..reviews import factories as reviews

pytestmark = pytest.mark.django_db


def page(client, user, kind):
    client.force_login(user)
    return client.get(reverse("safetynet:entered_in_error", args=[kind]))


@pytest.fixture
def wrong_plan(supported_person, scheme, care_manager, scheme_worker):
    plans.held_plan(supported_person, scheme, care_manager, scheme_worker)
    plan = CarePlan.objects.get(person=supported_person)
    careplans.enter_in_error(plan=plan, why="Meant for a namesake", by=care_manager)
    return plan


def test_hidden_from_the_team_and_the_scheme_listed_for_the_data_officer(
    wrong_plan, supported_person, care_manager, scheme_worker, data_officer, client
):
    for user in (care_manager, scheme_worker):
        assert not CarePlan.objects.visible_to(user).filter(pk=wrong_plan.pk).exists()
        assert page(client, user, "plans").status_code == 403
    text = page(client, data_officer, "plans").content.decode()
    assert supported_person.reference in text
    assert "Meant for a namesake" in text
    assert "Harbour Shared Lives, given on" in text
    assert "not asked yet" in text
    assert supported_person.family_name not in text


def test_so_with_risk(person, care_manager, data_officer, client):
    row = placements.signed_risk(person, care_manager)
    risk.enter_in_error(assessment=row, why="Another Mary", by=care_manager)
    assert not RiskAssessment.objects.visible_to(care_manager).exists()
    assert "Another Mary" in page(client, data_officer, "risks").content.decode()


def test_the_data_officer_of_another_council_reads_nothing_of_it(wrong_plan, other_council, client):
    other = people.user("Other Officer", other_council, "data_officer")
    assert "Nothing was entered in error" in page(client, other, "plans").content.decode()


def test_no_other_kind(data_officer, client):
    assert page(client, data_officer, "letters").status_code == 404


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_however_long(
    rows, team, care_manager, data_officer, client, django_assert_max_num_queries
):
    for _n in range(rows):
        one = people.person(team, worker=care_manager)
        row = placements.signed_risk(one, care_manager)
        risk.enter_in_error(assessment=row, why="Another", by=care_manager)
    assert Person.objects.count() == rows
    client.force_login(data_officer)
    with django_assert_max_num_queries(12):
        client.get(reverse("safetynet:entered_in_error", args=["risks"]))


def test_so_with_a_placement_agreement(
    person, team, scheme, council, care_manager, scheme_worker, data_officer, client
):
    home = placements.home(scheme, council, scheme_worker)
    carer = placements.carer(home, scheme_worker)
    placement = placements.agreed(person, team, scheme, carer, care_manager, scheme_worker)
    row = placements.sign_all(placements.agreement(placement, scheme_worker), scheme_worker, care_manager)
    assert placement.agreements.in_force().exists()
    url = reverse("placements:enter_in_error", args=[row.pk])
    client.force_login(scheme_worker)
    assert url in client.get(row.get_absolute_url()).content.decode()
    typed = {"form_key": new_key(scheme_worker), "why": "His brother’s"}
    assert client.post(url, typed).status_code == 302
    assert client.get(row.get_absolute_url()).status_code == 404
    assert row.get_absolute_url() not in client.get(placement.get_absolute_url()).content.decode()
    assert not placement.agreements.in_force().exists()
    held = CopyToRecall.objects.filter(record_id=row.pk)
    assert {(copy.holder, copy.organisation) for copy in held} == {
        ("Somebody, the shared lives carer", scheme),
        ("Somebody, the person", scheme),
    }
    actions.note_recall(copy=held[0], asked_on=people.today(), answer="Burnt", by=scheme_worker)
    text = page(client, data_officer, "agreements").content.decode()
    assert "His brother’s" in text
    assert "answered: Burnt" in text


@pytest.fixture
def met(supported_person, scheme, team, care_manager):
    """A review that was held, and its record sent."""
    reviews.signed_off(supported_person, care_manager)
    reviews.started(supported_person, scheme, team, care_manager, on=reviews.ago(40))
    due = ReviewDue.objects.get(person=supported_person, subject="care_plan")
    promise = {
        "action-1-words": "Ring the baths",
        "action-1-owner": "Amina",
        "action-1-by": people.today().isoformat(),
    }
    review = reviews.held([due], care_manager, **promise)
    review_actions.send_record(review=review, by=care_manager)
    return due, review


def test_so_with_the_record_of_a_review_and_what_it_met_is_owed_again(
    met, supported_person, care_manager, data_officer, client
):
    due, review = met
    client.force_login(care_manager)
    url = reverse("reviews:enter_in_error", args=[review.pk])
    assert url in client.get(review.get_absolute_url()).content.decode()
    typed = {"form_key": new_key(care_manager), "why": "Held with her sister"}
    assert client.post(url, typed).status_code == 302
    for hidden in (review.get_absolute_url(), reverse("reviews:copy", args=[review.copies.first().pk])):
        assert client.get(hidden).status_code == 404
    assert not ReviewAction.objects.visible_to(care_manager).exists()
    assert not ReviewAction.objects.open().exists()
    again = ReviewDue.objects.open().get(person=supported_person, subject="care_plan")
    assert (again.due_on, again.first_due_on, again.is_first) == (due.due_on, due.first_due_on, True)
    rounds = ReviewDue.objects.filter(person=supported_person, subject="care_plan").order_by("cycle")
    assert [row.state for row in rounds] == ["open", "void"]
    assert again == due
    text = page(client, data_officer, "reviews").content.decode()
    assert "Held with her sister" in text
    assert review.copies.count() == CopyToRecall.objects.filter(record_id=review.pk).count() > 0


def test_owed_again_it_is_met_by_the_next_meeting_and_owed_again_once_more(
    met, supported_person, care_manager
):
    """Both meetings never were: the first round is open on its first date, whatever came after it is not owed."""
    due, review = met
    rows = ReviewDue.objects.filter(person=supported_person, subject="care_plan").order_by("cycle")
    for last in (False, True):
        review_actions.enter_in_error(review=review, why="Held with her sister", by=care_manager)
        due.refresh_from_db()
        assert (due.state, due.closed_on, due.why) == ("open", None, "")
        assert ReviewDue.objects.open().filter(subject="care_plan").get() == due
        if not last:
            review = reviews.held([due], care_manager)
    assert [row.state for row in rows] == ["open", "void", "void"]
    assert due.first_due_on == due.due_on


def test_of_what_is_owed_again_no_stage_is_sent_twice(supported_person, scheme, team, care_manager):
    reviews.signed_off(supported_person, care_manager)
    reviews.started(supported_person, scheme, team, care_manager, on=reviews.ago(50))
    due = ReviewDue.objects.get(person=supported_person, subject="care_plan")

    def sent():
        send_reminders(as_of=people.today(), limit_seconds=None)
        rows = Reminder.objects.filter(object_id=due.pk)
        return sorted(rows.values_list("stage", flat=True))

    before = sent()
    review = reviews.held([due], care_manager)
    review_actions.enter_in_error(review=review, why="Held with her sister", by=care_manager)
    due.refresh_from_db()
    assert due.next_stage_on > people.today()
    assert sent() == before != []


def test_direct_sql_opens_no_other_closed_review(met):
    due, _review = met
    assert_refused(
        "reviews_closed_due_stays_closed",
        lambda: run(f"UPDATE reviews_reviewdue SET state = 'open', closed_on = NULL WHERE id = '{due.pk}'"),
    )


def test_a_round_that_was_met_since_stays_met(met, supported_person, care_manager):
    due, review = met
    following = ReviewDue.objects.open().get(person=supported_person, subject="care_plan")
    reviews.held([following], care_manager)
    review_actions.enter_in_error(review=review, why="Held with her sister", by=care_manager)
    states = ReviewDue.objects.filter(person=supported_person, subject="care_plan").order_by("cycle")
    assert [row.state for row in states] == ["met", "met", "open"]


def test_a_meeting_that_was_not_held_has_no_record(supported_person, scheme, team, care_manager):
    reviews.started(supported_person, scheme, team, care_manager, on=reviews.ago(10))
    meeting = reviews.meeting(list(ReviewDue.objects.open()), care_manager)
    with pytest.raises(RuleBroken):
        review_actions.enter_in_error(review=meeting, why="Never was", by=care_manager)


@pytest.mark.parametrize(
    ("constraint", "model", "version"),
    [
        ("placements_error_says_why", AgreementEnteredInError, "agreement"),
        ("reviews_error_says_why", RecordEnteredInError, "review"),
    ],
)
def test_an_error_says_why(constraint, model, version):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**{f"{version}_id": uuid4()}, why="")


def test_who_was_given_a_risk_assessment_is_asked_for_it(
    supported_person, scheme, care_manager, scheme_worker, data_officer, client
):
    row = placements.signed_risk(supported_person, care_manager)
    of_person = row.copies.get(reader="person")
    risk.give_copy(copy=of_person, given_on=people.today(), how="read_out", by=care_manager)
    risk.enter_in_error(assessment=row, why="Another Mary", by=care_manager)
    held = CopyToRecall.objects.filter(record_id=row.pk)
    assert [(copy.holder, copy.given_on) for copy in held] == [(str(scheme), people.today())]
    assert "Harbour Shared Lives, given on" in page(client, data_officer, "risks").content.decode()
