"""Conflicts of interest: nobody opens or approves their own record or their family's."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from people import actions
from people.models import Conflict, Identity, Person
from sharedlives.permissions import Permission, Role
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist.models import Mail

from .. import factories


def sees(user, person, **how):
    user.__dict__.pop("_current_memberships", None)
    return Person.objects.visible_to(user, **how).filter(pk=person.pk).exists()


def close(user, person, by=None, tie="family"):
    conflict = actions.declare_conflict(user=user, person=person, tie=tie, by=by or user)
    user.__dict__.pop("_current_memberships", None)
    return conflict


def test_the_record_is_closed_to_the_one_who_is_close_and_to_nobody_else(person, care_manager, team_manager):
    assert sees(care_manager, person)
    close(care_manager, person)
    assert not sees(care_manager, person)
    assert not sees(care_manager, person, permission=Permission.PLAN_SIGN)
    assert sees(team_manager, person)


def test_a_linked_record_of_the_same_human_being_is_closed_too(person, team, care_manager):
    other = factories.person(team, worker=care_manager)
    identity = Identity.objects.create()
    Person.objects.filter(pk__in=[person.pk, other.pk]).update(identity=identity)
    close(care_manager, person)
    assert not sees(care_manager, other)


def test_cover_and_holding_a_review_open_it_no_more_than_the_team_does(person, team, care_manager):
    colleague = factories.user("Close Colleague", team, Role.CARE_MANAGER)
    today = timezone.localdate()
    actions.be_away(cover=colleague, since=today, until=today, by=care_manager)
    close(colleague, person)
    assert not sees(colleague, person)


@pytest.mark.rule("people.conflict_closes_the_record")
def test_emergency_access_has_no_door_for_them(person, charlie, client):
    close(charlie, person)
    client.force_login(charlie)
    typed = {"form_key": new_key(charlie), "reason": "She is my sister and I worry"}
    refused = client.post(reverse("people:emergency_access", args=[person.pk]), typed)
    assert refused.status_code == 422
    assert "Ask a colleague to act" in refused.content.decode()
    assert not person.access_grants.exists()
    assert not Mail.objects.exists()


def test_emergency_access_that_was_open_closes(person, charlie):
    actions.open_emergency_access(person=person, reason="Found alone at the station", by=charlie)
    assert sees(charlie, person)
    close(charlie, person)
    assert not sees(charlie, person)


def test_the_page_says_that_it_is_closed_and_shows_nothing(person, care_manager, client):
    close(care_manager, person)
    client.force_login(care_manager)
    answer = client.get(person.get_absolute_url())
    assert answer.status_code == 403
    assert "a conflict of interest is declared" in answer.content.decode()
    assert person.family_name not in answer.content.decode()


def test_it_costs_no_query_more(person, care_manager, django_assert_num_queries):
    close(care_manager, person)
    with django_assert_num_queries(2):  # the memberships, once a request, and the persons
        list(Person.objects.visible_to(care_manager))


@pytest.mark.rule("people.conflict_by_a_manager")
def test_only_a_manager_declares_for_others_and_ends(person, care_manager, team_manager, charlie):
    with pytest.raises(RuleBroken, match="for their manager"):
        close(care_manager, person, by=charlie)
    conflict = close(care_manager, person, by=team_manager)
    assert conflict.declared_by == team_manager
    for by in (care_manager, charlie):
        with pytest.raises(RuleBroken, match="Nobody ends their own"):
            actions.end_conflict(conflict=conflict, because="I say so", by=by)
    actions.end_conflict(conflict=conflict, because="They no longer live together", by=team_manager)
    assert sees(care_manager, person)
    told = conflict.history.first()
    assert (told.history_user, told.ended_because) == (team_manager, "They no longer live together")


def test_a_manager_does_not_end_the_own_one(person, team_manager):
    conflict = close(team_manager, person)
    with pytest.raises(RuleBroken, match="Nobody ends their own"):
        actions.end_conflict(conflict=conflict, because="No longer", by=team_manager)


@pytest.mark.rule("people.conflict_once")
def test_it_is_declared_once(person, care_manager):
    close(care_manager, person)
    with pytest.raises(RuleBroken, match="declared already"), transaction.atomic():
        close(care_manager, person)
    assert Conflict.objects.count() == 1


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        (
            "people_conflict_dates_in_order",
            "until = since - 1, ended_by_id = declared_by_id, ended_because = 'x'",
        ),
        ("people_conflict_ended_by_another", "until = since, ended_by_id = user_id, ended_because = 'x'"),
        ("people_conflict_ended_by_another", "until = since"),
    ],
)
def test_the_database_keeps_it(person, care_manager, team_manager, constraint, change):
    close(care_manager, person, by=team_manager)
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE people_conflict SET {change}")


def test_the_database_keeps_one_open_one(person, care_manager, team_manager):
    first = close(care_manager, person, by=team_manager)
    facts = {"user": care_manager, "person": person, "organisation": first.organisation}
    with pytest.raises(IntegrityError, match="people_one_open_conflict"), transaction.atomic():
        Conflict.objects.create(tie="self", declared_by=team_manager, **facts)


def test_declared_on_the_page_with_the_reference(person, care_manager, client):
    client.force_login(care_manager)
    url = reverse("people:declare_conflict")
    assert str(care_manager) in client.get(f"{url}?reference={person.reference}").content.decode()
    typed = {"form_key": new_key(care_manager), "user": care_manager.pk, "tie": "self"}
    wrong = client.post(url, typed | {"reference": "P-NOBODY"})
    assert "No record has the reference P-NOBODY" in wrong.content.decode()
    assert client.post(url, typed | {"reference": person.reference.lower()}).status_code == 302
    conflict = Conflict.objects.get()
    assert (conflict.user, conflict.person, conflict.tie) == (care_manager, person, "self")


def test_the_manager_lists_and_ends_those_of_the_own_team_only(
    person, care_manager, team_manager, scheme_manager, client
):
    conflict = close(care_manager, person)
    client.force_login(scheme_manager)
    assert "Amina Yusuf" not in client.get(reverse("people:conflicts")).content.decode()
    client.force_login(team_manager)
    page = client.get(reverse("people:conflicts")).content.decode()
    assert "Amina Yusuf" in page
    assert person.reference in page
    typed = {"form_key": new_key(team_manager), "form_version": 1, "because": "It was a namesake"}
    assert client.post(reverse("people:end_conflict", args=[conflict.pk]), typed).status_code == 302
    assert not Conflict.objects.current(timezone.localdate()).exists()


@pytest.mark.parametrize("rows", [3, 30])
def test_the_list_costs_the_same_however_long(
    rows, team, team_manager, client, django_assert_max_num_queries
):
    for n in range(rows):
        worker = factories.user(f"Worker {n}", team, Role.CARE_MANAGER)
        close(worker, factories.person(team, worker=worker))
    client.force_login(team_manager)
    with django_assert_max_num_queries(12):
        client.get(reverse("people:conflicts"))


# -- Emergency access is read about --------------------------------------------------------------------


@pytest.fixture
def grant(person, charlie, team_manager):
    return actions.open_emergency_access(person=person, reason="Found alone at the station", by=charlie)


def test_the_manager_is_mailed_at_once_with_a_link_and_no_name(grant, person, team_manager):
    mail = Mail.objects.get()
    assert (mail.recipient, mail.template) == (team_manager, "emergency_access")
    assert mail.path == reverse("people:read_grant", args=[grant.pk])


def test_it_stands_on_my_work_of_the_manager_until_one_has_read_it(
    grant, person, team_manager, care_manager, client
):
    client.force_login(care_manager)
    assert "Emergency access is to be read about" not in client.get("/").content.decode()
    client.force_login(team_manager)
    assert "Emergency access is to be read about" in client.get("/").content.decode()
    url = reverse("people:read_grant", args=[grant.pk])
    page = client.get(url).content.decode()
    assert "Charlie Stranger opened it" in page
    assert "Found alone at the station" in page
    assert client.post(url, {"form_key": new_key(team_manager)}).status_code == 302
    grant.refresh_from_db()
    assert (grant.read_by, grant.next_stage_on) == (team_manager, None)
    assert "Emergency access is to be read about" not in client.get("/").content.decode()
    assert "Tom Ellery read this" in client.get(url).content.decode()


@pytest.mark.rule("people.emergency_access_read_by_another")
def test_nobody_reads_about_the_own_one(person, team_manager, other_team):
    grant = actions.open_emergency_access(person=person, reason="Found alone at the station", by=team_manager)
    with pytest.raises(RuleBroken, match="Another manager"):
        actions.read_grant(grant=grant, by=team_manager)
    with pytest.raises(IntegrityError, match="people_grant_read_by_another"), transaction.atomic():
        type(grant).objects.update(read_by=team_manager, read_at=timezone.now(), next_stage_on=None)


def test_due_to_nobody_is_refused_by_the_database(grant):
    with pytest.raises(IntegrityError, match="people_grant_due_to_a_team"), transaction.atomic():
        type(grant).objects.update(organisation=None)


def test_a_second_manager_changes_nothing(grant, team_manager, team):
    other = factories.user("Second Manager", team, Role.TEAM_MANAGER)
    actions.read_grant(grant=grant, by=team_manager)
    assert actions.read_grant(grant=grant, by=other).read_by == team_manager


def test_left_unread_the_manager_is_reminded(grant, team_manager):
    assert grant.next_stage_on == grant.due_on + timedelta(days=2)
