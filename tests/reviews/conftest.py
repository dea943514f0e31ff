"""A person who was placed 50 days ago, with plan and budget signed off: first reviews are due in six days."""

import pytest

from . import factories


@pytest.fixture
def start(supported_person, scheme, team, care_manager):
    """(placement, due of the plan, due of the agreement)"""
    factories.signed_off(supported_person, care_manager)
    return factories.started(supported_person, scheme, team, care_manager)


@pytest.fixture
def placement(start):
    return start[0]


@pytest.fixture
def plan_due(start):
    return start[1]


@pytest.fixture
def agreement_due(start):
    return start[2]


@pytest.fixture
def both(plan_due, agreement_due):
    return [plan_due, agreement_due]
