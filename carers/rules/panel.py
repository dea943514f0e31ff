"""Rules of the panel: on what it decides, what it says, and until when its word may be appealed."""

from datetime import timedelta

from sharedlives.rules import Rule

PANEL = "Adult Placement Schemes (England) Regulations 2004: an approval panel; council practice"
APPEAL_WITHIN = timedelta(days=28)  # offered on the form; the scheme may name another day

AT_PANEL = Rule(
    code="carers.decided_at_panel",
    says="This application has not come to the panel yet.",
    mends="Go on stage by stage on its page; what is missing is named there.",
    source=PANEL,
)
DECIDED_ONCE = Rule(
    code="carers.decided_once",
    says="That meeting has decided on this application already.",
    mends="A later meeting may decide again.",
    source=PANEL,
    constraint="carers_decided_once_a_meeting",
)
ONE_PANEL_A_DAY = Rule(
    code="carers.one_panel_a_day",
    says="A panel of that day is on our records already.",
    mends="Open that one.",
    source=PANEL,
    constraint="carers_one_panel_a_day",
)
SAYS_FOR_WHAT = Rule(
    code="carers.decision_says_for_what",
    says="An approval says for what and from when; anything else says neither.",
    mends="Choose the kinds and the day, or another decision.",
    source=PANEL,
    constraint="carers_decision_says_for_what",
)
WITH_CONDITIONS = Rule(
    code="carers.decision_with_conditions",
    says="An approval with conditions names them, each with who sees to it and by when; any other decision has none.",
    mends="Write the conditions, or choose another decision.",
    source=PANEL,
)
CAN_BE_APPEALED = Rule(
    code="carers.refusal_can_be_appealed",
    says="Whoever is not approved is told until when they may appeal.",
    mends="Enter the last day of the appeal.",
    source=PANEL,
    constraint="carers_refusal_can_be_appealed",
)
PROBATION_IN_ORDER = Rule(
    code="carers.probation_in_order",
    says="The trial period would end before it began.",
    mends="Check both dates.",
    source="Common sense check",
    constraint="carers_probation_dates_in_order",
)
MET_HOW = Rule(
    code="carers.condition_met_how",
    says="This condition is met already, or nothing says how it was met.",
    mends="Say in a few words what was seen.",
    source=PANEL,
    constraint="carers_condition_met_how",
)
SENT_ONCE = Rule(
    code="carers.letter_sent_once",
    says="The letter of this decision is on our records already.",
    mends="Open it from the page of the application.",
    source="Letters are kept as they went out",
)
