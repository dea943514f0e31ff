"""Monitoring: visits are owed by the council's policy, one serves a whole home, and each person's words stand apart."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from people import actions as people
from placements import actions, rules
from placements.deadlines import VISIT_OWED
from placements.models import MonitoringPolicy, MonitoringVisit, VisitOwed

from .. import factories as cast
from ..careplans.pages import queries_of, send, text
from ..risk.test_actions import assert_broken
from . import factories
from .factories import days


def policy(**facts):
    return SimpleNamespace(**{"months": 6, "every_days": 30, "then_days": 90} | facts)


def test_visits_are_closer_in_the_first_months():
    began = date(2027, 1, 15)
    assert rules.visit_due(began, began, policy()) == date(2027, 2, 14)
    assert rules.visit_due(began, date(2027, 6, 15), policy()) == date(2027, 7, 15)
    assert rules.visit_due(began, date(2027, 6, 16), policy()) == date(2027, 9, 14)
    assert rules.visit_due(began, date(2027, 6, 16), policy(then_days=0)) is None
    assert rules.visit_due(began, began, policy(months=0)) == date(2027, 4, 15)


@pytest.fixture
def two(supported_person, team, scheme, carer, care_manager, scheme_worker):
    """Two who live in one home, one of them since yesterday."""
    other = cast.person(team, worker=care_manager, given_name="Bela", family_name="Nagy")
    first = factories.existing(supported_person, scheme, carer, scheme_worker)
    return first, factories.existing(other, scheme, carer, scheme_worker, since=days(-1))


def due(placement):
    return placement.visits_owed.open().get().due_on


@pytest.mark.django_db
def test_one_visit_serves_the_home_and_the_next_is_owed(two, scheme, carer, scheme_worker, scheme_manager):
    first, second = two
    assert (due(first), due(second)) == (days(90), days(30))
    facts = {
        "carer": carer,
        "household": carer.household,
        "scheme": scheme,
        "carer_says": "Busy",
        "by": scheme_worker,
    }
    told = {first: (True, "Happy"), second: (False, " ")}
    actions.record_visit(visited_on=days(-3), notes=told, **facts)
    assert (due(first), due(second)) == (days(87), days(30)), "only who was written of was visited"
    actions.record_visit(visited_on=days(0), notes={second: (True, "Settling in")}, **facts)
    assert due(second) == days(30) and second.visits_owed.count() == 2
    assert {row.placement for row in VISIT_OWED.owed_by(scheme_worker)} == {first, second}
    actions.end(placement=first, on=days(0), reason="moved_on", by=scheme_manager)
    assert not first.visits_owed.open().exists()


@pytest.mark.django_db
@pytest.mark.rule("placements.visit_in_words")
def test_a_visit_says_something_and_has_happened(two, scheme, carer, scheme_worker):
    facts = {
        "carer": carer,
        "household": carer.household,
        "scheme": scheme,
        "carer_says": "Busy",
        "by": scheme_worker,
    }
    silent, spoken = {two[0]: (True, " ")}, {two[0]: (True, "Happy")}
    assert_broken(
        "placements.visit_in_words", lambda: actions.record_visit(visited_on=days(0), notes=silent, **facts)
    )
    assert_broken(
        "placements.not_in_the_future",
        lambda: actions.record_visit(visited_on=days(1), notes=spoken, **facts),
    )
    assert_broken(
        "placements.visit_in_words",
        lambda: actions.record_visit(visited_on=days(0), notes=spoken, **facts | {"carer_says": " "}),
    )


@pytest.mark.django_db
def test_a_council_sets_how_often_and_breaks_by_date_are_not_visited(
    council, supported_person, scheme, carer, scheme_worker
):
    MonitoringPolicy.objects.create(
        council=council, in_force_from=days(-1), months=12, every_days=14, then_days=0
    )
    days_out = {"kind": "day_support", "since": days(-2)}
    assert due(factories.existing(supported_person, scheme, carer, scheme_worker, **days_out)) == days(14)
    short = factories.existing(supported_person, scheme, carer, scheme_worker, kind="short_break")
    assert not short.visits_owed.exists()


@pytest.mark.django_db
def test_a_death_recorded_in_error_owes_the_visit_again(two, care_manager):

    people.record_death(person=two[0].person, on=days(0), by=care_manager)
    assert not two[0].visits_owed.open().exists()
    people.undo_death(person=two[0].person, why="Another person", by=care_manager)
    assert due(two[0]) == days(90)


@pytest.mark.django_db
def test_the_pages_keep_what_the_carer_says_with_the_scheme(two, scheme_worker, care_manager, client):
    first, second = two
    client.force_login(scheme_worker)
    owed = first.visits_owed.get()
    address = reverse("placements:record_visit", args=[first.pk])
    assert client.get(reverse("placements:visit_owed", args=[owed.pk])).url == address
    typed = {"carer_says": "I am tired", f"words_{first.pk}": "Plays the piano", f"saw_{first.pk}": "on"}
    today = cast.today()
    typed |= {"visited_on_0": today.day, "visited_on_1": today.month, "visited_on_2": today.year}
    assert send(client, address, typed).status_code == 302
    assert MonitoringVisit.objects.get().notes.get().placement == first
    shown = text(client.get(first.get_absolute_url()))
    assert "Plays the piano" in shown and "I am tired" in shown and "Next visit" in shown
    assert len(queries_of(client, first.get_absolute_url())) <= 12
    assert "Plays the piano" not in text(client.get(second.get_absolute_url()))
    client.force_login(care_manager)
    shown = text(client.get(first.get_absolute_url()))
    assert "Plays the piano" in shown and "I am tired" not in shown
    assert (
        client.get(reverse("placements:visit_owed", args=[first.visits_owed.open().get().pk])).url
        == first.get_absolute_url()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "table", "change"),
    [
        ("placements_one_visit_owed", "visitowed", "placement_id = placement_id"),
        (
            "placements_nobody_reminded_of_a_visit_paid",
            "visitowed",
            "done_on = due_on, next_stage_on = due_on",
        ),
        ("placements_visit_asks_the_carer", "monitoringvisit", "carer_says = ''"),
        ("placements_monitoring_in_words", "monitoringnote", "words = ''"),
        ("placements_monitoring_policy_sensible", "monitoringpolicy", "every_days = 3"),
    ],
)
def test_the_database_keeps_visits_in_order(two, scheme, carer, scheme_worker, name, table, change):
    facts = {
        "carer": carer,
        "household": carer.household,
        "scheme": scheme,
        "carer_says": "Busy",
        "by": scheme_worker,
    }
    actions.record_visit(visited_on=days(0), notes={two[0]: (True, "Happy")}, **facts)
    MonitoringPolicy.objects.create(in_force_from=days(-1))
    if name == "placements_one_visit_owed":
        change = f"placement_id = '{two[0].pk}', done_on = NULL"
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE placements_{table} SET {change}")
    assert refused.value.__cause__.diag.constraint_name == name


@pytest.mark.django_db
def test_one_policy_a_day_and_one_note_a_visit(two, scheme, carer, scheme_worker):
    MonitoringPolicy.objects.create(in_force_from=days(-1))
    with pytest.raises(IntegrityError, match="placements_one_monitoring_policy_a_day"), transaction.atomic():
        MonitoringPolicy.objects.create(in_force_from=days(-1))
    facts = {
        "carer": carer,
        "household": carer.household,
        "scheme": scheme,
        "carer_says": "Busy",
        "by": scheme_worker,
    }
    visit = actions.record_visit(visited_on=days(0), notes={two[0]: (True, "Happy")}, **facts)
    with pytest.raises(IntegrityError, match="placements_one_note_a_visit"), transaction.atomic():
        visit.notes.create(placement=two[0], saw_person=True, words="Again")
    assert VisitOwed.objects.open().count() == 2
