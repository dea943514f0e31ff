"""Which councils run on the shipped review policy: for administrators, and for the managers of their teams."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation
from sharedlives.notices import AdminNotice, TeamNotice
from sharedlives.worklist.queries import managed

from .models import ReviewPolicy


def without_own_policy():
    """Councils that have no review policy of their own in force today."""
    today = timezone.localdate()
    own = ReviewPolicy.objects.filter(council=OuterRef("pk"), in_force_from__lte=today)
    return Organisation.objects.councils().current(today).filter(~Exists(own))


def for_managers(user):
    """The default's figures, for managers in a council that has set none of its own."""
    councils = {o.council_id for o in managed(user) if o.kind == Organisation.Kind.TEAM and o.council_id}
    names = (
        list(without_own_policy().filter(pk__in=councils).values_list("name", flat=True)) if councils else []
    )
    policy = ReviewPolicy.objects.in_force(None, timezone.localdate()).first() if names else None
    if policy is None:
        return []
    return [
        f"{name} has no review policy of its own and runs on the default: first review after "
        f"{policy.first_review_days} days, then every {policy.interval_months} months. "
        "An administrator can set another."
        for name in names
    ]


AdminNotice(
    label="councils on the default review policy",
    mends="Right if that is what they want. Otherwise add a policy for them.",
    count=lambda: without_own_policy().count(),
    path=lambda: reverse("admin:reviews_reviewpolicy_changelist"),
)
TeamNotice("reviews.default_policy", for_managers)
