"""A scheme's list against our records, in both directions."""

import pytest

from safetynet import actions
from safetynet.models import Flag

from .. import factories as people
from . import factories

KATE = "Katherine,Rees,9/3/1984,9434765919,,"


def flags(code):
    actions.sweep_safety_net(as_of=people.today())
    return list(Flag.objects.open().filter(code=f"safetynet.{code}"))


def test_on_the_list_and_not_supported_is_for_the_team(source, kate, team):
    factories.received(source, KATE)
    (flag,) = flags("on_the_list_only")
    assert (flag.person, flag.owner_organisation) == (kate, team)


def test_on_the_list_and_supported_is_as_it_should_be(source, kate, scheme):
    people.supports(kate, scheme)
    factories.received(source, KATE)
    assert flags("on_the_list_only") == flags("on_our_records_only") == []


def test_supported_and_not_on_the_list_is_for_the_scheme(source, kate, scheme):
    people.supports(kate, scheme)
    factories.received(source, "Ann,Vale,1/2/1990,,,")
    (flag,) = flags("on_our_records_only")
    assert (flag.person, flag.owner_organisation) == (kate, scheme)
    factories.received(source, "Ann,Vale,1/2/1990,,,", KATE)
    assert flags("on_our_records_only") == []


@pytest.mark.parametrize("line", ["Megan,Rees,9/3/1984,,NE1 1AA,", "=1,Rees,9/3/1984,,,"])
def test_nothing_is_said_while_a_row_may_be_the_person(source, kate, scheme, line):
    people.supports(kate, scheme)
    factories.received(source, line)
    assert flags("on_our_records_only") == []


def test_lists_of_others_say_nothing_about_support(source, kate, scheme):
    source.kind = "benefits"
    source.save()
    people.supports(kate, scheme)
    factories.received(source, "Ann,Vale,1/2/1990,,,")
    assert flags("on_our_records_only") == []
