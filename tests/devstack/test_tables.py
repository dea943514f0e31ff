"""The tables that tests share: whatever empties them, the next test finds what migrations wrote."""

import pytest
from django.core.management import call_command
from django_celery_beat.models import PeriodicTask

from carers.models import RequirementKind
from reviews.models import ReviewPolicy

from .. import factories


@pytest.mark.django_db(transaction=True)
def test_what_migrations_wrote_comes_back_and_nothing_else_does():
    council = factories.organisation("council", "Northshire")
    written = [model.objects.count() for model in (ReviewPolicy, RequirementKind, PeriodicTask)]
    assert min(written) > 0
    call_command("flush", interactive=False, verbosity=0)
    assert [model.objects.count() for model in (ReviewPolicy, RequirementKind, PeriodicTask)] == written
    assert not type(council).objects.exists()
