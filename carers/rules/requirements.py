"""Rules of what each adult in a home, and the home itself, must have: checks, references, insurances, reviews."""

from sharedlives.rules import Rule

from .homes import lapse, months_later

SCHEDULE = "Adult Placement Schemes (England) Regulations 2004, regulation 16: fitness of carers"
ADULT_AT = 18  # years: from then on somebody who lives in the home is checked as every adult is
CHECK_WITHIN = 28  # days in which somebody of full age who moves in is checked

DONE_ALREADY = Rule(
    code="carers.requirement_done_already",
    says="This can be recorded once it was done, and not before.",
    mends="Enter a date that is not in the future.",
    source="Records say what happened",
)
CHECK_HAS_NUMBER = Rule(
    code="carers.check_has_number",
    says="A check is recorded with its number and its level, and with what the scheme decided. What it said is never kept.",
    mends="Copy number and level from the certificate.",
    source=SCHEDULE,
)
NOT_THEIRS = Rule(
    code="carers.requirement_not_theirs",
    says="“{kind}” is asked of somebody else.",
    mends="Record it on the page of the carer, or of the home, that it is about.",
    source=SCHEDULE,
    constraint="carers_requirement_of_one",
)
LASTS_A_WHILE = Rule(
    code="carers.requirement_lasts",
    says="It would end before it began.",
    mends="Check both dates.",
    source="Common sense check",
    constraint=("carers_requirement_dates_in_order", "carers_training_dates_in_order"),
)
EXEMPT_UNTIL = Rule(
    code="carers.exempt_until",
    says="An exemption needs a reason, and a day on which it ends.",
    mends="Say why, and until when.",
    source="Council practice on carers’ checks: an exemption has its own end",
    constraint=("carers_requirement_exempt_until", "carers_training_exempt_until"),
)
NO_EXEMPTION = Rule(
    code="carers.no_exemption",
    says="Nobody is exempt from the training for emergencies.",
    mends="Book the course. Until it is done, nobody can be placed here in an emergency.",
    source="SCIE At a glance 02: emergency placements only with those approved and trained for them",
)


def requirement_state(row, on):
    """How a requirement stands: missing, exempt, or as `lapse` says of the day on which it falls due."""
    if row is None or row.done_on is None:
        return "missing"
    state = lapse(row.due_on, on)
    return "exempt" if row.exempt_because and state == "valid" else state


def of_age_on(born_in, years=ADULT_AT):
    """The first of the month in which somebody born in a month is so many years old."""
    return months_later(born_in, years * 12)


def of_age(born_in, years, on):
    """Is somebody so many years old on a day? Without a month of birth they are of age: it is kept of children only."""
    return born_in is None or of_age_on(born_in, years) <= on
