"""Rules of homes and carers: places, approvals, training. Pure: no database, no clock."""

import calendar
from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from carers.codes import Part
from sharedlives.rules import Rule

SOON = timedelta(days=56)  # how long before it lapses something is shown as lapsing

NO_PETS_ALONE = Rule(
    code="carers.no_pets_alone",
    says="A home has no pets, or it has some: both are ticked.",
    mends="Tick “No pets” alone, or the kinds of pets that live there.",
    source="Practice on matching: pets are what people most often ask about",
    constraint="carers_no_pets_stands_alone",
)
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
    mends="Check the address and its reference number. If your scheme shares the home, ask the scheme that keeps it to share it with yours.",
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
LIMIT_ONE_TO_THREE = Rule(
    code="carers.limit_one_to_three",
    says="A home has one, two or three places, never more.",
    mends="Enter 1, 2 or 3.",
    source="SCIE At a glance 02: a maximum of three adults at any one time",
    constraint=("carers_limit_one_to_three", "carers_closure_one_to_three"),
)
UPRN_IS_DIGITS = Rule(
    code="carers.uprn_is_digits",
    says="A unique property reference number has up to 12 digits, and no letters.",
    mends="Look it up on findmyaddress.co.uk, or leave it empty.",
    source="BS 7666: spatial data sets for geographical referencing",
    constraint="carers_uprn_is_digits",
)
STILL_OPEN = Rule(
    code="carers.still_open",
    says="This stay was released: its place may be somebody else's by now.",
    mends="Claim a place again.",
    source="A released place is free for others",
)
APPROVED_FOR_SOMETHING = Rule(
    code="carers.approved_for_something",
    says="An approval must say what the carer may be asked to do.",
    mends="Choose at least one kind.",
    source="SCIE At a glance 02: carers are assessed and approved",
    constraint="carers_approval_for_something",
)
TRAINED_IN_THE_PAST = Rule(
    code="carers.trained_in_the_past",
    says="Training can be recorded once it was done, and not before.",
    mends="Enter a date that is not in the future.",
    source="Records say what happened",
)
TRAINED_ONCE_A_DAY = Rule(
    code="carers.trained_once_a_day",
    says="This course is recorded for that day already.",
    mends="Nothing needs to be done, unless the date is another.",
    source="Each training is recorded once",
    constraint="carers_training_once_a_day",
)
ATTACHED_ONCE = Rule(
    code="carers.scheme_attached_once",
    says="That scheme works with this home already.",
    mends="Nothing needs to be done.",
    source="Places are counted per dwelling, whoever manages it",
    constraint="carers_scheme_attached_once",
)

NOT_OF_KIN = Rule(
    code="carers.not_of_kin",
    says="You and this carer are close: that is declared. Nobody decides about their own family.",
    mends="Ask another manager of the scheme.",
    source="Practice on conflicts of interest: nobody opens or approves their own or their family's record",
)
OWN_TIE = Rule(
    code="carers.own_tie",
    says="Nobody ends their own conflict of interest.",
    mends="Ask a manager of the scheme.",
    source="Practice on conflicts of interest",
)
TIED_ONCE = Rule(
    code="carers.tied_once",
    says="This conflict of interest is declared already.",
    mends="There is nothing more to do.",
    source="Practice on conflicts of interest",
    constraint=("carers_one_open_tie_to_a_person", "carers_one_open_tie_to_a_user"),
)
MOVED_ALREADY = Rule(
    code="carers.moved_already",
    says="A move is recorded once it has happened.",
    mends="Enter the day of the move, today at the latest. Until then say that places are not available.",
    source="Records say what happened",
)
TWO_ROWS = Rule(
    code="carers.two_rows",
    says="That is the same row.",
    mends="Choose the other row of the dwelling.",
    source="Places are counted per dwelling: SCIE At a glance 02",
    constraint="carers_two_rows_of_one_dwelling",
)
SAID_ALREADY = Rule(
    code="carers.said_already",
    says="One of these homes is known to be a second row of a dwelling already, or they are joined.",
    mends="Open the other home’s page and go on there.",
    source="Places are counted per dwelling: SCIE At a glance 02",
)
JOIN_FIRST = Rule(
    code="carers.join_first",
    says="This dwelling stands on our records twice, so its places cannot be counted.",
    mends="A scheme manager joins the two rows first, on the page of the home. Whoever really is there can be recorded as found there.",
    source="Places are counted per dwelling: SCIE At a glance 02",
    constraint="carers_dwelling_is_joined",
)


def period(first, until=None):
    """The days from `first` up to but without `until`; open without it. Raises RuleBroken when there is none."""
    if until is not None and until <= first:
        raise DATES_IN_ORDER.broken("until")
    return DateRange(first, until)


def without(row, gap):
    """What is left of a period when another is cut out: (before, after), each a period or None."""
    before = after = None
    if gap.lower is not None and (row.lower is None or row.lower < gap.lower):
        before = DateRange(row.lower, gap.lower if row.upper is None else min(row.upper, gap.lower))
    if gap.upper is not None and (row.upper is None or row.upper > gap.upper):
        after = DateRange(gap.upper if row.lower is None else max(row.lower, gap.upper), row.upper)
    return before, after


def human(person):
    """Linked records are one human being."""
    return person.identity_id or person.pk


def holds(period, day):
    """Is a day in a period?"""
    return (period.lower is None or period.lower <= day) and (period.upper is None or day < period.upper)


def claims(stay, day):
    """Does a stay claim its home on a day? Weekdays count, and death ends it."""
    died = stay.person.date_of_death
    return bool(holds(stay.period, day) and stay.weekdays & 1 << day.weekday() and not (died and day > died))


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


def latest(trainings):
    """The latest training of each course: {course id: training}."""
    return {training.course_id: training for training in sorted(trainings, key=lambda t: t.done_on)}


def lapse(until, on):
    """How something that holds until a day stands on a day: lapsed, expires_soon, valid."""
    if until is None or until > on + SOON:
        return "valid"
    return "lapsed" if until <= on else "expires_soon"


def training_state(course, training, on):
    """How a course stands for a carer: missing, not_needed, or as `lapse` says."""
    if training is None:
        return "missing" if course.mandatory else "not_needed"
    return lapse(training.expires_on, on)


def lapses(approvals, courses, trainings, on):
    """What a carer lacks or will lack within eight weeks: [(words, first day without it or None, state)]."""
    done = latest(trainings)
    rows = [(course.name, done.get(course.pk), course) for course in courses]
    found = [
        (name, training and training.expires_on, training_state(course, training, on))
        for name, training, course in rows
    ]
    found += [
        ("Approval", approval.until, lapse(approval.until, on))
        for approval in approvals
        if approval.holds(on)
    ]
    return [row for row in found if row[2] not in ("valid", "not_needed")]


COPY_ONE_OPEN = Rule(
    code="carers.copy_one_open",
    says="A copy for them has been asked for already, and is not handed over yet.",
    mends="Open that request under Homes, Copies for carers; hand it over or close it first.",
    source="UK GDPR articles 12 and 15",
    constraint="carers_one_open_copy_each",
)
COPY_NAME_ONCE = Rule(
    code="carers.copy_name_once",
    says="This name is on the list already.",
    mends="Decide about it there.",
    source="Data Protection Act 2018 schedule 2 paragraph 16: rights of others",
    constraint="carers_copy_name_once",
)


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
    words = "".join(
        c if c.isalnum() else " " for c in address.lower().replace("'", "").replace("’", "")
    ).split()
    code = "".join(postcode.lower().split())
    kept = [SHORT.get(word, word) for word in words if word not in ("the", "no")]
    text = " ".join(kept)
    spaced = f"{code[:-3]} {code[-3:]}"
    return f"{text.removesuffix(spaced).strip()}|{code}"


AVAILABILITY_WHEN = Rule(
    code="carers.availability_when",
    says="What a carer says about their week names weekdays and parts of the day, and ends after it begins.",
    mends="Tick at least one day and one part of the day; check the dates.",
    source="SCIE Guide 14, Review and change: who supports when",
    constraint=(
        "carers_availability_on_weekdays",
        "carers_availability_for_a_part_of_the_day",
        "carers_availability_dates_in_order",
    ),
)
WHOLE_WEEK = frozenset((day, part) for day in range(7) for part in Part.values)


def not_there(said):
    """The (weekday, part of the day) at which a carer cannot support, by what they said (`Availability` rows).

    Whoever said when they can cannot at any other time; whoever said nothing always can.
    """
    can, cannot = (
        {
            (day, part)
            for row in said
            if row.says == says
            for day in range(7)
            if row.weekdays & 1 << day
            for part in row.parts
        }
        for says in ("can", "cannot")
    )
    return cannot | (WHOLE_WEEK - can if can else set())
