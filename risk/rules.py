"""Rules about risk, responsibilities and incidents. Pure: no database, no clock."""

from sharedlives.rules import Rule

AAG02 = "SCIE At a glance 02"
READ_WITHIN = 1  # days that a worker has to read an incident about one of their people

SIGNED_IS_FINAL = Rule(
    code="risk.signed_is_final",
    says="A signed version of a risk assessment is never changed or deleted.",
    mends="Draft a new version, or mark this one as entered in error.",
    source=AAG02,
    constraint="risk_signed_is_final",
)
ONE_DRAFT = Rule(
    code="risk.one_draft",
    says="A new version of this risk assessment is being drafted already.",
    mends="Open that draft and go on from there.",
    source="One assessment for the person: " + AAG02,
    constraint="risk_one_draft_per_person",
)
AT_LEAST_ONE = Rule(
    code="risk.at_least_one_risk",
    says="The assessment names no risk.",
    mends="Add at least one, with who is responsible and when it is looked at again.",
    source=AAG02,
)
HAS_ITS_WORDS = Rule(
    code="risk.has_its_words",
    says="Each risk says what may happen, what is done about it, and what to do when it goes wrong.",
    mends="Fill in these three boxes of every risk.",
    source=AAG02,
    constraint="risk_has_its_words",
)
RESPONSIBLE = Rule(
    code="risk.somebody_responsible",
    says="Each risk has somebody who is responsible for it.",
    mends="Choose who, and write the name where it is somebody else.",
    source=AAG02,
    constraint="risk_has_somebody_responsible",
)
REVIEW_DATE = Rule(
    code="risk.review_date",
    says="Each risk is looked at again by a date after the signing: risk {number} has {date}.",
    mends="Choose a later date, so that the assessment does not become static.",
    source=AAG02,
)
OWN_VIEW = Rule(
    code="risk.own_view",
    says="The assessment does not say what the person says about these risks.",
    mends="Write it in their words, or how they showed it; or “not yet, because …”.",
    source=AAG02 + "; Mental Capacity Act 2005",
)
UNCHANGED_TWICE = Rule(
    code="risk.unchanged_twice",
    says="Nothing changed in this assessment for the second time running.",
    mends="Say why it is still right, and what you looked at to know.",
    source=AAG02 + ": risk assessments must not become static or rigid",
)
CONFIRMED_BY_A_NOTE = Rule(
    code="risk.confirmed_by_a_note",
    says="A note can confirm a risk assessment only where one is signed, the person was seen, and it was not simply "
    "confirmed the last time too.",
    mends="Take the tick out and save the note; then open the risk assessment and check it there.",
    source=AAG02 + ": risk assessments must not become static or rigid",
)
SIGNED_BY_COUNCIL = Rule(
    code="risk.signed_by_council",
    says="A person’s risk assessment is signed by their care manager or team manager.",
    mends="Ask one of them to check and sign it.",
    source=AAG02,
)
THREE_ANSWERS = Rule(
    code="risk.three_answers",
    says="The agreement needs three answers: joint assessment, the carer, and change over time.",
    mends="Answer each in a sentence; “none known” is an answer.",
    source=AAG02,
    constraint="risk_three_answers",
)
AGREED_IS_FINAL = Rule(
    code="risk.agreed_is_final",
    says="Both sides have agreed to this.",
    mends="Write a new agreement; this one holds until both sides have agreed to that.",
    source=AAG02,
    constraint="risk_agreed_is_final",
)
ONE_OPEN = Rule(
    code="risk.one_open_agreement",
    says="An agreement with this scheme is waiting to be agreed already.",
    mends="Open that one and change its answers.",
    source=AAG02,
    constraint="risk_one_open_agreement",
)
OWN_SIDE = Rule(
    code="risk.own_side",
    says="Each side agrees for itself: {organisation} has to agree through one of its own workers.",
    mends="Ask them to sign in and agree.",
    source=AAG02,
)
INVOLVED_SCHEME = Rule(
    code="risk.involved_scheme",
    says="{scheme} neither supports this person nor has a referral for them.",
    mends="Send a referral first.",
    source="Data Protection Act 2018: no more people know than must",
)
COUNCIL_DECIDES = Rule(
    code="risk.council_decides",
    says="Only the council decides the three-part safeguarding test.",
    mends="Leave the three answers empty; the person’s care manager is told of the incident.",
    source="Care Act 2014 s42",
)
TEST_WHOLE = Rule(
    code="risk.three_part_test_whole",
    says="The three-part test needs all three answers.",
    mends="Answer all three, or leave all three for later.",
    source="Care Act 2014 s42(1)",
    constraint="risk_three_part_test_whole",
)
CQC_KIND = Rule(
    code="risk.cqc_kind",
    says="A notice to the Care Quality Commission says of what kind it is.",
    mends="Choose the kind, or say that no notice is needed.",
    source="Care Quality Commission (Registration) Regulations 2009, regulations 16 and 18",
    constraint="risk_cqc_notice_has_its_kind",
)
NOT_YET_HAPPENED = Rule(
    code="risk.not_in_the_future",
    says="An incident cannot have happened in the future.",
    source="Common sense check",
)
CQC_TOLD_IN_TIME = Rule(
    code="risk.cqc_told_between",
    says="The Care Quality Commission was told between the incident and today.",
    mends="Check the date.",
    source="Care Quality Commission (Registration) Regulations 2009, regulations 16 and 18",
)
COMPARED = (
    "hazard", "kind", "gains", "controls", "if_it_goes_wrong", "responsible", "responsible_name", "likelihood", "impact", "why_restricts",
    "what_else",
)  # fmt: skip


def content(risk):
    """What makes a risk the same as last time: its words, without spaces that do not matter, but not its date."""
    return tuple(" ".join(str(getattr(risk, name)).split()) for name in COMPARED)


def unchanged(old, new):
    """Do two lists of risks say the same, whatever their order and dates?"""
    return sorted(map(content, old)) == sorted(map(content, new))


def texts(assessment):
    """What a version says in words about its risks: what two versions are held against each other by."""
    found = [assessment.own_view, assessment.took_part]
    for risk in assessment.risks.all():
        found += [
            risk.hazard,
            risk.gains,
            risk.controls,
            risk.if_it_goes_wrong,
            risk.why_restricts,
            risk.what_else,
        ]
    return found


def earliest(risks):
    """The day on which the whole assessment must be looked at again: that of its first risk to come due."""
    return min(risk.next_review_on for risk in risks)


def dates_in_time(risks, signed_on):
    """Refuse a review date that is not after the signing. Raises RuleBroken."""
    for risk in risks:
        if risk.next_review_on <= signed_on:
            raise REVIEW_DATE.broken(number=risk.number, date=f"{risk.next_review_on:%-d %B %Y}")


def decided(answers):
    """All three answers of the safeguarding test, or none: True when all, False when none. Raises RuleBroken."""
    given = [answer is not None for answer in answers]
    if any(given) and not all(given):
        raise TEST_WHOLE.broken("has_needs")
    return all(given)


def enquiry_owed(answers):
    """Are all three parts of the test met? Then the council makes enquiries (Care Act 2014 s42(2))."""
    return all(answers)


# -- Concerns ------------------------------------------------------------------------------------------

S42 = "Care Act 2014 s42"
WANTS_FIRST = Rule(
    code="risk.wants_first",
    says="What the person wants to happen is asked before the three parts are decided.",
    mends="Write it in their words; or “not asked yet, because …”.",
    source=S42 + "; Making Safeguarding Personal",
)
CONCERN_WORDS = Rule(
    code="risk.concern_has_its_words",
    says="A concern says what worries somebody.",
    mends="Write it in a sentence.",
    source="SCIE At a glance 02: anyone can say that something is wrong",
    constraint="risk_concern_has_its_words",
)
SAFE_WAY = Rule(
    code="risk.safe_way",
    says="Whoever raised this asked to be told in another way: {way}.",
    mends="Tell them that way or in person; or say why they were not told.",
    source=S42 + ": an answer must not put anybody at risk",
    constraint="risk_concern_answered_the_safe_way",
)
TOLD_OR_WHY_NOT = Rule(
    code="risk.told_or_why_not",
    says="A concern ends with what they were told, or with why they were not.",
    mends="Write what was said; or choose “Not at all” and say why.",
    source="SCIE At a glance 02: people are told what became of it",
    constraint="risk_concern_told_or_why_not",
)
OFFICER_TOLD_IN_ORDER = Rule(
    code="risk.officer_told_in_order",
    says="The designated officer was told by today, and not before the concern was received.",
    mends="Check the day.",
    source="Working Together to Safeguard Children: allegations are passed on within one working day",
)
ANSWERED_ONCE = Rule(
    code="risk.concern_answered",
    says="This concern has been answered.",
    mends="Raise a new one if something new has come up.",
    source="One answer to one concern",
)
LINK_CLOSED = Rule(
    code="risk.link_closed",
    says="This link no longer opens.",
    mends="Ask for a new one, or ring the council.",
    source="Links expire, so that one that got lost does no harm",
)
TOO_MANY = Rule(
    code="risk.too_many_concerns",
    says="Many concerns came through this link within an hour, so it rests for a while.",
    mends="Ring the council now, or try again in an hour. In danger ring 999.",
    source="A door that anybody can open must not be flooded",
)
ONE_PUBLIC_LINK = Rule(
    code="risk.one_public_link",
    says="The council has a public link already.",
    mends="Close that one first.",
    source="One public door for each council",
    constraint="risk_one_public_link",
)
A_LINK_HOLDS = 10  # concerns through one person's link within an hour
THE_PUBLIC_LINK_HOLDS = 60  # the same for a council's public one
TEAM, COUNCIL, MANAGERS = "team", "council", "managers"


def reach(kinds):
    """Who may know of a concern, from the kinds of those it is about: `team`, `council` or `managers`.

    The narrowest wins: about somebody at the council, or not said, its managers alone; about the scheme the council alone.
    """
    if set(kinds) & {"care_manager", "team_manager", "council", "unsure"}:
        return MANAGERS
    return COUNCIL if "scheme" in kinds else TEAM


def safe_answer(way, asked_for, label):
    """Refuse an answer by any way but the one that was asked for, in person, or not at all. Raises RuleBroken."""
    if way not in (asked_for, "in_person", "none"):
        raise SAFE_WAY.broken("answer_way", way=label.lower())


def wants_first(words):
    """Refuse a decision on the three parts before the person was asked what they want. Raises RuleBroken."""
    if not words.strip():
        raise WANTS_FIRST.broken("person_wants")


# -- Between two versions, changes and what will come ---------------------------------------------------

CHECK_THE_NEWEST = Rule(
    code="risk.check_the_newest",
    says="Only the version that holds can be checked as still right.",
    mends="Open the newest signed version.",
    source=AAG02,
)
NOT_YET_NOTICED = Rule(
    code="risk.noticed_by_today",
    says="A change cannot have been noticed in the future.",
    mends="Check the date.",
    source="Common sense check",
)
CHANGE_WORDS = Rule(
    code="risk.change_has_its_words",
    says="A change says what was noticed.",
    mends="Write it in a sentence.",
    source="SCIE report 60: without the care manager “nothing will happen”",
    constraint="risk_change_has_its_words",
)
CHANGE_ANSWERED_IN_WORDS = Rule(
    code="risk.change_answered_in_words",
    says="The scheme reads the answer: it needs words.",
    mends="Write what follows, or why nothing does.",
    source="SCIE report 60: scheme officers note changes and hear nothing",
    constraint="risk_change_answered_in_words",
)
CHANGE_ANSWERED = Rule(
    code="risk.change_answered",
    says="This change has been answered.",
    mends="The scheme can notice a new one.",
    source="One answer to one change",
)
COUNCIL_ANSWERS = Rule(
    code="risk.council_answers",
    says="A change that the scheme noticed is answered by the person’s care manager or team manager.",
    mends="Wait for their answer, or ring them.",
    source="SCIE report 60",
)
LOOK_AHEAD = Rule(
    code="risk.look_again_later",
    says="A need that is foreseen has a date after today on which somebody looks again.",
    mends="Choose a later date, or say what came of it.",
    source="SCIE report 60: a watching brief on future needs has a named owner",
)


# -- Weighing, restricting, handing over --------------------------------------------------------------------

WEIGHED_BOTH_WAYS = Rule(
    code="risk.weighed_both_ways",
    says="A risk is weighed by how likely it is and by how bad it would be.",
    mends="Choose both, or neither.",
    source=AAG02 + ": on the scale that the council has set",
    constraint="risk_weighed_both_ways",
)
RESTRICTION_IN_WORDS = Rule(
    code="risk.restriction_in_words",
    says="What is done restricts the person, and nothing says how, or why nothing milder will do.",
    mends="Write it in a sentence, and choose the decision that it rests on as soon as there is one.",
    source="Mental Capacity Act 2005 s1(6): the less restrictive way",
    constraint="risk_restriction_in_words",
)
OWN_DECISION = Rule(
    code="risk.own_decision",
    says="The decision that a restriction rests on is about somebody else.",
    mends="Choose one from this person’s legal context, or write it down there first.",
    source="Mental Capacity Act 2005 ss1–5: capacity is decided for one person and one decision",
)
CONTROL_IN_WORDS = Rule(
    code="risk.control_has_words_and_somebody",
    says="Whatever more is done about a risk says what is done, and who does it.",
    mends="Fill in both, or leave both empty.",
    source=AAG02,
    constraint="risk_control_has_words_and_somebody",
)
COPY_OF_WHAT_HOLDS = Rule(
    code="risk.copy_of_what_holds",
    says="Only the signed version that holds is given to others.",
    mends="Open the newest signed version.",
    source=AAG02,
)
COPY_FOR_SUPPORTING = Rule(
    code="risk.copy_for_supporting_scheme",
    says="{scheme} does not support this person.",
    mends="Choose a scheme that does.",
    source="Data Protection Act 2018: no more people know than must",
)
COPY_ONCE = Rule(
    code="risk.one_copy_each",
    says="{scheme} was given this version already.",
    mends="Look at the version: it says who has read it.",
    source="One row a copy",
    constraint="risk_one_copy_each",
)
SCHEME_READS = Rule(
    code="risk.scheme_acknowledges",
    says="{scheme} says itself that it has read this version.",
    mends="Ask one of its workers to sign in and say so.",
    source=AAG02,
)
GIVEN_BETWEEN = Rule(
    code="risk.given_by_today",
    says="A copy was given between the signing and today.",
    mends="Check the date.",
    source="Common sense check",
)
HOME_SIGNED_BY_SCHEME = Rule(
    code="risk.home_signed_by_scheme",
    says="The risk assessment of a home is signed by a scheme that works with it.",
    mends="Ask somebody of the scheme to sign it.",
    source=AAG02 + ": the scheme assesses the home",
)
HOME_SUMMARY = Rule(
    code="risk.home_summary",
    says="The assessment of the home has no summary for those who place people there.",
    mends="Write what a care manager must know, without the affairs of the family.",
    source=AAG02 + ": care managers read the summary alone",
)

# -- Complaints and candour -----------------------------------------------------------------------------------

COMPLAINTS_2009 = (
    "Local Authority Social Services and National Health Service Complaints (England) Regulations 2009"
)
CANDOUR_2014 = "Health and Social Care Act 2008 (Regulated Activities) Regulations 2014, regulation 20"

COMPLAINT_WORDS = Rule(
    code="risk.complaint_has_its_words",
    says="A complaint says what it is about.",
    mends="Write it in the words of who complains.",
    source=COMPLAINTS_2009,
    constraint="risk_complaint_has_its_words",
)
COMPLAINT_IN_TIME = Rule(
    code="risk.complaint_dates",
    says="A complaint came, was acknowledged and was answered in this order, and by today.",
    mends="Check the date.",
    source=COMPLAINTS_2009,
    constraint="risk_complaint_answered_after_it_came",
)
COMPLAINT_ANSWERED_IN_WORDS = Rule(
    code="risk.complaint_answered_in_words",
    says="Whoever complained reads the answer: it needs an outcome and words.",
    mends="Write what was found, and what is put right.",
    source=COMPLAINTS_2009 + ", regulation 14",
    constraint="risk_complaint_answered_in_words",
)
COMPLAINT_ANSWERED = Rule(
    code="risk.complaint_answered",
    says="This complaint has been answered.",
    mends="If it is taken further, say so on its page: a new clock starts.",
    source=COMPLAINTS_2009,
)
COMPLAINT_FURTHER = Rule(
    code="risk.complaint_stage_follows_another",
    says="A complaint is taken further once it was answered, once, to a later stage.",
    mends="Answer it first, or open the later stage.",
    source=COMPLAINTS_2009,
    constraint="risk_complaint_stage_follows_another",
)
CANDOUR_WORDS = Rule(
    code="risk.candour_has_its_words",
    says="The duty of candour says who was told, what was said, and how sorry was said.",
    mends="Fill in all three.",
    source=CANDOUR_2014,
    constraint="risk_candour_has_its_words",
)
CANDOUR_ONCE = Rule(
    code="risk.candour_once_each",
    says="The duty of candour towards this person about this incident is on our records.",
    mends="Open it and go on from there.",
    source=CANDOUR_2014,
    constraint="risk_candour_once_each",
)
CANDOUR_IN_TIME = Rule(
    code="risk.candour_dates",
    says="Sorry was said after the incident, then in writing, and by today.",
    mends="Check the date.",
    source=CANDOUR_2014,
    constraint="risk_candour_in_writing_after_it_was_said",
)
