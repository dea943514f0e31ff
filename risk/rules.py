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
COMPARED = ("hazard", "kind", "gains", "controls", "if_it_goes_wrong", "responsible", "responsible_name")


def content(risk):
    """What makes a risk the same as last time: its words, without spaces that do not matter, but not its date."""
    return tuple(" ".join(str(getattr(risk, name)).split()) for name in COMPARED)


def unchanged(old, new):
    """Do two lists of risks say the same, whatever their order and dates?"""
    return sorted(map(content, old)) == sorted(map(content, new))


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
