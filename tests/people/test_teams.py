"""Teams merge, split and close: seen first, accepted, carried out in one step, taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from people import actions
from people.models import Answer, Involvement, Membership, OrganisationChange, Person
from people.visibility import Level
from sharedlives.permissions import Role
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

from .. import factories

pytestmark = pytest.mark.django_db
REASON = "The two teams share one office from April."
Kind = OrganisationChange.Kind


@pytest.fixture
def next_team(council):
    return factories.organisation("team", "Hilltop team", parent=council)


@pytest.fixture
def receiver(next_team):
    return factories.user("Nadia Stone", next_team, Role.TEAM_MANAGER)


@pytest.fixture
def colleague(team):
    return factories.user("Bola Reed", team, Role.CARE_MANAGER)


@pytest.fixture
def two(team, care_manager, colleague):
    """One person of each worker."""
    return factories.person(team, worker=care_manager), factories.person(team, worker=colleague)


def ask(team, to, by, kind=Kind.CLOSE, workers=()):
    return actions.ask_change(kind=kind, team=team, to=to, workers=workers, reason=REASON, by=by)


def teams_of(persons, on=None):
    rows = Involvement.objects.funding().current(on or factories.today()).filter(person__in=persons)
    return dict(rows.values_list("person", "organisation"))


def test_a_preview_counts_and_changes_nothing(team, two, care_manager):
    found = actions.preview_change(kind=Kind.SPLIT, team=team, workers=[care_manager])
    assert (found.persons, found.staying) == (1, 1)
    assert [m.user for m in found.memberships] == [care_manager]
    assert ("open referrals", 0) in found.carried
    assert set(teams_of(two).values()) == {team.pk}


def test_nothing_moves_before_the_other_manager_accepts(team, next_team, two, administrator, receiver):
    ask(team, next_team, administrator)
    assert set(teams_of(two).values()) == {team.pk}
    team.refresh_from_db()
    assert team.closed_on is None


def test_closing_moves_everybody_with_their_worker_and_ends_the_team(
    team, next_team, two, administrator, receiver, care_manager
):
    change = ask(team, next_team, administrator)
    actions.accept_change(change=change, by=receiver)
    assert teams_of(two) == {person.pk: next_team.pk for person in two}
    assert Involvement.objects.get(person=two[0], organisation=next_team).worker == care_manager
    now = Membership.objects.current(factories.today())
    assert now.get(user=care_manager).organisation == next_team
    assert not now.filter(organisation=team).exists()
    team.refresh_from_db()
    assert team.closed_on == factories.today()


def test_nobody_is_without_a_funding_team_on_any_day(team, next_team, two, administrator, receiver):
    days = [factories.today() + timedelta(days=n) for n in (-1, 0, 1)]
    actions.accept_change(change=ask(team, next_team, administrator), by=receiver)
    assert [len(teams_of(two, day)) for day in days] == [2, 2, 2]


def test_a_split_takes_the_workers_and_their_people_only(
    team, next_team, two, administrator, receiver, care_manager, colleague
):
    change = ask(team, next_team, administrator, Kind.SPLIT, [colleague])
    actions.accept_change(change=change, by=receiver)
    assert teams_of(two) == {two[0].pk: team.pk, two[1].pk: next_team.pk}
    assert Membership.objects.current(factories.today()).get(user=care_manager).organisation == team
    team.refresh_from_db()
    assert team.closed_on is None


def test_an_end_that_is_known_already_comes_along(
    team, next_team, other_team, two, administrator, receiver, care_manager
):
    day = factories.today() + timedelta(days=30)
    actions.transfer(person=two[0], to=other_team, worker=None, on=day, by=care_manager)
    actions.accept_change(change=ask(team, next_team, administrator), by=receiver)
    assert teams_of([two[0]]) == {two[0].pk: next_team.pk}
    assert teams_of([two[0]], day) == {two[0].pk: other_team.pk}


def test_open_handovers_are_withdrawn_or_asked_of_the_new_team(
    team, next_team, other_team, two, administrator, receiver, care_manager, charlie
):
    today = factories.today()
    away = actions.ask_handover(person=two[0], to=other_team, reason=REASON, on=today, by=care_manager)
    elsewhere = factories.person(other_team, worker=charlie)
    coming = actions.ask_handover(person=elsewhere, to=team, reason=REASON, on=today, by=charlie)
    actions.accept_change(change=ask(team, next_team, administrator), by=receiver)
    away.refresh_from_db()
    coming.refresh_from_db()
    assert away.state == Answer.WITHDRAWN
    assert (coming.state, coming.to) == (Answer.ASKED, next_team)


def test_undo_moves_back_what_is_as_it_was_and_says_what_stayed(
    team, next_team, two, administrator, receiver, care_manager, colleague
):
    change = actions.accept_change(change=ask(team, next_team, administrator), by=receiver)
    moved = Involvement.objects.get(person=two[1], organisation=next_team, until=None)
    actions.change_worker(involvement=moved, worker=receiver, by=receiver)
    actions.undo_change(change=change, by=administrator)
    assert teams_of(two) == {two[0].pk: team.pk, two[1].pk: next_team.pk}
    left = change.moves.exclude(left_because="").get()
    assert (left.was.person, left.left_because) == (two[1], "changed since")
    now = Membership.objects.current(factories.today())
    assert now.get(user=care_manager).organisation == team
    team.refresh_from_db()
    assert team.closed_on is None
    again = type(care_manager).objects.get(pk=care_manager.pk)  # memberships are kept on the object
    assert list(Person.objects.visible_to(again, least=Level.FUNDS)) == [two[0]]


def test_who_belonged_to_both_teams_is_back_in_both(team, next_team, administrator, receiver, care_manager):
    factories.Membership.objects.create(
        user=care_manager, organisation=next_team, role=Role.CARE_MANAGER, since=factories.today()
    )
    change = actions.accept_change(change=ask(team, next_team, administrator), by=receiver)
    now = Membership.objects.current(factories.today()).filter(user=care_manager)
    assert now.get().organisation == next_team
    actions.undo_change(change=change, by=administrator)
    assert {m.organisation for m in now.all()} == {team, next_team}


@pytest.mark.rule("people.undo_in_time")
def test_after_thirty_days_it_stays(team, next_team, administrator, receiver):
    change = actions.accept_change(change=ask(team, next_team, administrator), by=receiver)
    long_ago = factories.today() - timedelta(days=31)
    OrganisationChange.objects.filter(pk=change.pk).update(answered_on=long_ago)
    with pytest.raises(RuleBroken, match="30 days"):
        actions.undo_change(change=change, by=administrator)


@pytest.mark.rule("people.split_names_workers")
def test_a_split_needs_workers(team, next_team, administrator, receiver):
    with pytest.raises(RuleBroken, match="needs the workers"):
        ask(team, next_team, administrator, Kind.SPLIT)


@pytest.mark.rule("people.no_team_beneath")
def test_a_team_above_others_does_not_end(team, next_team, administrator, receiver):
    factories.organisation("team", "Beneath", parent=team)
    with pytest.raises(RuleBroken, match="teams beneath"):
        ask(team, next_team, administrator)


@pytest.mark.rule("people.receiver_has_a_manager")
def test_somebody_must_be_able_to_accept(team, next_team, administrator):
    with pytest.raises(RuleBroken, match="no team manager"):
        ask(team, next_team, administrator)


@pytest.mark.rule("people.one_open_change")
def test_one_change_at_a_time(team, next_team, administrator, receiver):
    ask(team, next_team, administrator)
    with pytest.raises(RuleBroken, match="waits for an answer"):
        ask(team, next_team, administrator)


@pytest.mark.rule("people.another_team")
def test_not_into_itself(team, administrator, team_manager):
    with pytest.raises(RuleBroken, match="to itself"):
        ask(team, team, administrator)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("team_id = to_id", "people_change_to_another_team"),
        ("state = 'done'", "people_change_answered_has_a_day"),
        ("undone_on = current_date", "people_change_undone_has_a_day"),
    ],
)
def test_the_database_keeps_it_too(team, next_team, administrator, receiver, change, constraint):
    ask(team, next_team, administrator)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE people_organisationchange SET {change}")


def test_a_move_is_of_one_thing(team, next_team, two, administrator, receiver):
    actions.accept_change(change=ask(team, next_team, administrator), by=receiver)
    with (
        pytest.raises(IntegrityError, match="people_move_is_of_one_thing"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE people_organisationmove SET was_id = NULL, member_was_id = NULL")


# -- The pages -----------------------------------------------------------------------------------------


def typed(user, to, **more):
    return {"form_key": new_key(user), "kind": "close", "to": to.pk, "reason": REASON} | more


def test_the_administrator_sees_first_and_asks_then(client, team, next_team, two, administrator, receiver):
    client.force_login(administrator)
    address = reverse("people:change_team", args=[team.pk])
    seen = client.post(address, typed(administrator, next_team))
    text = seen.content.decode()
    assert "nothing is saved yet" in text
    assert two[0].reference in text
    assert two[0].family_name not in text
    assert not OrganisationChange.objects.exists()
    answer = client.post(address, dict(seen.context["typed"]) | {"confirmed": "1"})
    assert answer.url == OrganisationChange.objects.get().get_absolute_url()


def test_the_other_manager_accepts_and_the_administrator_undoes(
    client, team, next_team, two, administrator, receiver, charlie
):
    change = ask(team, next_team, administrator)
    client.force_login(charlie)
    assert client.get(change.get_absolute_url()).status_code == 404
    client.force_login(receiver)
    assert "What would move" in client.get(change.get_absolute_url()).content.decode()
    accept = client.post(reverse("people:accept_change", args=[change.pk]), {"form_key": new_key(receiver)})
    assert accept.status_code == 302
    assert set(teams_of(two).values()) == {next_team.pk}
    client.force_login(administrator)
    assert "Undo it" in client.get(change.get_absolute_url()).content.decode()
    client.post(reverse("people:undo_change", args=[change.pk]), {"form_key": new_key(administrator)})
    assert set(teams_of(two).values()) == {team.pk}


def test_the_list_of_teams_says_what_each_holds(client, team, two, administrator, team_manager):
    client.force_login(administrator)
    page = client.get(reverse("people:teams"))
    row = next(row for row in page.context["list"].page.object_list if row == team)
    assert (row.people, row.managers, row.workers) == (2, 1, 3)


def test_declining_and_withdrawing_leave_everything(client, team, next_team, administrator, receiver):
    change = ask(team, next_team, administrator)
    client.force_login(receiver)
    address = reverse("people:decline_change", args=[change.pk])
    client.post(address, {"form_key": new_key(receiver), "answer": "Not before the summer."})
    change.refresh_from_db()
    assert change.state == Answer.DECLINED
    again = ask(team, next_team, administrator)
    client.force_login(administrator)
    client.post(reverse("people:withdraw_change", args=[again.pk]), {"form_key": new_key(administrator)})
    again.refresh_from_db()
    assert again.state == Answer.WITHDRAWN
