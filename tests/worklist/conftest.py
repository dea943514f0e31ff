"""One declared deadline, so that these tests know every stage that can come."""

import pytest

from sharedlives.worklist.deadlines import REGISTRY

from . import factories


@pytest.fixture
def deadline():
    REGISTRY.pop(factories.NAME, None)
    before = dict(REGISTRY)
    declared = factories.declare()
    factories.only(declared)
    yield declared
    REGISTRY.clear()
    REGISTRY.update(before)
