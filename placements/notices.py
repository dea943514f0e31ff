"""What a council that has set no matching policy runs on."""

from people.notices import CouncilPolicy

from .models import MatchingPolicy

CouncilPolicy(
    "Matching",
    MatchingPolicy,
    lambda policy: (
        f"{policy.introductions} introductions before agreeing; a scheme answers a referral within "
        f"{policy.scheme_days} days"
    ),
)
