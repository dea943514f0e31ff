"""A home, and people to put in it."""

import pytest

from . import factories


@pytest.fixture
def home(council, scheme):
    return factories.home(council, scheme)


@pytest.fixture
def other_home(council, scheme):
    return factories.home(council, scheme)


@pytest.fixture
def people(team):
    return factories.persons(team, 6)
