"""Complaints and the duty of candour about somebody: they see no trace of it, another one answers."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse

from people.models import Membership
from risk import actions
from risk.deadlines import CANDOUR, COMPLAINT
from risk.models import Complaint, DutyOfCandour, RedressAbout
from sharedlives.permissions import Role
from sharedlives.records.models import AccessLogEntry
from sharedlives.worklist.models import Mail

from .. import factories as cast
from ..careplans.pages import date_of, send, text
from ..careplans.test_models import assert_refused, run
from . import factories
from .test_changes import told

WORDS = "Shouts at me"


def seen(user, model=Complaint):
    user.__dict__.pop("_current_memberships", None)
    return set(model.objects.visible_to(user))


@pytest.fixture
def other_manager(council):
    hilltop = cast.organisation("team", "Hilltop team", parent=council)
    return cast.user("Mona Hilltop", hilltop, Role.TEAM_MANAGER)


def about(person, by, *kinds):
    return factories.complaint(person, by, about=kinds, words=WORDS)


def test_about_the_scheme_the_council_alone_knows_and_answers(
    supported_person, team, care_manager, team_manager, scheme_worker, scheme_manager
):
    row = about(supported_person, scheme_worker, "scheme")
    assert (row.organisation, row.reach) == (team, "council")
    assert [seen(user) for user in (care_manager, team_manager)] == [{row}] * 2
    assert [seen(user) for user in (scheme_worker, scheme_manager)] == [set()] * 2
    assert list(COMPLAINT.owed_by(care_manager)) == [row]
    assert told(COMPLAINT, row.due_on - timedelta(days=7)) == ["Amina Yusuf"]


def test_about_the_care_manager_the_managers_alone_know(
    supported_person, team, care_manager, team_manager, scheme_worker
):
    colleague = cast.user("Colleague", team, Role.CARE_MANAGER)
    row = about(supported_person, scheme_worker, "care_manager")
    said = factories.candour(supported_person, care_manager, about=["care_manager"])
    for model, found in ((Complaint, row), (DutyOfCandour, said)):
        assert seen(team_manager, model) == {found}
        assert [seen(user, model) for user in (care_manager, colleague, scheme_worker)] == [set()] * 3
    assert list(COMPLAINT.owed_by(team_manager)) == [row]
    assert list(CANDOUR.owed_by(team_manager)) == [said]
    assert row.about.get().user == care_manager


def test_about_the_manager_another_one_answers_who_need_not_know_the_person(
    client, supported_person, care_manager, team_manager, other_manager
):
    row = about(supported_person, care_manager, "team_manager")
    assert [seen(user) for user in (other_manager, team_manager, care_manager)] == [{row}, set(), set()]
    client.force_login(other_manager)
    assert WORDS in text(client.get(row.get_absolute_url()))
    assert row.get_absolute_url() in client.get(reverse("risk:complaints")).content.decode()
    answer = {"outcome": "upheld", "answer": "We are sorry"} | date_of("answered_on", cast.today())
    assert send(client, reverse("risk:answer_complaint", args=[row.pk]), answer).status_code == 302
    row.refresh_from_db()
    assert row.answered_by == other_manager
    assert client.get(supported_person.get_absolute_url()).status_code == 404
    assert not AccessLogEntry.objects.filter(person_ids__contains=[supported_person.pk]).exists()
    assert AccessLogEntry.objects.filter(person_ids__contains=[row.pk]).exists()


def test_no_page_no_list_no_file_no_count_shows_it_to_whom_it_is_about(
    client, supported_person, care_manager, team_manager
):
    row = about(supported_person, team_manager, "care_manager")
    said = factories.candour(supported_person, team_manager, about=["care_manager"], account=WORDS)
    client.force_login(care_manager)
    for path in (
        reverse("risk:complaints"),
        reverse("risk:complaints") + "?format=csv",
        reverse("risk:overview", args=[supported_person.pk]),
        said.incident.get_absolute_url(),
        supported_person.get_absolute_url(),
        reverse("people:timeline", args=[supported_person.pk]),
        reverse("worklist:list_of", args=["weeks"]),
        reverse("worklist:list_of", args=["waiting"]) + "?format=csv",
    ):
        page = client.get(path)
        assert page.status_code == 200, path
        for trace in (WORDS, str(row.pk), str(said.pk)):
            assert trace not in page.content.decode(), path
    for name in ("complaint", "answer_complaint", "acknowledge_complaint", "complaint_about"):
        assert client.get(reverse(f"risk:{name}", args=[row.pk])).status_code == 404, name
    for name in ("candour", "candour_about", "in_writing"):
        assert client.get(reverse(f"risk:{name}", args=[said.pk])).status_code == 404, name
    for deadline in (COMPLAINT, CANDOUR):
        assert not deadline.visible_to(care_manager).exists()
        assert not deadline.owed_by(care_manager).exists()
    assert {Complaint, DutyOfCandour, RedressAbout} & set(admin.site._registry) == set()


@pytest.mark.parametrize("name", ["risk:write_complaint", "risk:write_concern"])
def test_who_has_looked_does_not_tell_a_manager_that_somebody_wrote_one(
    client, supported_person, scheme_worker, team_manager, name
):
    client.force_login(scheme_worker)
    assert client.get(reverse(name, args=[supported_person.pk])).status_code == 200
    client.force_login(team_manager)
    page = text(client.get(reverse("people:looked", args=[supported_person.pk])))
    assert scheme_worker.name not in page
    assert name.partition(":")[2].replace("_", " ") not in page
    assert "The council" in page


def test_no_reminder_reaches_them_though_they_become_a_manager(
    supported_person, team, care_manager, team_manager, other_manager
):
    row = about(supported_person, team_manager, "care_manager")
    Membership.objects.create(
        user=care_manager, organisation=team, role=Role.TEAM_MANAGER, since=cast.today()
    )
    assert seen(care_manager) == set()
    assert set(told(COMPLAINT, row.due_on + timedelta(days=14))) == {"Mona Hilltop"}
    assert not Mail.objects.filter(recipient=care_manager).exists()


def test_said_later_it_goes_from_them_and_when_it_was_a_mistake_it_comes_back(
    client, supported_person, care_manager, team_manager
):
    row = factories.complaint(supported_person, care_manager)
    client.force_login(care_manager)
    path = reverse("risk:complaint_about", args=[row.pk])
    answer = send(client, path, {"about": ["care_manager"]})
    assert answer["Location"] == reverse("risk:complaints"), "its page is gone for her"
    assert (seen(care_manager), seen(team_manager)) == (set(), {row})
    actions.say_whom_redress_is_about(row=row, about=["carer"], by=team_manager)
    assert seen(care_manager) == {row}
    assert [one.kind for one in row.about.all()] == ["carer"]


def test_taken_further_it_still_goes_past_them(supported_person, care_manager, team_manager):
    row = about(supported_person, team_manager, "care_manager")
    actions.answer_complaint(complaint=row, by=team_manager, outcome="upheld", answer="Sorry")
    further = actions.take_further(complaint=row, words="Again", stage="second", by=team_manager)
    assert further.about.get().user == care_manager
    assert (seen(care_manager), seen(team_manager)) == (set(), {row, further})


def test_a_second_apology_is_not_refused_where_the_first_is_not_theirs_to_know(
    supported_person, care_manager, team_manager
):
    hidden = factories.candour(supported_person, team_manager, about=["care_manager"])
    own = factories.candour(supported_person, care_manager, incident=hidden.incident)
    assert seen(care_manager, DutyOfCandour) == {own}


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("risk_redress_about_one_row", "UPDATE risk_redressabout SET complaint_id = NULL"),
        ("risk_redress_about_a_user_who_works_there", "UPDATE risk_redressabout SET kind = 'carer'"),
        (
            "risk_redress_about_an_organisation",
            "UPDATE risk_redressabout SET organisation_id = (SELECT organisation_id FROM risk_complaint)",
        ),
    ],
)
def test_direct_sql_cannot_break_whom_it_is_about(supported_person, team_manager, constraint, sql):
    about(supported_person, team_manager, "care_manager")
    assert_refused(constraint, lambda: run(sql))
