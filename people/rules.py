"""Rules about persons and who is involved. Pure: no database, no clock."""

from calendar import monthrange
from datetime import date, timedelta

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

CONTINUITY = "Care Act 2014 s37: care goes on without a gap when another team or council takes over"
HANDOVER_FROM_THE_FUNDER = Rule(
    code="people.handover_from_the_funder",
    says="{team} does not fund this person now.",
    mends="Only the team that funds a person today can hand them over. Look at who is around the person, and ask again from there.",
    source=CONTINUITY,
)
ONE_OPEN_HANDOVER = Rule(
    code="people.one_open_handover",
    says="A handover of this person has been asked for already.",
    mends="Wait for the answer, or withdraw that question first.",
    source=CONTINUITY,
    constraint="people_one_open_handover_per_person",
)
ANOTHER_TEAM = Rule(
    code="people.another_team",
    says="A team cannot hand over to itself.",
    mends="Choose another team.",
    source=CONTINUITY,
    constraint=("people_handover_to_another_team", "people_change_to_another_team"),
)
ANSWERED_ONCE = Rule(
    code="people.answered_once",
    says="This question has been answered already: {state}.",
    mends="Open it again to see the answer.",
    source=CONTINUITY,
)
ONE_OPEN_CHANGE = Rule(
    code="people.one_open_change",
    says="Another change of this team waits for an answer.",
    mends="Withdraw that one first, or wait for its answer.",
    source=CONTINUITY,
    constraint="people_one_open_change_per_team",
)
SPLIT_NAMES_WORKERS = Rule(
    code="people.split_names_workers",
    says="A split needs the workers who go.",
    mends="Tick at least one. Their people go with them; everybody else stays.",
    source=CONTINUITY,
)
NO_TEAM_BENEATH = Rule(
    code="people.no_team_beneath",
    says="{team} has teams beneath it, so it cannot end.",
    mends="In Administration, give those teams another parent first.",
    source=CONTINUITY,
)
RECEIVER_HAS_A_MANAGER = Rule(
    code="people.receiver_has_a_manager",
    says="{to} has no team manager, so nobody could accept.",
    mends="Give it a team manager first, under Users in Administration.",
    source=CONTINUITY,
)
UNDO_IN_TIME = Rule(
    code="people.undo_in_time",
    says="This can no longer be undone: only a change that was carried out in the last 30 days can.",
    mends="Ask for a new change the other way round.",
    source=CONTINUITY,
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


CONFLICT = Rule(
    code="people.conflict_closes_the_record",
    says="You have declared, or your manager has, that you are close to this person. Their record is closed to you, emergency access included.",
    mends="Ask a colleague to act. If it no longer holds, your manager can end it.",
    source="Practice on conflicts of interest: nobody opens or approves their own or their family's record",
)
ERROR_SAYS_WHY = Rule(
    code="people.error_says_why",
    says="Hiding something that was entered in error needs a reason.",
    mends="Say why it should not be on this record.",
    source="Practice: what was entered in error is hidden, and kept in the audit",
    constraint=(
        "people_error_says_why",
        "careplans_error_says_why",
        "careplans_need_error_says_why",
        "risk_error_says_why",
        "risk_event_error_says_why",
    ),  # fmt: skip
)
ASKED_AFTER_GIVEN = Rule(
    code="people.asked_after_given",
    says="The copy was given on {given:%-d %B %Y}; it can be asked back from that day until today.",
    mends="Check the date.",
    source="Practice: the copies already sent are listed for recall",
)
NOT_DEAD = Rule(
    code="people.no_death_recorded",
    says="No death is recorded for this person, or somebody has put it right already.",
    mends="There is nothing more to do.",
    source="Records say what happened",
)
READ_BY_ANOTHER = Rule(
    code="people.emergency_access_read_by_another",
    says="You opened this record yourself by emergency access.",
    mends="Another manager of the team must read about it.",
    source="Emergency access is told to the person's team manager",
    constraint="people_grant_read_by_another",
)
CONFLICT_ONCE = Rule(
    code="people.conflict_once",
    says="This conflict of interest is declared already.",
    mends="There is nothing more to do. A manager ends it when it no longer holds.",
    source="Practice on conflicts of interest",
    constraint="people_one_open_conflict",
)
CONFLICT_BY_MANAGER = Rule(
    code="people.conflict_by_a_manager",
    says="You may declare your own conflicts of interest. Declaring one for somebody else, and ending one, is for their manager.",
    mends="Ask the manager of the team or scheme. Nobody ends their own.",
    source="Practice on conflicts of interest",
    constraint="people_conflict_ended_by_another",
)

MCA = "Mental Capacity Act 2005"
CARE_ACT_67 = "Care Act 2014 s67"
LEGAL_DATES = Rule(
    code="people.legal_dates",
    says="These dates are not in order: it ends after it begins, and a court grants after it was asked.",
    mends="Check the dates against the paper.",
    source=MCA,
    constraint=("people_legal_fact_ends_after_it_begins", "people_order_granted_after_application"),
)
AUTHORITY_NEEDS_HOLDER = Rule(
    code="people.authority_needs_holder",
    says="An authority belongs to somebody, and reaches either welfare, or money, or both.",
    mends="Add the attorney, deputy or appointee as a contact first, then choose them and what the paper says.",
    source=MCA + " s9–19; next of kin alone has no authority",
    constraint="people_authority_has_holder_and_reach",
)
CAPACITY_SAYS_WHICH = Rule(
    code="people.capacity_says_which",
    says="A decision about capacity says whether the person has capacity for this one decision.",
    mends="Answer yes or no; a change is recorded as a new decision.",
    source=MCA + " s2–3",
    constraint="people_capacity_decision_says_which",
)
ORDER_NEEDS_REFERENCE = Rule(
    code="people.order_needs_reference",
    says="A court order that allows a deprivation of liberty has an application day, a reference and an end.",
    mends="Copy them from the order. Without an order, leave “granted on” empty: the deadline to apply then runs.",
    source=MCA + " s16: a deprivation of liberty in a home needs an order of the Court of Protection",
    constraint="people_court_order_has_reference_and_end",
)
SHARING_OBJECTED = Rule(
    code="people.sharing_objected",
    says="{person} objected on {on} to sharing this with {whom}: “{words}”.",
    mends="Do not share it. Or record a new sharing decision: that the person now agrees, or the lawful ground on "
    "which it is shared all the same, and that the person was told.",
    source="UK GDPR Article 6 and 9; Data Protection Act 2018; Care Act 2014 s45",
)
SHARING_OBJECTED_AT_TEAM = Rule(
    code="people.sharing_objected_at_team",
    says="{person} does not want this handed on.",
    mends="Hand nothing over, and ask {team}: they wrote down what the person said, and can ask again.",
    source="UK GDPR Article 6 and 9; Data Protection Act 2018; Care Act 2014 s45",
)
OVERRIDE_IS_TOLD = Rule(
    code="people.override_is_told",
    says="Sharing against an objection needs a lawful ground, and the person is told.",
    mends="Give the day on which the person was told, or say why telling them would put somebody at risk.",
    source="UK GDPR Article 13 and 14",
    constraint=("people_overridden_is_told_or_says_why", "people_ground_only_against_objection"),
)
SHARING_DATES = Rule(
    code="people.sharing_dates",
    says="The day to ask again comes after the day it was asked, and it is shared with one person or service, or all.",
    mends="Check the dates, and choose either a scheme or a contact.",
    source="Consent is asked again from time to time: UK GDPR Article 7",
    constraint=("people_sharing_dates_in_order", "people_sharing_with_one_or_all"),
)
APPROPRIATE_PERSON = Rule(
    code="people.appropriate_person",
    says="{name} cannot be the person who helps instead of an advocate: paid for the care, or the person has not agreed.",
    mends="Choose family or a friend with no tie to the services whom the person wants, or refer to an advocate.",
    source=CARE_ACT_67 + "(5)",
    constraint="people_appropriate_person_is_agreed",
)
REFUSAL_WITH_CAPACITY = Rule(
    code="people.refusal_with_capacity",
    says="Only a person with capacity for this decision can say no to an advocate.",
    mends="Write down what the person said and that they have capacity to refuse; if not, the advocate is still owed.",
    source=CARE_ACT_67 + "; " + MCA + " s2",
    constraint="people_refusal_with_capacity",
)
ABOUT_ME_IS_FINAL = Rule(
    code="people.about_me_is_final",
    says="A version of About me stays as it was written.",
    mends="Write a new version; it says who wrote it, for whom.",
    source="PRSB About Me v1.2: the record is the person's",
    constraint="people_about_me_is_final",
)
ABOUT_ME_HELPER = Rule(
    code="people.about_me_helper",
    says="About me says who helped, and, where somebody else wrote it, why the person did not.",
    mends="Name the helper. If you wrote it for the person, say why.",
    source="PRSB About Me v1.2: supported to write this by",
    constraint=("people_about_me_names_the_helper", "people_about_me_says_why_for_person"),
)
SEEN_HOW = Rule(
    code="people.seen_how",
    says="Somebody is seen on a visit or a video call, not by phone or in writing.",
    mends="Choose visit or video call, or leave the tick out.",
    source="Care and support statutory guidance 10: keep in touch with the person",
    constraint="people_seen_on_a_visit_or_video",
)
NO_CONTACT_WHY = Rule(
    code="people.no_contact_why",
    says="A contact that was not possible says why, and only such a one.",
    mends="Choose the reason; workload and funding are counted, and no name is shown with the count.",
    source="SCIE At a glance 02: pressures that distort the work are made known",
    constraint="people_no_contact_says_why",
)
CONTACT_IN_THE_PAST = Rule(
    code="people.contact_in_the_past",
    says="A contact is written down after it happened.",
    mends="Check the day and the time.",
    source="Common sense check",
)
AIS = "Accessible Information Standard (DCB1605): ask, record, flag, share, meet, review"
ASKED_IN_ORDER = Rule(
    code="people.asked_in_order",
    says="The person was asked by today, and not before the day on which they were last asked.",
    mends="Check the day.",
    source=AIS,
)
ASKED_AND_ANSWERED = Rule(
    code="people.asked_and_answered",
    says="Either something is still right, or the person has no particular needs: one of the two.",
    mends="Say of each line whether it is still right; tick “no particular needs” only where none is. "
    "Something new is added on its own page.",
    source=AIS,
)
ONE_RESTRICTION = Rule(
    code="people.one_restriction",
    says="This record is restricted already.",
    mends="Lift the restriction first, then put on the new one.",
    source="Data Protection Act 2018, need to know",
    constraint="people_one_open_restriction_per_person",
)
RESTRICTION_NAMES_SOMEBODY = Rule(
    code="people.restriction_names_somebody",
    says="A restricted record stays open to at least one worker and to you.",
    mends="Choose who goes on working with the person.",
    source="Data Protection Act 2018, need to know; Care Act 2014 s27: somebody keeps the plan under review",
)

APPLY_WITHIN = 14  # days from the day a deprivation of liberty is known until the court is asked
ANSWER_WITHIN = 56  # days after which an application without an answer is looked at again
SHARE_WITHIN = 5  # days for the team to share a legal fact with a supporting scheme
READ_WITHIN = 7  # days for the scheme to read and acknowledge it
ADVOCATE_WITHIN = 28  # days from the test until an advocate is appointed


def legal_fact_due(*, is_liberty, since, applied_on, granted_on, until):
    """The day by which somebody must act on a legal fact, or None: its end; for liberty without an order, the court."""
    if is_liberty and granted_on is None:
        return (
            applied_on + timedelta(days=ANSWER_WITHIN) if applied_on else since + timedelta(days=APPLY_WITHIN)
        )
    return until


def independence_warning(*, tie, named):
    """Why somebody who speaks up for the person is not independent, in words; empty where they are or need not be."""
    if not named or tie == "none":
        return ""
    who = {
        "carer": "is the person's carer",
        "scheme": "works for the scheme",
        "council": "works for the council's team",
    }
    return f"This contact {who[tie]}. Ask the person whether somebody else should speak up for them."


# -- Copies of everything about a person ---------------------------------------------------------------

COPY = "UK GDPR articles 12 and 15; Data Protection Act 2018 schedules 2 and 3"
COPY_ASKED_BEFORE_TODAY = Rule(
    code="people.copy_asked_before_today",
    says="A request cannot arrive after today.",
    mends="Enter the day on which it reached anybody of the council.",
    source=COPY,
)
SIGNS_WITH_AUTHORITY = Rule(
    code="people.signs_with_authority",
    says="No authority of {name} to decide for the person that held on {on} is on our records. Being next of kin gives none.",
    mends="Write the power of attorney or the deputy’s order for health and welfare, or the best-interests decision that "
    "names them, under legal context first. Or the person signs: with a mark, or in words before a witness.",
    source=MCA + " ss4, 5, 9, 16",
)
SEEN = Rule(
    code="people.seen_or_why_not",
    says="Nothing says when, where and how they were seen for this.",
    mends="Give the day, by today, the place and how; or choose “Not seen this time” and say why.",
    source="SCIE At a glance 02: assessments and reviews must not be a paper exercise",
    constraint=("careplans_reassessed_seen_or_why_not", "risk_seen_or_why_not"),
)
COPY_NEEDS_AUTHORITY = Rule(
    code="people.copy_needs_authority",
    says="No authority of {name} to act for the person is recorded today. Next of kin alone has none.",
    mends="Record the power of attorney, the deputy’s order or the best-interests decision under legal facts first, or say that the person asks.",
    source="Mental Capacity Act 2005 ss4, 9, 16; ICO guidance on requests made on behalf of others",
)
COPY_ONE_OPEN = Rule(
    code="people.copy_one_open",
    says="A copy for this person has been asked for already, and is not handed over yet.",
    mends="Open that request; hand it over or close it first.",
    source=COPY,
    constraint="people_one_open_copy_per_person",
)
COPY_STILL_OPEN = Rule(
    code="people.copy_still_open",
    says="This request has ended: {state}.",
    mends="Record a new request where somebody asks again.",
    source=COPY,
)
COPY_IN_REVIEW = Rule(
    code="people.copy_in_review",
    says="This copy cannot be changed now: {state}.",
    mends="Wait until it has been put together; then read it through.",
    source=COPY,
)
COPY_NAMES_DECIDED = Rule(
    code="people.copy_names_decided",
    says="Names of others that nobody has decided about: {names}.",
    mends="Open the list of names, and say of each whether it is taken out.",
    source="Data Protection Act 2018 schedule 2 paragraph 16: rights of others",
)
COPY_NAME_STANDS_THERE = Rule(
    code="people.copy_name_stands_there",
    says="{name} stands nowhere in this copy.",
    mends="Type it as it is written there.",
    source="Data Protection Act 2018 schedule 2 paragraph 16: rights of others",
)
COPY_NAME_ONCE = Rule(
    code="people.copy_name_once",
    says="This name is on the list already.",
    mends="Decide about it there.",
    source="Data Protection Act 2018 schedule 2 paragraph 16: rights of others",
    constraint="people_copy_name_once",
)
COPY_RECORDS_DECIDED = Rule(
    code="people.copy_records_decided",
    says="Records that are held back until somebody decides: {records}.",
    mends="Open each of them, and give it or keep it back with the reason.",
    source="Data Protection Act 2018 schedule 3 part 3: serious harm; Care Act 2014 s42",
)
COPY_KEPT_BACK_FOR_A_REASON = Rule(
    code="people.copy_kept_back_for_a_reason",
    says="A record is kept back only for a reason.",
    mends="Say which harm it would do, or whose information it is.",
    source=COPY,
    constraint="people_copy_kept_back_for_a_reason",
)


def month_after(day):
    """The same day of the next month, or its last day where it has none: by then a copy is owed."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def check_seen(*, seen_how, seen_on, seen_where, today):
    """Refuse a record that does not say when, where and how somebody was seen, or why they were not. Raises RuleBroken."""
    not_seen = seen_how == "not_seen"
    day_fits = seen_on is None if not_seen else seen_on is not None and seen_on <= today
    if not seen_how or not seen_where.strip() or not day_fits:
        raise SEEN.broken("seen_how")
