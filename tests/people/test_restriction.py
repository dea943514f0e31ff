"""Putting a restriction on and lifting it: by a team manager, with somebody left who works on."""

import pytest
from django.urls import reverse

from people import actions
from people.models import Person, Restriction
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

from .. import factories


@pytest.fixture
def colleague(team):
    return factories.user("Col League", team, "care_manager")


def close(person, by, allowed, kind="masked"):
    return actions.put_restriction(
        person=person, kind=kind, reason="A relative works here", allowed=allowed, by=by
    )


def sees(user, person):
    return Person.objects.visible_to(user).filter(pk=person.pk).exists()


def test_all_but_those_named_and_the_manager_are_closed_out(person, care_manager, colleague, team_manager):
    close(person, team_manager, [care_manager])
    assert sees(care_manager, person)
    assert sees(team_manager, person)
    assert not sees(colleague, person)


@pytest.mark.rule("people.restriction_names_somebody")
@pytest.mark.parametrize("who", ["nobody", "the manager alone"])
def test_somebody_goes_on_working_with_the_person(person, team_manager, who):
    with pytest.raises(RuleBroken, match="at least one worker"):
        close(person, team_manager, [] if who == "nobody" else [team_manager])


@pytest.mark.rule("people.one_restriction")
def test_a_second_restriction_is_refused(person, care_manager, team_manager):
    close(person, team_manager, [care_manager])
    with pytest.raises(RuleBroken, match="restricted already"):
        close(person, team_manager, [care_manager], kind="invisible")


def test_lifting_keeps_the_row_with_who_and_why(person, care_manager, colleague, team_manager):
    restriction = close(person, team_manager, [care_manager])
    actions.lift_restriction(restriction=restriction, why="The relative has left", by=team_manager)
    assert sees(colleague, person)
    last = Restriction.history.order_by("-history_date").first()
    assert (last.history_user, last.history_change_reason) == (team_manager, "lifted: The relative has left")


def test_on_screen_from_putting_on_to_lifting(client, person, care_manager, colleague, team_manager):
    client.force_login(team_manager)
    typed = {"kind": "masked", "reason": "A relative works here", "allowed": [care_manager.pk]}
    address = reverse("people:restrict", args=[person.pk])
    assert "Col League" in client.get(address).content.decode()
    page = client.post(address, typed | {"form_key": new_key(team_manager)}, follow=True).content.decode()
    assert "Few people may open this record" in page
    assert "Lift the restriction" in page
    client.force_login(colleague)
    assert client.get(person.get_absolute_url()).status_code == 403
    client.force_login(team_manager)
    lift = reverse("people:lift_restriction", args=[person.pk])
    client.post(lift, {"why": "The relative has left", "form_key": new_key(team_manager)})
    assert client.get(lift).status_code == 404
    client.force_login(colleague)
    assert client.get(person.get_absolute_url()).status_code == 200
