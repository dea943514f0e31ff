"""Which councils run on the shipped review policy: for administrators, and for the managers of their teams."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation
from people.notices import CouncilPolicy
from sharedlives.notices import AdminNotice

from .models import ReviewPolicy


def without_own_policy():
    """Councils that have no review policy of their own in force today."""
    today = timezone.localdate()
    own = ReviewPolicy.objects.filter(council=OuterRef("pk"), in_force_from__lte=today)
    return Organisation.objects.councils().current(today).filter(~Exists(own))


CouncilPolicy(
    "Reviews",
    ReviewPolicy,
    lambda policy: (
        f"the first after {policy.first_review_days} days, then every {policy.interval_months} months"
    ),
)
AdminNotice(
    label="councils on the default review policy",
    mends="Right if that is what they want. Otherwise add a policy for them.",
    count=lambda: without_own_policy().count(),
    path=lambda: reverse("admin:reviews_reviewpolicy_changelist"),
)
