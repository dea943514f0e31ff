"""What the tests of risk share."""

import pytest

from . import factories


@pytest.fixture
def link(supported_person, scheme_worker):
    return factories.link(supported_person, scheme_worker)
