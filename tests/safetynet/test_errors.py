"""Versions on a wrong person's record: hidden from the team and the scheme, kept for the data officer with the copies."""

import pytest
from django.urls import reverse

from careplans import actions as careplans
from careplans.models import CarePlan
from people.models import Person
from risk import actions as risk
from risk.models import RiskAssessment

from .. import factories as people
from ..careplans import factories as plans
from ..placements import factories as placements

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
