"""What is owed after a start: whose it is, whom it waits for, when they are told."""

import pytest
from django.urls import reverse

from placements.deadlines import OWED_AFTER_EMERGENCY

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(person, scheme, carer, scheme_worker):
    return factories.existing(person, scheme, carer, scheme_worker).owed


def test_the_ladder_tells_the_worker_on_the_day_and_the_next_then_the_manager():
    stages = [(stage.offset, stage.tells) for stage in OWED_AFTER_EMERGENCY.stages]
    assert stages == [(0, "worker"), (1, "worker"), (3, "manager")]


def test_the_scheme_owes_it_and_the_team_waits_for_it(owed, scheme_worker, care_manager, charlie):
    assert OWED_AFTER_EMERGENCY.owed_by(scheme_worker).count() == owed.count() > 0
    assert OWED_AFTER_EMERGENCY.owed_by(care_manager).count() == 0
    assert OWED_AFTER_EMERGENCY.waits_for(care_manager).count() == owed.count()
    assert OWED_AFTER_EMERGENCY.visible_to(charlie).count() == 0


def test_the_scheme_answers_for_it_by_the_ladder_of_the_funding_council(owed, person, scheme, council):
    row = OWED_AFTER_EMERGENCY.open().first()
    assert OWED_AFTER_EMERGENCY.responsible(row) == (person, scheme)
    assert OWED_AFTER_EMERGENCY.council(row) == council
    assert OWED_AFTER_EMERGENCY.path(row.pk) == reverse("placements:owed", args=[row.pk])
