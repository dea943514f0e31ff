"""When reviews fall due, and what is refused. Pure: no database, no clock. What a held meeting needs: `missing.py`."""

import calendar
from datetime import date, timedelta

from sharedlives.rules import Rule

KENT = "Kent Shared Lives policy 26"
SCIE = "SCIE At a glance 02"
GUIDE_14 = "SCIE Guide 14, Review and change"
CARE_ACT = "Care Act 2014 s27"

MISSED_AFTER_MONTHS = 12  # a due still open this long after its date was missed

ONE_DUE = Rule(
    code="reviews.one_due",
    says="This review is already on the list for that round.",
    mends="Open the one that is there.",
    source=f"{KENT}: first review, then yearly",
    constraint="reviews_one_due_per_subject_and_cycle",
)
ONE_OPEN_DUE = Rule(
    code="reviews.one_open_due",
    says="A review of this is open already.",
    mends="Hold that one, or say why it is no longer owed.",
    source=f"{KENT}: first review, then yearly",
    constraint="reviews_one_open_due_per_subject",
)
DUE_DATE_STAYS = Rule(
    code="reviews.due_date_stays",
    says="The date by which a review is due does not move.",
    mends="Book the meeting for the day that is possible, and say why; it then counts as late. Only a new review policy moves open dates.",
    source=f"{KENT}: within 8 weeks, then at least yearly",
    constraint="reviews_due_date_moves_only_with_policy",
)
CLOSED_STAYS_CLOSED = Rule(
    code="reviews.closed_stays_closed",
    says="A review that was met, missed or no longer owed stays so.",
    mends="Work with the one that is open now.",
    source=f"{GUIDE_14}: a late review must not hide the gap",
    constraint="reviews_closed_due_stays_closed",
)
WANTED_ENDS = Rule(
    code="reviews.wanted_ends",
    says="A review that is wanted sooner ends with a meeting, or with why none is needed.",
    mends="Arrange the meeting, or write why not.",
    source="SCIE report 60: without the care manager “nothing will happen”",
    constraint="reviews_wanted_ends_with_a_meeting_or_why_not",
)
ASKED_WHY = Rule(
    code="reviews.asked_why",
    says="It is not written down who asks for the review, and why.",
    mends="Say who asks, and write why in their own words.",
    source=f"{CARE_ACT}: a review on a reasonable request by the adult, a carer or somebody for them",
    constraint="reviews_wanted_says_who_asks_and_why",
)
ASKED_UNTIL_TODAY = Rule(
    code="reviews.asked_until_today",
    says="Nobody can have asked on a day that is still to come.",
    mends="Give the day on which they asked.",
    source="The clock of a request begins on the day it is made",
)
ANSWERED_IN_WORDS = Rule(
    code="reviews.answered_in_words",
    says="Whoever asked for the review is answered in words, once, on the day they ask or after.",
    mends="Write what they were told. What follows later is the meeting, or why none is needed.",
    source=f"{GUIDE_14}: carers and schemes feel unheard",
    constraint="reviews_wanted_answered_in_words",
)
WANTED_IS_DONE = Rule(
    code="reviews.wanted_is_done",
    says="A meeting is arranged, or somebody has said why none is needed.",
    mends="Open the meeting.",
    source="One answer to one wish for a review",
)
LATE_IS_LATE = Rule(
    code="reviews.late_is_late",
    says="A review held after its date is recorded as late.",
    source=f"{KENT}: within 8 weeks, then at least yearly",
    constraint="reviews_late_is_recorded_late",
)
ONE_MEETING_A_DUE = Rule(
    code="reviews.one_meeting_a_due",
    says="A meeting is already arranged for this review.",
    mends="Open that meeting, or say there that it did not take place.",
    source=f"{GUIDE_14}: one holistic review instead of many",
    constraint="reviews_one_meeting_planned_per_due",
)
WINDOW = Rule(
    code="reviews.window",
    says="These reviews fall due too far apart for one meeting: more than {days} days.",
    mends="Choose those that fall due near each other.",
    source=f"{GUIDE_14}: merged reviews",
)
LATE_NEEDS_REASON = Rule(
    code="reviews.late_needs_reason",
    says="{planned} is after the review is due, {due}.",
    mends="Say why it cannot be sooner. The review will count as late; the due date stays.",
    source=f"{KENT}: within 8 weeks, then at least yearly",
)
NOT_CARE_MANAGER = Rule(
    code="reviews.not_care_manager",
    says="The care manager who knows the person should hold the review.",
    mends="Say why somebody else does.",
    source=f"{SCIE}: do not rely on a separate reviewing officer",
    constraint="reviews_reason_when_not_the_care_manager",
)
NAMED_PERSON = Rule(
    code="reviews.named_person",
    says="A reviewing officer holds a review only with an independent named person or advocate present.",
    mends="Mark who was there, or write down that the person refused one, and how you know that they could decide it.",
    source=f"{SCIE}: named person or advocate where a reviewing officer attends",
    constraint="reviews_named_person_with_a_reviewing_officer",
)
REFUSAL_WITH_CAPACITY = Rule(
    code="reviews.refusal_with_capacity",
    says="A refusal of an advocate needs both: what the person said, and how you know that they could decide it.",
    source="Mental Capacity Act 2005 s3",
    constraint="reviews_refusal_says_how_capacity_was_known",
)
ASKED_FIRST = Rule(
    code="reviews.asked_first",
    says="Nobody can be invited before the person was asked whom they want there.",
    mends="Ask, and write down when and how.",
    source=f"{GUIDE_14}: invitations ignored whom the person wanted",
)
WISHES_FOLLOWED = Rule(
    code="reviews.wishes_followed",
    says="{name} is not {wanted}.",
    mends="Follow the person’s wish, or say why it was not followed.",
    source=f"{GUIDE_14}: invitations ignored whom the person wanted",
    constraint="reviews_difference_from_wishes_has_a_reason",
)
SEEN = Rule(
    code="reviews.seen",
    says="The record does not say that the person was seen.",
    mends="Write when, where and how.",
    source=f"{SCIE}: reviews must not be a paper exercise",
    constraint="reviews_held_says_the_person_was_seen",
)
HELD_DATE = Rule(
    code="reviews.held_date",
    says="The record does not say on which day, how and in which way the review was held; the day cannot be in the future.",
    mends="Give the day and how it was held.",
    source=f"{KENT}: accurate record",
    constraint="reviews_held_has_its_date",
)
ATTENDANCE = Rule(
    code="reviews.attendance",
    says="Not said of everybody invited whether they were there: {names}.",
    mends="Say yes or no for each.",
    source=f"{SCIE}: care managers attend reviews; attendance is recorded",
)
VIEWS = Rule(
    code="reviews.views",
    says="The person’s own views, and how they counted, are not both written down.",
    mends="Write what the person said or showed, and what it changed.",
    source=f"{SCIE}: the person’s views are taken into account at all times",
    constraint="reviews_held_has_the_persons_views",
)
CARERS_VIEWS = Rule(
    code="reviews.carers_views",
    says="The Shared Lives carer’s views are not written down.",
    mends="Write them in the carer’s own words.",
    source=f"{GUIDE_14}: carers feel unheard",
)
S27 = Rule(
    code="reviews.s27",
    says="Not answered: {questions}.",
    mends="Answer all four questions of the Care Act.",
    source=CARE_ACT,
    constraint="reviews_held_has_s27_answers",
)
OUTCOMES_RATED = Rule(
    code="reviews.outcomes_rated",
    says="Not every outcome of the plan is rated: {names}.",
    mends="Say of each how far it has been reached; or that it cannot be said yet, and why.",
    source=CARE_ACT,
)
REQUIREMENTS_RATED = Rule(
    code="reviews.requirements_rated",
    says="Not every requirement of the placement agreement is rated: {names}.",
    mends="Say of each how far it has been kept; or that it cannot be said yet, and why.",
    source=f"{KENT}: how far requirements have been met",
)
INCIDENTS_CONSIDERED = Rule(
    code="reviews.incidents_considered",
    says="Not every emergency or incident of the period has been considered: {names}.",
    mends="Say of each what was made of it.",
    source=f"{KENT}: actions taken in response to any emergency",
)
EARLIER_ACTIONS = Rule(
    code="reviews.earlier_actions",
    says="Not every action agreed earlier is accounted for: {names}.",
    mends="Say of each whether it was done, goes on, or was given up and why.",
    source=f"{KENT}: actions from the previous review",
)
OPTIONS = Rule(
    code="reviews.options",
    says="The record does not say that options for change were explained, and in which format.",
    mends="Write what was explained, and how.",
    source=f"{GUIDE_14}: people do not always understand that there are options",
    constraint="reviews_held_says_options_were_explained",
)
CHANGES_AGREED = Rule(
    code="reviews.changes_agreed",
    says="The changes agreed do not fit the outcome, or are not complete: each says what changes, in what, and who agreed it.",
    mends="Write each change with who agreed it; without any change choose “No change” as the outcome.",
    source=f"{CARE_ACT}: the plan is revised with those it concerns; {KENT}: changes agreed at the review",
)
AS_NOW = Rule(
    code="reviews.as_now",
    says="The record does not say what was considered before everything stayed as it is.",
    mends="Write which other options were looked at, and why as now is right.",
    source=f"{GUIDE_14}: people do not always understand that there are options",
)
RETURN = Rule(
    code="reviews.return",
    says="What the national return asks of every review is not all answered.",
    mends="Give the reason, who took part and what followed; how far outcomes were reached of a planned review alone.",
    source="Client Level Data, events: review reason, method and event outcome are mandatory; outcomes achieved when planned",
    constraint="reviews_return_achieved_of_planned_ones",
)
OUTCOME = Rule(
    code="reviews.outcome",
    says="The outcome of the review is not chosen.",
    mends="Choose one of the three.",
    source=CARE_ACT,
    constraint="reviews_held_has_an_outcome",
)
NEXT_DATE = Rule(
    code="reviews.next_date",
    says="The date of the next review, or its reason, is missing.",
    mends="Set the date, and say why then.",
    source=f"{KENT}: sets the date of the next review",
    constraint="reviews_held_sets_the_next_date",
)
NEXT_WITHIN = Rule(
    code="reviews.next_within",
    says="The next review can be on {latest} at the latest, and after this one.",
    mends="Choose that day or a sooner one.",
    source=f"{KENT}: yearly or more often",
    constraint="reviews_next_within_twelve_months",
)
ACTION_OWNED = Rule(
    code="reviews.action_owned",
    says="An action needs words, an owner and a date: “{words}”.",
    mends="Say who sees to it, and by when.",
    source=f"{KENT}: decisions and actions agreed, timescales",
    constraint="reviews_action_has_an_owner",
)
ACTION_CLOSED = Rule(
    code="reviews.action_closed",
    says="This action was done or given up already.",
    source=f"{KENT}: actions from the previous review",
)
DONE_DATE = Rule(
    code="reviews.done_date",
    says="An action is done between the review that agreed it and today.",
    mends="Check the date.",
    source=f"{KENT}: decisions and actions agreed, timescales",
)
NOT_OPEN = Rule(
    code="reviews.not_open",
    says="This meeting was already held, or did not take place.",
    mends="Open its record.",
    source=f"{KENT}: accurate record",
)
NOT_HELD = Rule(
    code="reviews.not_held",
    says="There is no record yet to send.",
    mends="Hold the review first.",
    source=f"{KENT}: record to all participants",
)
RECORD_STAYS = Rule(
    code="reviews.record_stays",
    says="The record of a held review is never changed.",
    mends="Say on its page what is wrong: the words stay beside it and go out on every copy.",
    source=f"{KENT}: accurate record",
    constraint="reviews_held_record_is_never_changed",
)
WAS_THERE = Rule(
    code="reviews.was_there",
    says="{name} is not marked as having been at this meeting.",
    mends="Choose somebody who was there.",
    source=f"{KENT}: accurate record, to all participants",
)
REMARK_IN_WORDS = Rule(
    code="reviews.remark_in_words",
    says="What is wrong with the record is not written down.",
    mends="Write it in their own words.",
    source=f"{KENT}: accurate record, to all participants",
    constraint="reviews_remark_in_words",
)
ARRIVES_AFTER = Rule(
    code="reviews.copy_arrives_after_it_is_sent",
    says="The copy went out on {sent}: it cannot have arrived before, nor on a day that is still to come.",
    mends="Give the day on which they had it.",
    source=f"{KENT}: record to all participants",
    constraint="reviews_copy_arrives_after_it_is_sent",
)
NOBODY_TO_SEND_TO = Rule(
    code="reviews.nobody_to_send_to",
    says="Nobody is marked as invited or present, so the record would reach nobody.",
    mends="Add the person and whoever was there.",
    source=f"{KENT}: record to all participants",
)
POLICY_WITHIN = Rule(
    code="reviews.policy_within",
    says="A first review comes at the latest 56 days after the start, later ones at the latest every 12 months.",
    mends="A shorter time is welcome; a longer one is not.",
    source=f"{KENT}: within 8 weeks, then yearly or more often",
    constraint="reviews_policy_within_the_law",
)
POLICY_ONCE_A_DAY = Rule(
    code="reviews.policy_once_a_day",
    says="There is already a policy that begins on this day.",
    mends="Choose another day.",
    source="Dated versions of the review policy",
    constraint="reviews_one_policy_version_a_day",
)

S27_QUESTIONS = {
    "s27_impact": "What difference is the plan making?",
    "s27_outcomes": "Are the outcomes being reached?",
    "s27_contribution": "How does the care and support help towards them?",
    "s27_needs": "Have needs or circumstances changed?",
}


# -- Dates -------------------------------------------------------------------------------------


def add_months(day, months):
    """The same day some calendar months later, or the last day of a shorter month.

    29 February becomes 28 February a year later, and stays there: the next step starts from the 28th.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))


def first_due_on(started_on, days):
    """When the first review is due: a number of days after the start, whatever the sign-off."""
    return started_on + timedelta(days=days)


def counts_from(started_on, recorded_on):
    """From which day a first review counts: the start.

    Somebody who has lived there since long before it came on our records counts from the day they came on
    them: no missed review is invented from before.
    """
    return started_on if add_months(started_on, MISSED_AFTER_MONTHS) > recorded_on else recorded_on


def round_running(counted_from, months, today):
    """From which day the round counts that runs today, when reviews before `counted_from` are not on our records.

    Rounds whose review would be missed by now are passed over, by whole intervals.
    """
    while missed_on(add_months(counted_from, months)) <= today:
        counted_from = add_months(counted_from, months)
    return counted_from


def next_due_on(due_on, held_on, months):
    """When the next review is due: so many calendar months after this one was due or was held, whichever is sooner."""
    return add_months(min(due_on, held_on), months)


def due_under(*, is_first, counted_from, agreed_on, first_days, months):
    """The due date that a policy gives to an open review: `agreed_on` is a sooner date agreed at the last meeting."""
    if is_first:
        return first_due_on(counted_from, first_days)
    by_policy = add_months(counted_from, months)
    return min(by_policy, agreed_on) if agreed_on else by_policy


def missed_on(due_on):
    """The day from which a review that is still open counts as missed."""
    return add_months(due_on, MISSED_AFTER_MONTHS)


def may_share(due_dates, planned_on, window_days):
    """May one meeting meet these reviews? What is overdue on the day counts as due that day."""
    effective = [max(due_on, planned_on) for due_on in due_dates]
    return not effective or (max(effective) - min(effective)).days <= window_days


def met_on(held_on, signed_on):
    """The day on which a meeting meets its reviews: not before plan and budget are signed. None while they are not."""
    return None if signed_on is None else max(held_on, signed_on)


def met_state(due_on, closed_on):
    """How a review ends that was met on a day: late is recorded late."""
    return "met" if closed_on <= due_on else "met_late"


# -- What a draft holds --------------------------------------------------------


def as_date(value):
    """A date out of a draft (ISO text) or a form (date); None when there is none."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def words(answers, name):
    return str(answers.get(name) or "").strip()
