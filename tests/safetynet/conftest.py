"""A scheme's list, and somebody on our records whom it names."""

from datetime import date

import pytest

from .. import factories as people
from . import factories

NUMBER = "9434765919"


@pytest.fixture
def source(scheme, council):
    return factories.source(scheme, council, name="Harbour’s list", slug="harbour")


@pytest.fixture
def kate(team, care_manager):
    return people.person(
        team,
        worker=care_manager,
        given_name="Katherine",
        family_name="Rees",
        date_of_birth=date(1984, 3, 9),
        nhs_number=NUMBER,
        postcode="NE1 1AA",
    )
