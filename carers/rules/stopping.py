"""Carers who stop or are suspended, and schemes that leave a home: nobody new from that hour on."""

from sharedlives.rules import Rule

REGULATION_13 = (
    "Adult Placement Schemes (England) Regulations 2004, regulation 13: placements only with approved carers"
)

TAKES_NOBODY = Rule(
    code="carers.takes_nobody_new",
    says="Nobody new is placed with this carer: {why}.",
    mends="Choose another carer. Whoever lives there stays until it is settled with them, by name.",
    source=REGULATION_13,
)
SUSPENDED_ONCE = Rule(
    code="carers.suspended_once",
    says="The approvals of this carer are suspended already, or the carer has stopped.",
    mends="Open the carer’s page to see since when.",
    source=REGULATION_13,
    constraint="carers_suspended_once_at_a_time",
)
LIFT_FIRST = Rule(
    code="carers.lift_first",
    says="This carer is suspended. A new approval would pass over that.",
    mends="Lift the suspension first, on the carer’s page; the approvals hold again as before.",
    source=REGULATION_13,
)
LIFTED_AFTER = Rule(
    code="carers.lifted_after",
    says="A suspension is lifted on the day it began or later, and only once.",
    mends="Check the date.",
    source="Common sense check",
    constraint="carers_suspension_dates_in_order",
)
STOPPED_BECAUSE = Rule(
    code="carers.stopped_because",
    says="Another reason is told in words.",
    mends="Write it in a sentence; nobody but the schemes of this home reads it.",
    source="Practice: why carers leave is counted, and told to whoever lives there",
    constraint="carers_stopped_for_a_reason_on_a_day",
)
LEAVES_ONCE = Rule(
    code="carers.leaves_once",
    says="The scheme does not work with this home any more.",
    mends="Open the list of homes.",
    source="One ending for each",
)
MEMBER_LEFT = Rule(
    code="carers.member_left",
    says="They have left the home already.",
    mends="If they live there again, add them to the family again.",
    source="The record says what has happened",
)
MEMBER_LEAVES = Rule(
    code="carers.member_leaves_after_coming",
    says="Somebody leaves on a day that has come, after they came to live there ({since:%-d %B %Y}).",
    mends="Check the date.",
    source="The record says what has happened",
    constraint="carers_member_dates_in_order",
)
