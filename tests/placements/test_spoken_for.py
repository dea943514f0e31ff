"""Somebody who cannot decide where to live has somebody to speak for them before they move in for long (MCA s39)."""

from datetime import timedelta

import pytest

from people import actions as people
from people.models import PersonalContact
from placements import actions, queries
from sharedlives.rules import RuleBroken

from .. import factories as cast

pytestmark = pytest.mark.django_db


def cannot_decide(person, by, **facts):
    facts = {
        "kind": "licence",
        "about": "The room",
        "has_capacity": False,
        "risk_note": "Sign in best interests",
    } | facts
    return people.record_legal_fact(person=person, by=by, since=cast.today() - timedelta(days=3), **facts)


def contact(person, by, kind, **facts):
    return people.add_contact(person=person, kind=kind, name="Somebody", by=by, **facts)


def why(placement, **change):
    move = queries.move_of(placement, cast.today())
    for name, value in change.items():
        object.__setattr__(move, name, value)
    return {one.gate.code: one.why for one in queries.standings(move)}.get("advocate")


@pytest.mark.rule("placements.gate_advocate")
def test_an_advocate_is_asked_for_and_opens_the_gate(ready, person, care_manager, scheme_worker):
    assert why(ready) == ""
    cannot_decide(person, care_manager)
    contact(person, care_manager, "professional")
    contact(person, care_manager, "family", tie=PersonalContact.Tie.CARER)
    assert "no relative, friend or advocate" in why(ready)
    assert "room" not in why(ready)
    with pytest.raises(RuleBroken, match="nobody independent is there to speak for them"):
        actions.start(placement=ready, by=scheme_worker)
    contact(person, care_manager, "advocate")
    assert why(ready) == ""
    assert actions.start(placement=ready, by=scheme_worker).state == "active"


def test_whom_to_consult_or_who_decides_is_enough(ready, person, care_manager):
    cannot_decide(person, care_manager, kind="capacity")
    brother = contact(person, care_manager, "family")
    assert why(ready) == ""
    people.end_contact(contact=brother, by=care_manager)
    assert why(ready)
    welfare = {"kind": "deputy", "about": "Welfare", "field": "welfare", "risk_note": "None known"}
    people.record_legal_fact(person=person, holder=brother, since=cast.today(), by=care_manager, **welfare)
    assert why(ready) == ""


def test_a_short_stay_or_an_emergency_does_not_ask(ready, person, care_manager):
    cannot_decide(person, care_manager)
    today = cast.today()
    assert why(ready, until=today + timedelta(weeks=8)) == ""
    assert why(ready, until=today + timedelta(weeks=8, days=1))
    assert why(ready, kind="short_break") == ""
    assert why(ready, route="emergency") is None
