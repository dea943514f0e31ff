"""Rules about persons and who is involved. Pure: no database, no clock."""

from sharedlives.rules import Rule

NHS_NUMBER = Rule(
    code="people.nhs_number",
    says="{typed} is not an NHS number: {why}.",
    mends="Check it against a letter from the NHS, or leave it empty and say why.",
    source="NHS Data Dictionary, NHS number check digit",
)
BORN_BEFORE_TODAY = Rule(
    code="people.born_before_today",
    says="The date of birth must be in the past, and not more than 120 years ago.",
    source="Common sense check",
)
ONE_FUNDING_TEAM = Rule(
    code="people.one_funding_team",
    says="Another team already funds this person in that time.",
    mends="End its involvement first, or hand the person over.",
    source="Kent Shared Lives policy 26: the funding social work team carries out the review",
    constraint="people_one_funding_team_at_a_time",
)
NO_OWN_RECORD = Rule(
    code="people.no_own_record",
    says="Nobody covers for themselves.",
    mends="Choose another colleague.",
    source="Practice standard on conflicts of interest",
    constraint="people_absence_covered_by_another",
)


def nhs_number_fault(digits):
    """Why ten digits are not an NHS number, in words; empty when they are (mod 11, no repeated digit)."""
    if len(digits) != 10 or not digits.isdigit():
        return "it needs ten digits"
    if len(set(digits)) == 1:
        return "all its digits are the same"
    remainder = sum(int(d) * weight for d, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    check = (11 - remainder) % 11
    if check == 10 or check != int(digits[9]):
        return "its last digit does not fit the others, so one of them is mistyped"
    return ""


def plausible_birth(born, today):
    """Refuse a date of birth in the future or more than 120 years ago."""
    if born > today or today.year - born.year > 120:
        raise BORN_BEFORE_TODAY.broken("date_of_birth")
