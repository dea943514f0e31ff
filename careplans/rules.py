"""Rules about assessments, care plans and budgets. Pure: no database, no clock."""

from difflib import SequenceMatcher

from sharedlives.rules import Rule

from .sections import SECTIONS

AAG02 = "SCIE At a glance 02"
CARE_ACT_25 = "Care Act 2014 s25"
UP_TO_DATE_FOR = 12  # months that a signed plan counts as up to date, where the council has set nothing else
ACKNOWLEDGE_WITHIN = 5  # days that a scheme has to acknowledge a plan that it was sent, as shipped
NEW_FOR = 56  # days: a service in a plan that began no longer ago is a new one

OWN_SIDE = {"person", "representative"}
COUNCIL_SIDE = {"care_manager", "manager"}

SIGNED_IS_FINAL = Rule(
    code="careplans.signed_is_final",
    says="A signed version of a care plan is never changed or deleted.",
    mends="Draft a new version, or mark this one as entered in error.",
    source="Records of what was agreed with the person; " + CARE_ACT_25,
    constraint="careplans_signed_is_final",
)
WORDS_UNDER_SIGNATURE = Rule(
    code="careplans.words_stay_under_a_signature",
    says="Somebody has already signed these words.",
    mends="Withdraw the signatures first, with a reason; then change the words and have them signed again.",
    source="A signature covers what was read before it was given",
    constraint="careplans_words_stay_under_a_signature",
)
ONE_DRAFT = Rule(
    code="careplans.one_draft",
    says="A new version of this plan is being drafted already.",
    mends="Open that draft and go on from there.",
    source="One plan for the person: " + CARE_ACT_25,
    constraint="careplans_one_draft_per_person",
)
WHY_NEW = Rule(
    code="careplans.new_version_says_why",
    says="A new version says why the plan changes.",
    mends="Write one sentence: what changed for the person?",
    source="Care Act 2014 s27; SCIE Guide 14, Review and change",
)
REPRESENTATIVE = Rule(
    code="careplans.representative_has_authority",
    says="A representative may sign only with authority that is on our records: attorney, deputy, or a best-interests "
    "decision.",
    mends="Record it under legal context, then choose who signs. Being next of kin alone gives no authority.",
    source="Mental Capacity Act 2005",
    constraint=("careplans_representative_has_authority", "careplans_representative_rests_on_a_record"),
)
AUTHORITY_IN_WORDS = Rule(
    code="careplans.authority_in_words",
    says="The authority of the representative is not described.",
    mends="Look at the document, and write its date, its reference and what it covers.",
    source="Mental Capacity Act 2005",
    constraint="careplans_authority_in_words",
)
WITNESS = Rule(
    code="careplans.signature_has_a_witness",
    says="A signature that was not given in this program names who was there.",
    mends="Write before whom it was given.",
    source="A signature says who, in what capacity, how and before whom",
    constraint="careplans_signature_has_a_witness",
)
ONE_SIGNATURE = Rule(
    code="careplans.one_signature_per_capacity",
    says="Somebody has signed in this capacity already.",
    mends="Look at the signatures on the plan; choose another capacity if this is another person.",
    source="A signature says who, in what capacity, how and before whom",
    constraint="careplans_one_signature_per_capacity",
)
OWN_SIGNATURE = Rule(
    code="careplans.own_signature",
    says="Only the care manager or team manager who is signed in can sign for the council.",
    mends="Ask {name} to sign in and sign.",
    source="A signature says who, in what capacity, how and before whom",
)
NOT_BEFORE_DRAFT = Rule(
    code="careplans.signature_day",
    says="A signature cannot be dated in the future.",
    source="Common sense check",
)
SECTION_OR_REASON = Rule(
    code="careplans.section_or_reason",
    says="Nothing is written yet under: {titles}.",
    mends="Write it, or say “not yet, because …” in each of these sections. It stays on the list of what is owed.",
    source=CARE_ACT_25,
)
OUTCOME_NEEDED = Rule(
    code="careplans.outcome_needed",
    says="The plan names no outcome that the person wants to achieve.",
    mends="Add at least one, in the person’s words: reviews will ask about each.",
    source="Care Act 2014 s9(4) and s25; Kent Shared Lives policy 26",
)
COMPLEX_IS_JOINT = Rule(
    code="careplans.complex_is_joint",
    says="In complex circumstances care manager and scheme assess together.",
    mends="Choose a joint assessment, or say why it was not joint.",
    source=AAG02,
    constraint="careplans_complex_is_joint_or_says_why",
)
EXPLAINED_OR_WHY = Rule(
    code="careplans.explained_or_why",
    says="Say whether Shared Lives was explained to the person, or why not.",
    mends="Tick the box, or write the reason.",
    source=AAG02,
)
OFFERED_OR_WHY = Rule(
    code="careplans.offered_or_why",
    says="Say either that Shared Lives was offered to the person, or why not.",
    mends="Tick the box, or choose the reason.",
    source="Shared Lives is offered to everyone who may want it: council and NHS strategies",
    constraint="careplans_offered_needs_no_reason",
)
ASSESSMENT_COMPLETE = Rule(
    code="careplans.assessment_complete",
    says="This assessment is complete, so it no longer changes.",
    mends="Record a new assessment.",
    source=AAG02,
    constraint="careplans_complete_assessment_is_final",
)
PERSON_SEEN = Rule(
    code="careplans.person_seen",
    says="The assessment does not say where and how {person} was seen, and how they took part.",
    mends="Fill in all three, also for somebody who does not use words: what they showed, and what was understood.",
    source="SCIE Guide 14, Review and change; Care Act 2014 s9(5)",
)
NEEDS_IN_WORDS = Rule(
    code="careplans.needs_in_words",
    says="The assessment does not say what is needed.",
    mends="Write the needs in plain words.",
    source="Care Act 2014 s9(4)",
    constraint="careplans_complete_assessment_has_words",
)
JOINT_HAS_BOTH_PARTS = Rule(
    code="careplans.joint_has_both_parts",
    says="The scheme has not written its part of this joint assessment.",
    mends="Name the scheme and ask for its part, or say why it is not here.",
    source=AAG02,
)
ALONE_NAMES_SCHEME = Rule(
    code="careplans.alone_names_the_scheme",
    says="An assessment by the scheme alone says which scheme.",
    mends="Choose the scheme.",
    source=AAG02,
    constraint="careplans_alone_names_the_scheme",
)
PART_OF_SCHEME = Rule(
    code="careplans.part_by_its_scheme",
    says="Only somebody who works for the scheme writes the scheme’s part.",
    mends="Ask a scheme worker to write it.",
    source=AAG02,
)
BUDGET_ORDER = Rule(
    code="careplans.budgets_in_order",
    says="Another budget of this person holds from {since}.",
    mends="Give the day from which the new amount holds: after that day, or the same day to correct it.",
    source="Care Act 2014 s26",
    constraint="careplans_one_budget_at_a_time",
)
SHORT_BUDGET = Rule(
    code="careplans.short_budget_says_of_what",
    says="A budget that falls short says of what, and what is done about it.",
    mends="Write one or two sentences.",
    source="Care Act 2014 s26; statutory guidance: the budget must be sufficient",
    constraint="careplans_short_budget_says_of_what",
)
DIRECT_PAYMENT = Rule(
    code="careplans.direct_payment_within_budget",
    says="A direct payment is a part of the personal budget, and somebody manages it.",
    mends="Give an amount no higher than the budget, and say who manages it: the person, or somebody they chose.",
    source="Care Act 2014 s31 to s33",
    constraint="careplans_direct_payment_within_budget",
)
SERVICE_DATES = Rule(
    code="careplans.service_dates_in_order",
    says="A service ends after it begins.",
    mends="Check both days.",
    source="Common sense check",
    constraint="careplans_service_dates_in_order",
)
SERVICE_TIMES = Rule(
    code="careplans.service_times_with_days",
    says="Days of the week and times go together.",
    mends="Tick the days and give both times, or leave all of them empty.",
    source="SCIE Guide 14, Review and change: who supports when",
    constraint="careplans_service_times_with_days",
)
SERVICE_FIGURES = Rule(
    code="careplans.service_figures_sensible",
    says="A week has 168 hours, and a price is not below nothing.",
    mends="Check hours and pounds a week.",
    source="Common sense check",
    constraint="careplans_service_figures_sensible",
)
WITHHELD_WHY = Rule(
    code="careplans.withheld_says_why",
    says="Sections are kept back without a reason.",
    mends="Write why the scheme does not need them. It sees that something is kept back, not why.",
    source="Data Protection Act 2018: no more people know than must",
    constraint="careplans_withheld_says_why",
)
SHARE_SIGNED = Rule(
    code="careplans.share_a_signed_version",
    says="Only the signed version that holds now can be given to a scheme.",
    mends="Have the plan signed first, or share the newest version.",
    source=AAG02,
)
SHARE_WITH_INVOLVED = Rule(
    code="careplans.share_with_involved",
    says="{scheme} neither supports this person nor has a referral for them.",
    mends="Send a referral first.",
    source="Data Protection Act 2018: no more people know than must",
)
SHARED_ONCE = Rule(
    code="careplans.shared_once",
    says="{scheme} has been given this version already.",
    source=AAG02,
    constraint="careplans_shared_once_with_a_scheme",
)
ACKNOWLEDGED_BY_SCHEME = Rule(
    code="careplans.acknowledged_by_scheme",
    says="Only somebody who works for the scheme can acknowledge that it holds the plan.",
    mends="Ask a scheme worker of {scheme}.",
    source=AAG02,
)

GUIDE_14 = "SCIE Guide 14, Review and change"
WISH_HAS_WORDS = Rule(
    code="careplans.wish_has_words",
    says="Nothing is written.",
    mends="Write what the person wishes for, in their words where you can.",
    source=GUIDE_14,
    constraint=("careplans_wish_has_words", "careplans_reassessment_says_why"),
)
WISH_ANSWERED = Rule(
    code="careplans.wish_ends_with_an_answer",
    says="A wish ends only with what the person was told.",
    mends="Tell the person, then write what you told them.",
    source=GUIDE_14,
    constraint="careplans_wish_ends_with_an_answer",
)
OWNER_SEES = Rule(
    code="careplans.owner_sees_the_person",
    says="{name} cannot open the record of {person}, so cannot see to this.",
    mends="Choose somebody of the funding team or of the scheme that supports {person}.",
    source=GUIDE_14 + ": whose job it is",
)
DUE_TO_COME = Rule(
    code="careplans.due_day_to_come",
    says="The day by which it is to be seen to has passed already.",
    mends="Choose today or a later day.",
    source="Common sense check",
)
ANSWERED_STAYS = Rule(
    code="careplans.answered_stays_answered",
    says="This is closed already.",
    mends="If there is more to do, write down a new one.",
    source=GUIDE_14,
)
REASSESSED_BY = Rule(
    code="careplans.reassessed_by_an_assessment",
    says="*Reassessed* names the new assessment, and it is complete.",
    mends="Complete the assessment first, then choose it here.",
    source="Care Act 2014 s27; " + AAG02,
    constraint="careplans_reassessed_by_an_assessment",
)
REASSESSMENT_OUTCOME = Rule(
    code="careplans.reassessment_ends_with_an_outcome",
    says="A reassessment ends with what came of it.",
    mends="Write what changes for the person, or why nothing does.",
    source=AAG02,
    constraint="careplans_reassessment_ends_with_an_outcome",
)
ONE_SUPPORT_DRAFT = Rule(
    code="careplans.one_support_draft",
    says="A version of this support plan is being drafted already.",
    mends="Open that draft and go on from there.",
    source=GUIDE_14,
    constraint="careplans_one_support_draft",
)
SUPPORT_IN_USE = Rule(
    code="careplans.support_plan_in_use_stays",
    says="A support plan in use no longer changes.",
    mends="Begin a new version.",
    source=GUIDE_14,
    constraint="careplans_support_in_use_is_final",
)
SUPPORT_HAS_STEPS = Rule(
    code="careplans.support_plan_has_steps",
    says="The support plan says nothing that is done.",
    mends="Write at least one step.",
    source=GUIDE_14,
)
SUPPORT_AGREED = Rule(
    code="careplans.support_plan_was_agreed",
    says="A support plan comes into use once it is agreed with the person.",
    mends="Write with whom it was agreed.",
    source=GUIDE_14,
    constraint="careplans_support_in_use_was_agreed",
)


def unsigned(capacities, manager_signs=False):
    """Which signatures a plan still lacks, in words. `capacities` are those that have signed.

    `manager_signs`: the council's policy wants a team manager's signature on every plan.
    """
    lacks = []
    if not OWN_SIDE & set(capacities):
        lacks.append("the person, or a representative with authority, has not signed it")
    if not COUNCIL_SIDE & set(capacities):
        lacks.append("the care manager has not signed it")
    if manager_signs and "manager" not in capacities:
        lacks.append("the team manager has not signed it, as the council’s policy asks")
    return lacks


def empty_sections(plan):
    """The needed sections of a plan that hold no words."""
    return [s for s in SECTIONS if s.needed and not getattr(plan, s.key).strip()]


def months_before(day, months):
    """The same day so many calendar months earlier; 29 February becomes 28 February."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def not_up_to_date(plan, on, months=UP_TO_DATE_FOR):
    """Why a scheme cannot rely on a plan on a day, in words; an empty list when it can.

    A full, up-to-date plan is signed by the person (or a representative) and the care manager, not superseded, not
    entered in error, younger than `months` calendar months, and complete (SCIE At a glance 02; Care Act 2014 s25).
    """
    if plan is None:
        return ["there is no signed care plan"]
    reasons = unsigned({sign_off.capacity for sign_off in plan.sign_offs.all()})
    if plan.state != "signed" and not reasons:
        reasons.append("it is still a draft")
    if getattr(plan, "superseded_by", None):
        reasons.append(f"version {plan.superseded_by.new.number} has taken its place")
    if getattr(plan, "entered_in_error", None):
        reasons.append("it was entered in error")
    if plan.signed_on and plan.signed_on <= months_before(on, months):
        reasons.append(f"it was signed {months} months ago or longer")
    empty = [section.title for section in empty_sections(plan)]
    if empty:
        reasons.append("nothing is written under " + ", ".join(empty))
    return reasons


def differences(old, new):
    """What changed between two versions, as [{title, was, now}]. `old` and `new` are {title: words}."""
    titles = list(dict.fromkeys([*old, *new]))
    return [
        {"title": title, "was": old.get(title, ""), "now": new.get(title, "")}
        for title in titles
        if old.get(title, "").split() != new.get(title, "").split()
    ]


def word_changes(was, now):
    """A text that changed, as [(kind, words)]: `same`, `gone` or `new`, word by word."""
    old, new = was.split(), now.split()
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", " ".join(old[a:b])))
            continue
        if a < b:
            pieces.append(("gone", " ".join(old[a:b])))
        if c < d:
            pieces.append(("new", " ".join(new[c:d])))
    return pieces


def new_services(old, new, on):
    """The services of a version that began lately and were not in the one before. Lists of `Service`.

    Shared Lives itself is left out: the start of its placement opens its own first review.
    """
    known = {service.name.casefold() for service in old}
    return [
        service
        for service in new
        if service.name.casefold() not in known
        and service.kind not in ("shared_lives", "family", "own_time")
        and service.since
        and (on - service.since).days <= NEW_FOR
    ]
