"""Rules of homes and carers: places, approvals, training. Pure: no database, no clock."""

import calendar

from sharedlives.rules import Rule

AT_MOST_THREE = Rule(
    code="carers.at_most_three_adults",
    says="A home may support at most three adults at any one time, and on {detail} three others are there already.",
    mends="Choose other dates or another home. If a fourth person really is in the home, record them as found there.",
    source="SCIE At a glance 02: a maximum of three adults at any one time",
    constraint="carers_at_most_three_adults",
)
WITHIN_LIMIT = Rule(
    code="carers.within_local_limit",
    says="This home has no place free on {detail}: its own limit is reached, or its places are not available then.",
    mends="Choose other dates or another home, or change the limit or the dates that are not available.",
    source="The scheme's limit for this home, below the three adults of SCIE At a glance 02",
    constraint="carers_within_local_limit",
)
ONE_HOME = Rule(
    code="carers.one_home",
    says="This person already has a home with a Shared Lives carer in that time. Nobody lives in two places at once.",
    mends="End or release the other stay first, or choose other dates.",
    source="SCIE At a glance 02: living as part of the carer's family",
    constraint="carers_one_home_at_a_time",
)
ONE_NIGHT = Rule(
    code="carers.one_night",
    says="This person already stays overnight somewhere in that time. Nobody sleeps in two places at once.",
    mends="End or release the other stay first, or choose other dates.",
    source="SCIE At a glance 02: short breaks in the carer's home",
    constraint="carers_one_night_at_a_time",
)
ONE_DAY = Rule(
    code="carers.one_day",
    says="This person already spends one of these weekdays in a carer's home in that time.",
    mends="Choose other weekdays or dates, or release the other stay first.",
    source="SCIE At a glance 02: day support in the carer's home",
    constraint=(
        "carers_one_monday_at_a_time",
        "carers_one_tuesday_at_a_time",
        "carers_one_wednesday_at_a_time",
        "carers_one_thursday_at_a_time",
        "carers_one_friday_at_a_time",
        "carers_one_saturday_at_a_time",
        "carers_one_sunday_at_a_time",
    ),
)
ONE_ROW_PER_DWELLING = Rule(
    code="carers.one_row_per_dwelling",
    says="This dwelling is on our records already, perhaps through another scheme.",
    mends="Check the address and its reference number. If your scheme shares the home, attach the scheme to it.",
    source="Places are counted per dwelling: SCIE At a glance 02",
    constraint=("carers_one_home_per_address", "carers_one_home_per_uprn"),
)
NOT_AFTER_DEATH = Rule(
    code="carers.not_after_death",
    says="This person has died. No stay can be booked after that day.",
    mends="If the date of death is wrong, correct it on the person's record first.",
    source="Records of people who have died are closed to new bookings",
)
DATES_IN_ORDER = Rule(
    code="carers.dates_in_order",
    says="The last day comes before the first.",
    mends="Check both dates.",
    source="Common sense check",
)
APPROVED = Rule(
    code="carers.approved",
    says="{carer} is not approved for this ({kind}) on {day}.",
    mends="Choose another carer, or bring the approval up to date first.",
    source="SCIE At a glance 02: carers are assessed and approved",
)
EMERGENCY_READY = Rule(
    code="carers.emergency_ready",
    says="{carer} may not take emergencies on {day}: {why}.",
    mends="Choose a carer who is approved and trained for emergencies.",
    source="SCIE At a glance 02: emergency placements only with those approved and trained for them",
)


def approved_for(approvals, kind, person, on):
    """The approval that allows a kind of placement for a person on a day, or None.

    An approval for one person only allows nobody else; `person` may be None: for anybody.
    """
    for approval in approvals:
        fits = approval.only_for_id is None or (person is not None and approval.only_for_id == person.pk)
        if fits and kind in approval.kinds and approval.holds(on):
            return approval
    return None


def emergency_ready(approvals, courses, trainings, on, person=None):
    """What stands between a carer and an emergency placement on a day: a list of plain words, empty when nothing.

    `courses` are the training courses that count; each one `for_emergencies` must be done and unexpired.
    """
    lacks = []
    allowed = [a for a in approvals if a.emergency and a.holds(on)]
    if not any(a.only_for_id is None or (person and a.only_for_id == person.pk) for a in allowed):
        lacks.append("not approved for emergencies")
    lasting = {t.course_id for t in trainings if t.lasts(on)}
    ever = {t.course_id for t in trainings}
    for course in courses:
        if course.for_emergencies and course.pk not in lasting:
            lacks.append(f"{course.name} {'has expired' if course.pk in ever else 'was not done'}")
    return lacks


def months_later(day, months):
    """The same day of the month, calendar months later; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def expires_on(done_on, refresh_months):
    """The first day on which a training no longer counts; None for once-only courses."""
    return months_later(done_on, refresh_months) if refresh_months else None


SHORT = {
    "road": "rd", "street": "st", "avenue": "ave", "lane": "ln", "drive": "dr", "close": "cl", "court": "ct",
    "crescent": "cres", "gardens": "gdns", "place": "pl", "square": "sq", "terrace": "ter", "grove": "gr",
    "apartment": "flat", "saint": "st", "number": "no",
}  # fmt: skip


def normalised(address, postcode):
    """An address so that two spellings of one dwelling are equal: small letters, no marks, short street words."""
    words = "".join(c if c.isalnum() else " " for c in address.lower().replace("'", "").replace("’", "")).split()
    code = "".join(postcode.lower().split())
    kept = [SHORT.get(word, word) for word in words if word not in ("the", "no")]
    text = " ".join(kept)
    spaced = f"{code[:-3]} {code[-3:]}"
    return f"{text.removesuffix(spaced).strip()}|{code}"
