"""What a council runs on that has set no policy for matching, for visits, or for the breaks of its carers."""

from people.notices import CouncilPolicy

from .models import BreaksPolicy, MatchingPolicy, MonitoringPolicy

CouncilPolicy(
    "Matching",
    MatchingPolicy,
    lambda policy: (
        f"{policy.introductions} introductions before agreeing; a scheme answers a referral within "
        f"{policy.scheme_days} days"
    ),
)
CouncilPolicy(
    "Breaks of carers",
    BreaksPolicy,
    lambda policy: (
        f"{policy.nights_a_year} nights off a year; a warning after {policy.weeks_without} weeks without one"
    ),
)
CouncilPolicy(
    "Visits of the scheme",
    MonitoringPolicy,
    lambda policy: (
        f"every {policy.every_days} days for {policy.months} months, then "
        + (f"every {policy.then_days} days" if policy.then_days else "none")
    ),
)
