"""A home with a carer of Harbour, and a placement at each of its stages."""

import pytest

from . import factories


@pytest.fixture
def home(scheme, council, scheme_worker):
    return factories.home(scheme, council, scheme_worker)


@pytest.fixture
def carer(home, scheme_worker):
    return factories.carer(home, scheme_worker)


@pytest.fixture
def referral(person, team, scheme, care_manager):
    return factories.referral(person, team, care_manager, [scheme])


@pytest.fixture
def accepted(person, team, scheme, care_manager, scheme_worker):
    return factories.accepted(person, team, care_manager, scheme, scheme_worker)


@pytest.fixture
def agreed(person, team, scheme, carer, care_manager, scheme_worker):
    """The place is held, and the scheme holds the plan; the rest of the gate is open."""
    return factories.agreed(person, team, scheme, carer, care_manager, scheme_worker)


@pytest.fixture
def ready(agreed, care_manager, scheme_worker):
    """Nothing stands between this placement and its start."""
    return factories.ready(agreed, care_manager, scheme_worker)


@pytest.fixture
def emergency_carer(home, scheme_worker):
    """Approved for emergencies, and trained for them."""
    row = factories.carer(home, scheme_worker, emergency=True)
    return factories.trained(row, scheme_worker, for_emergencies=True, mandatory=False)
