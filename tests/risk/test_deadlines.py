"""Whose work a risk review and an incident are, also after a handover and while somebody is away."""

from datetime import timedelta

from people import actions as people
from people.models import Absence
from risk.deadlines import INCIDENT_READ, RISK_REVIEW
from sharedlives.worklist import queries as worklist

from .. import factories as cast
from . import factories


def test_it_is_the_named_workers_and_not_the_whole_teams(supported_person, team, care_manager, scheme_worker):
    row = factories.signed(supported_person, care_manager)
    factories.incident(supported_person, scheme_worker)
    colleague = cast.user("Colleague", team, "care_manager")
    assert list(RISK_REVIEW.owed_by(care_manager)) == [row]
    assert INCIDENT_READ.owed_by(care_manager).count() == 1
    for deadline in (RISK_REVIEW, INCIDENT_READ):
        assert not deadline.owed_by(colleague).exists()
        assert deadline.visible_to(colleague).exists()


def test_cover_has_it_while_the_worker_is_away(supported_person, team, care_manager, scheme_worker):
    row = factories.signed(supported_person, care_manager)
    cover = cast.user("Cover", team, "care_manager")
    today = cast.today()
    Absence.objects.create(user=care_manager, cover=cover, since=today, until=today + timedelta(days=3))
    assert list(RISK_REVIEW.owed_by(cover)) == [row]


def test_after_a_handover_the_new_team_answers(person, care_manager, charlie, other_team):
    factories.signed(person, care_manager)
    people.transfer(person=person, to=other_team, worker=charlie, on=cast.today(), by=care_manager)
    row = RISK_REVIEW.open().get()
    assert RISK_REVIEW.responsible(row) == (person, other_team)
    assert RISK_REVIEW.council(row) == other_team.council
    assert list(RISK_REVIEW.owed_by(charlie)) == [row]
    assert not RISK_REVIEW.owed_by(care_manager).exists()


def test_the_clock_reads_many_rows_in_a_fixed_number_of_queries(
    team, care_manager, django_assert_max_num_queries
):
    for _n in range(4):
        factories.signed(cast.person(team, worker=care_manager), care_manager)
    with django_assert_max_num_queries(2):
        assert {RISK_REVIEW.responsible(row)[1] for row in RISK_REVIEW.open()} == {team}


def test_nobody_answers_for_a_person_whom_no_team_funds_but_who_wrote_it(person, team, care_manager):
    factories.signed(person, care_manager)
    people.end_involvement(involvement=person.involvements.get(), on=cast.today(), by=care_manager)
    assert RISK_REVIEW.responsible(RISK_REVIEW.open().get()) == (person, team)


def test_the_new_teams_manager_has_it_on_the_teams_list_under_the_new_worker(
    person, care_manager, team_manager, charlie, other_team
):
    """A version outlives the team that wrote it."""
    today = factories.signed(person, care_manager).due_on + timedelta(days=3)
    assert worklist.team_totals(team_manager, today) == [(care_manager.pk, 2, 0)]  # and the copy to give
    theirs = cast.user("Their Manager", other_team, "team_manager")
    people.transfer(person=person, to=other_team, worker=charlie, on=cast.today(), by=care_manager)
    assert worklist.team_totals(fresh(team_manager), today) == []
    assert worklist.team_totals(theirs, today) == [(charlie.pk, 2, 0)]
    items, more = worklist.team_page(theirs, today, span="late", worker=charlie.pk)
    assert ([(item.person_id, item.worker_id) for item in items], more) == (
        [(person.pk, charlie.pk)] * 2,
        False,
    )


def fresh(user):
    return type(user).objects.get(pk=user.pk)
