"""Who may see a person: the four sources, one by one, and the restriction that subtracts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people import actions
from people.models import Absence, Involvement, Person
from people.visibility import Level
from sharedlives.permissions import Permission, Role

from .. import factories


def sees(user, person, **how):
    user.__dict__.pop("_current_memberships", None)
    return Person.objects.visible_to(user, **how).filter(pk=person.pk).exists()


def test_the_funding_team_sees_the_whole_caseload(person, team, charlie):
    colleague = factories.user("Colleague", team, Role.CARE_MANAGER)
    assert sees(colleague, person, least=Level.FUNDS)
    assert not sees(charlie, person)


def test_a_team_manager_sees_teams_beneath_but_no_scheme(person, council, region, scheme, other_team):
    head = factories.user("Head", council, Role.TEAM_MANAGER)
    assert sees(head, person, least=Level.FUNDS)
    elsewhere = factories.person(other_team)
    factories.supports(elsewhere, scheme)
    assert not sees(head, elsewhere)
    through_the_tree = factories.user("Through", scheme.parent, Role.SCHEME_MANAGER)
    assert not sees(through_the_tree, elsewhere)


def test_a_scheme_sees_whom_it_supports_at_that_level(supported_person, scheme_worker, other_scheme):
    assert sees(scheme_worker, supported_person, least=Level.SUPPORTS)
    assert not sees(scheme_worker, supported_person, least=Level.FUNDS)
    assert not sees(factories.user("Elsewhere", other_scheme, Role.SCHEME_WORKER), supported_person)


def test_a_referral_shows_the_least(person, scheme, scheme_worker):
    row = actions.involve(
        person=person, organisation=scheme, role="referred", since=factories.today(), by=scheme_worker
    )
    assert sees(scheme_worker, person)
    assert not sees(scheme_worker, person, least=Level.PAST)
    actions.end_involvement(involvement=row, on=factories.today(), by=scheme_worker)
    assert not sees(scheme_worker, person)


def test_what_ended_may_be_read_for_the_days_the_council_set(person, team, care_manager, other_team):
    today = factories.today()
    actions.transfer(person=person, to=other_team, worker=None, on=today, by=care_manager)
    assert sees(care_manager, person, least=Level.PAST)
    assert not sees(care_manager, person, least=Level.SUPPORTS)
    assert not sees(care_manager, person, permission=Permission.PLAN_WRITE)
    later = timezone.now() + timedelta(days=90)
    assert not sees(care_manager, person, at=later)


def test_a_reviewing_officer_sees_only_the_review_held(person, team, reviewing_officer):
    assert not sees(reviewing_officer, person)
    today = factories.today()
    actions.involve(
        person=person,
        organisation=team,
        role="holds_review",
        worker=reviewing_officer,
        since=today,
        until=today + timedelta(days=28),
        by=reviewing_officer,
    )
    assert sees(reviewing_officer, person, permission=Permission.REVIEW_HOLD)
    assert not sees(reviewing_officer, person, permission=Permission.PLAN_WRITE)
    assert not sees(reviewing_officer, person, at=timezone.now() + timedelta(days=28))


def test_cover_sees_the_absent_workers_people_without_chains(person, care_manager, other_team):
    stand_in = factories.user("Stand In", other_team, Role.CARE_MANAGER)
    today = factories.today()
    assert not sees(stand_in, person)
    Absence.objects.create(user=care_manager, cover=stand_in, since=today, until=today)
    assert sees(stand_in, person, permission=Permission.REVIEW_HOLD)
    third = factories.user("Third", other_team, Role.CARE_MANAGER)
    Absence.objects.create(user=stand_in, cover=third, since=today, until=today)
    assert not sees(stand_in, person)
    assert not sees(third, person)


def test_emergency_access_reads_for_24_hours(person, charlie):
    actions.open_emergency_access(person=person, reason="Found at the bus station tonight", by=charlie)
    assert sees(charlie, person)
    assert not sees(charlie, person, permission=Permission.PLAN_WRITE)
    assert not sees(charlie, person, at=timezone.now() + timedelta(hours=24))


@pytest.mark.parametrize(("kind", "opens"), [("masked", True), ("invisible", False)])
def test_a_restriction_closes_the_record_to_all_but_those_named(
    person, care_manager, team_manager, kind, opens
):
    actions.restrict(person=person, kind=kind, reason="Safety", allowed=[team_manager], by=team_manager)
    assert sees(team_manager, person)
    assert not sees(care_manager, person)
    actions.open_emergency_access(person=person, reason="Call from the police", by=care_manager)
    assert sees(care_manager, person) is opens


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.DATA_OFFICER, Role.ADMINISTRATOR])
def test_some_roles_see_no_person_at_all(person, team, council, role):
    assert not sees(factories.user("Nobody", council, role), person)
    assert not sees(factories.user("Nobody", team, role), person)


def test_two_memberships_never_add_up(person, team, scheme, other_team):
    """A scheme worker elsewhere who is a care manager here may not sign here with the role from there."""
    both = factories.user("Both", team, Role.REVIEWING_OFFICER)
    both.memberships.create(organisation=other_team, role=Role.CARE_MANAGER, since=factories.today())
    assert not sees(both, person, permission=Permission.PLAN_SIGN)


def test_an_expired_involvement_of_the_future_shows_nothing_yet(person, scheme, scheme_worker):
    Involvement.objects.create(
        person=person, organisation=scheme, role="supports", since=factories.today() + timedelta(days=1)
    )
    assert not sees(scheme_worker, person)
