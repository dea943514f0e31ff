"""The gate as a table, the clock, and who must sign: no database."""

from datetime import date

import pytest

from placements import rules
from placements.codes import GateCode, Route
from sharedlives.rules import RuleBroken

SHUT = {code: f"{code} is not there" for code in GateCode}


def codes(found):
    return [standing.gate.code for standing in found]


@pytest.mark.parametrize("route", [Route.PLANNED, Route.HOSPITAL, Route.TRANSITION])
def test_a_planned_start_is_hard_on_plan_capacity_and_one_place(route):
    found = rules.standings(route, SHUT)
    assert {s.gate.code for s in found if s.hard} == {GateCode.PLAN, GateCode.CAPACITY, GateCode.ONE_PLACE}
    assert GateCode.EMERGENCY not in codes(found)


def test_an_emergency_is_hard_on_capacity_one_place_and_the_carer():
    found = rules.standings(Route.EMERGENCY, SHUT)
    assert {s.gate.code for s in found if s.hard} == {
        GateCode.EMERGENCY,
        GateCode.CAPACITY,
        GateCode.ONE_PLACE,
    }
    assert GateCode.PLAN in codes(rules.gaps(found))


def test_a_refusal_names_every_shut_gate_at_once():
    assert len(rules.refused(rules.standings(Route.PLANNED, SHUT))) == len(rules.asked_on(Route.PLANNED))


def test_a_reason_lets_through_what_is_not_hard_and_nothing_else():
    reasons = dict.fromkeys(GateCode, "The team meets on Monday")
    stop = rules.refused(rules.standings(Route.PLANNED, SHUT), reasons)
    assert [error.rule.code for error in stop] == [
        "placements.gate_plan",
        "placements.gate_capacity",
        "placements.gate_one_place",
    ]


def test_an_emergency_owes_the_rest_without_a_reason():
    facts = {
        code: why for code, why in SHUT.items() if code in (GateCode.PLAN, GateCode.RISK, GateCode.AGREEMENT)
    }
    assert rules.refused(rules.standings(Route.EMERGENCY, facts), everything_else_is_owed=True) == []


@pytest.mark.parametrize("gate", rules.GATES, ids=lambda gate: gate.code)
def test_each_gate_says_what_mends_it_and_who_asks(gate):
    words = gate.rule.words(why="as it is")
    assert "as it is" in words
    assert gate.rule.mends in words
    assert gate.rule.source in words
    assert gate.page.count(":") == 1


def test_the_clock_runs_to_the_end_of_the_third_day_after_the_start():
    assert rules.owed_by(date(2027, 3, 26)) == date(2027, 3, 29)


def test_who_has_still_to_sign():
    assert rules.parties_missing(set()) == [
        "the person or their representative",
        "the carer",
        "the scheme",
        "the funding team",
    ]
    assert rules.parties_missing({"representative", "carer", "scheme", "team"}) == []


def test_rules_of_the_gate_are_in_the_registry():
    with pytest.raises(RuleBroken, match="approved and trained"):
        raise next(g for g in rules.GATES if g.code == GateCode.EMERGENCY).rule.broken(why="not trained")
