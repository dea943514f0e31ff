"""What is missing from carers, each gap opened and closed by what the tables say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from carers.models import TrainingCourse
from sharedlives.worklist.gaps import REGISTRY

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def carer(home, scheme, people):
    """A carer in whose home somebody lives."""
    factories.stay(people[0], home, first=-400)
    return factories.carer(home, scheme)


def found(code, as_of):
    rows = REGISTRY[code].found(as_of).values("subject_id", "person_id", "owner_organisation_id")
    return [(row["subject_id"], row["person_id"], row["owner_organisation_id"]) for row in rows]


def test_people_with_a_carer_who_is_not_approved(carer, scheme, today):
    assert found("carers.no_approval", today) == [(carer.pk, None, scheme.pk)]
    factories.approval(carer, "live_in", until=today + timedelta(days=1))
    assert found("carers.no_approval", today) == []
    assert len(found("carers.no_approval", today + timedelta(days=1))) == 1


def test_a_carer_with_nobody_in_the_home_has_no_gap_yet(home, scheme, today):
    factories.carer(home, scheme)
    assert found("carers.no_approval", today) == found("carers.training_lapsed", today) == []


def test_training_that_every_carer_needs(carer, scheme, today):
    TrainingCourse.objects.exclude(slug="first-aid").update(mandatory=False)
    course = TrainingCourse.objects.get(slug="first-aid")
    assert found("carers.training_lapsed", today) == [(carer.pk, None, scheme.pk)]
    factories.training(carer, course, done_on=today - timedelta(days=9), expires_on=today + timedelta(days=1))
    assert found("carers.training_lapsed", today) == []
    assert len(found("carers.training_lapsed", today + timedelta(days=1))) == 1


def test_emergencies_need_their_training(carer, scheme, today):
    assert found("carers.emergency_training_lapsed", today) == []
    factories.approval(carer, "live_in", emergency=True)
    assert found("carers.emergency_training_lapsed", today) == [(carer.pk, None, scheme.pk)]
    factories.training(carer, TrainingCourse.objects.get(slug="emergency-placements"), done_on=today)
    assert found("carers.emergency_training_lapsed", today) == []
