"""What a council that has set no risk policy runs on."""

from people.notices import CouncilPolicy

from .models import RiskPolicy

CouncilPolicy(
    "Risk and concerns",
    RiskPolicy,
    lambda policy: (
        f"a concern is answered within {policy.concern_days} days, a change that was noticed within "
        f"{policy.change_days}, a complaint within {policy.complaint_days}"
    ),
)
