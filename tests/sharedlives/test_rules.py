"""Rules and refusals in words."""

import pytest
from django.db import IntegrityError

from sharedlives import rules


@pytest.fixture
def a_rule(monkeypatch):
    monkeypatch.setattr(rules, "REGISTRY", {})
    return rules.Rule(
        code="tests.rule",
        says="{what} cannot be.",
        mends="Choose another.",
        source="A paper",
        constraint="tests_rule",
    )


def test_a_refusal_says_what_is_wrong_what_mends_it_and_the_source(a_rule):
    assert a_rule.words(what="This") == "This cannot be. Choose another. (A paper)"


def test_a_refusal_stands_beside_its_field(a_rule):
    assert a_rule.broken("on", what="It").message_dict == {"on": ["It cannot be. Choose another. (A paper)"]}


def test_all_refusals_are_named_at_once(a_rule):
    with pytest.raises(rules.RuleBroken) as refused:
        rules.all_at_once([a_rule.broken(what="One"), a_rule.broken("on", what="Two")])
    assert [m.split()[0] for m in refused.value.messages] == ["One", "Two"]


def test_nothing_to_refuse_is_no_refusal():
    assert rules.all_at_once([]) is None


def test_two_rules_cannot_share_a_code(a_rule):
    with pytest.raises(ValueError, match="Two rules"):
        rules.Rule(code="tests.rule", says="", source="")


def test_an_unknown_constraint_stays_a_fault():
    with pytest.raises(IntegrityError), rules.refusals():
        raise IntegrityError("something else")
