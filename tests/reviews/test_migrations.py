import pytest

from reviews.models import ReviewPolicy

pytestmark = pytest.mark.django_db


def test_a_council_without_its_own_policy_runs_on_the_default():
    policy = ReviewPolicy.objects.get(council=None)
    assert (policy.first_review_days, policy.interval_months) == (56, 12)
    assert (policy.window_days, policy.record_days) == (42, 10)
    assert policy.history.count() == 1
