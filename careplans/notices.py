"""What a council that has set no plan policy runs on."""

from people.notices import CouncilPolicy

from .models import PlanPolicy

CouncilPolicy(
    "Plans",
    PlanPolicy,
    lambda policy: (
        f"a signed plan counts as up to date for {policy.months_up_to_date} months; {policy.share_days} days to share "
        f"a new version, {policy.acknowledge_days} to acknowledge it"
    ),
)
