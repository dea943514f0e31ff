"""What must hold before somebody moves in, and the other rules of this floor. Pure: no database, no clock.

The gate is one table. The page that shows what is missing, the action that refuses and the clock that follows up
all read it.
"""

from dataclasses import dataclass
from datetime import timedelta

from carers.rules import months_later
from sharedlives.rules import Rule

from .codes import GateCode, Party, Route

SCIE = "SCIE At a glance 02"
KENT = "Kent Shared Lives policy 26"
REGULATION_13 = "Adult Placement Schemes (England) Regulations 2004, regulation 13"

WEEK = timedelta(days=7)
NEEDS_ADVOCATE_AFTER = timedelta(weeks=8)  # of living somewhere: Mental Capacity Act 2005 s39(4)
OWED_WITHIN = timedelta(days=3)  # the clock runs to the end of the third day after the start day
NOTICE = timedelta(days=28)  # what a licence usually gives; the council's ladder reminds before
PLANNED = frozenset({Route.PLANNED, Route.HOSPITAL, Route.TRANSITION})
EMERGENCY = frozenset({Route.EMERGENCY})
ALWAYS = PLANNED | EMERGENCY


@dataclass(frozen=True)
class Gate:
    """One thing that must hold at the start.

    `asked` and `hard` are the routes on which it is asked, and on which nobody may pass without it. `page` is the
    address that mends it, `about` what that address hangs on (person, placement, carer or household).
    """

    code: str
    rule: Rule
    asked: frozenset
    hard: frozenset
    page: str
    about: str

    @property
    def words(self):
        return str(GateCode(self.code).label)

    def is_hard(self, route):
        return route in self.hard


def gate(code, says, mends, source, *, page, about, asked=ALWAYS, hard=frozenset()):
    rule = Rule(code=f"placements.gate_{code}", says=says, mends=mends, source=source)
    return Gate(code, rule, asked, hard, page, about)


GATES = (
    gate(
        GateCode.PLAN,
        "The scheme has no full, up-to-date care and support plan that it has acknowledged: {why}.",
        "Share the plan on the person’s plans page; the scheme acknowledges it there.",
        SCIE,
        page="careplans:plans",
        about="person",
        hard=PLANNED,
    ),
    gate(
        GateCode.CAPACITY,
        "There is no place free in this home: {why}.",
        "Choose other dates or another home.",
        SCIE,
        page="carers:household",
        about="household",
        hard=ALWAYS,
    ),
    gate(
        GateCode.ONE_PLACE,
        "The person has a place elsewhere at that time: {why}.",
        "End or move the other stay first.",
        "Practice standard: nobody is in two places at once",
        page="people:person",
        about="person",
        hard=ALWAYS,
    ),
    gate(
        GateCode.EMERGENCY,
        "Emergency placements only with carers approved and trained to take people in an emergency: {why}.",
        "Choose another carer, or record the approval or the training if it is there.",
        SCIE,
        page="carers:carer",
        about="carer",
        asked=EMERGENCY,
        hard=EMERGENCY,
    ),
    gate(
        GateCode.ASSESSMENT,
        "There is no complete needs assessment: {why}.",
        "Complete it on the person’s plans page.",
        SCIE,
        page="careplans:plans",
        about="person",
    ),
    gate(
        GateCode.RESPONSIBILITIES,
        "Team and scheme have not agreed who is responsible for which part of the risk assessment: {why}.",
        "Answer the three questions on the person’s risk page.",
        SCIE,
        page="risk:overview",
        about="person",
    ),
    gate(
        GateCode.RISK,
        "There is no signed risk assessment in date: {why}.",
        "Sign it on the person’s risk page.",
        SCIE,
        page="risk:overview",
        about="person",
    ),
    gate(
        GateCode.AGREEMENT,
        "The placement agreement is not signed: {why}.",
        "Draft and sign it on the placement’s page.",
        REGULATION_13,
        page="placements:placement",
        about="placement",
    ),
    gate(
        GateCode.ADVOCATE,
        "The person is to live here for more than eight weeks, and nobody independent is there to speak for them: {why}.",
        "Instruct an independent mental capacity advocate and add them as a contact; or add the relative or friend who is "
        "to be consulted, or the attorney or deputy for welfare.",
        "Mental Capacity Act 2005 s39",
        page="people:person",
        about="person",
        asked=PLANNED,
    ),
    gate(
        GateCode.APART,
        "In this home the person would meet somebody with whom they may not live: {why}.",
        "Choose another home or other dates; or ask those who work with both to look at the decision again.",
        "Care and support statutory guidance 14: prevent abuse between adults who live together",
        page="people:person",
        about="person",
    ),
    gate(
        GateCode.APPROVAL,
        "The carer is not approved for this: {why}.",
        "Record the approval on the carer’s page, or choose another carer.",
        REGULATION_13,
        page="carers:carer",
        about="carer",
    ),
    gate(
        GateCode.TRAINING,
        "The carer’s training or checks are not current: {why}.",
        "Record them on the carer’s page.",
        "CQC regulation 19, fit and proper persons",
        page="carers:carer",
        about="carer",
    ),
)


@dataclass(frozen=True)
class Standing:
    """How one gate stands for one placement. `why` is empty when it is passed."""

    gate: Gate
    why: str
    hard: bool

    @property
    def passed(self):
        return not self.why

    def refusal(self):
        return self.gate.rule.broken(why=self.why)


def asked_on(route):
    """The gates that are asked on a route, in order."""
    return [gate for gate in GATES if route in gate.asked]


def standings(route, facts):
    """How the gates of a route stand. `facts` is {code: why it does not hold, or empty}; a gate without facts holds."""
    return [Standing(gate, facts.get(gate.code, ""), gate.is_hard(route)) for gate in asked_on(route)]


def refused(found, reasons=None, everything_else_is_owed=False):
    """The refusals of a start, all at once.

    A hard gate always refuses. Another one refuses unless a reason is given ({code: not yet, because}), or unless
    everything else is owed within three days (an emergency).
    """
    reasons = reasons or {}
    shut = [s for s in found if not s.passed]
    stop = [s for s in shut if s.hard or not (everything_else_is_owed or reasons.get(s.gate.code))]
    return [standing.refusal() for standing in stop]


def gaps(found):
    """What may be let through with a reason: asked, not hard, not passed."""
    return [standing for standing in found if not standing.passed and not standing.hard]


def settled_by(on, today):
    """By when it is said where somebody lives whose carer is not there from a day on.

    Four weeks before that day, at the latest; within three days where that is past already.
    """
    return max(on - NOTICE, today + OWED_WITHIN)


def visit_due(began, last, policy):
    """By when a scheme visits next: closer in the first months, then as the policy says; None where it wants none."""
    due = last + timedelta(days=policy.every_days)
    if due <= months_later(began, policy.months):
        return due
    return last + timedelta(days=policy.then_days) if policy.then_days else None


def owed_by(started_on):
    """The last day on which what is owed after a start may still be done: the third day after it."""
    return started_on + OWED_WITHIN


# -- Who must sign an agreement ----------------------------------------------------------------------

PARTIES = (
    (frozenset({Party.PERSON, Party.REPRESENTATIVE}), "the person or their representative"),
    (frozenset({Party.CARER}), "the carer"),
    (frozenset({Party.SCHEME}), "the scheme"),
    (frozenset({Party.TEAM}), "the funding team"),
)


def parties_missing(signed):
    """Who has still to sign, in words. `signed` is the set of capacities that have."""
    return [words for parties, words in PARTIES if not parties & set(signed)]


# -- Other rules ---------------------------------------------------------------------------------------

ADVICE_SAYS_WHICH = Rule(
    code="placements.advice_says_which_options",
    says="Nothing says which options were advised.",
    mends="Write which options you talked about with the person, Shared Lives and others, and what they thought of them.",
    source="Care Act 2014 s4: information and advice about the choice of care and support",
    constraint="placements_advice_says_which_options",
)
INFORMATION = Rule(
    code="placements.information",
    says="“{item}” is neither given nor explained.",
    mends="Write what the scheme should know, or say why it is missing.",
    source=f"{SCIE}: schemes must receive all the information needed for a good match",
    constraint="placements_information_given_or_why_not",
)
REFERRAL_OPEN = Rule(
    code="placements.referral_open",
    says="This referral is no longer open with {scheme}.",
    mends="Open it again to see what happened, or send a new referral.",
    source=KENT,
)
ONE_OPEN_TO_A_SCHEME = Rule(
    code="placements.once_to_a_scheme",
    says="{scheme} has already been sent this referral.",
    mends="Choose other schemes.",
    source=KENT,
    constraint="placements_referral_once_to_a_scheme",
)
ACCEPTED_FIRST = Rule(
    code="placements.accepted_first",
    says="{scheme} has not accepted this referral for matching.",
    mends="Answer the referral first.",
    source=f"{SCIE}: schemes must receive all the information needed for a good match",
)
PROPOSED_ONCE = Rule(
    code="placements.proposed_once",
    says="This carer is already proposed for this referral and kind.",
    mends="Open the match that is there.",
    source="One match for each carer, so that nobody is asked twice",
    constraint="placements_carer_proposed_once",
)
BOTH_SIDES = Rule(
    code="placements.both_sides",
    says="A match is agreed only when the person and the carer have both said yes.",
    mends="Record what each of them says on the match.",
    source="SCIE Guide 14: choice and control; Essex matching factors",
    constraint="placements_match_agreed_by_both_sides",
)
MATCH_OPEN = Rule(
    code="placements.match_open",
    says="This match is no longer proposed.",
    mends="Open the referral to see how it stands.",
    source="One agreed match for a referral and kind",
)
AGREED_TO_MEET = Rule(
    code="placements.agreed_to_meet",
    says="Nobody is introduced before the person has agreed to meet.",
    mends="Record first what the person says, under “Record what they say”.",
    source="SCIE Guide 14: choice and control; nothing is promised before the person agrees to meet",
)
VISIT_ONCE = Rule(
    code="placements.visit_once",
    says="That visit is recorded already.",
    mends="Open the match to add what somebody made of it.",
    source="One row for each visit, so that visits can be counted",
    constraint="placements_visit_recorded_once",
)
VIEW_WITH_HOW = Rule(
    code="placements.view_with_how",
    says="What the person made of it goes with how they showed it, and the other way round.",
    mends="Fill in both; or leave both for later.",
    source="Practice standard: how the person showed what they think is recorded, with or without words",
    constraint="placements_view_with_how_it_was_shown",
)
FEWER_INTRODUCTIONS = Rule(
    code="placements.fewer_introductions",
    says="{held} of the usual {usual} introductions were held, and no reason is given for fewer.",
    mends="Hold the others first, or say why it goes on with fewer; another reason goes in words.",
    source="The council’s matching policy; Alex Fox, Shared Lives blog: rushed set-up harms safety",
    constraint="placements_fewer_introductions_say_why",
)
NOT_YET = Rule(
    code="placements.not_in_the_future",
    says="{on:%-d %B %Y} has not come yet.",
    mends="Record it on the day or afterwards.",
    source="The record says what has happened",
)
DATES_IN_ORDER = Rule(
    code="placements.dates_in_order",
    says="A placement cannot end before it began ({began:%-d %B %Y}).",
    mends="Check the date.",
    source="Common sense check",
    constraint="placements_dates_in_order",
)
STATE = Rule(
    code="placements.state",
    says="This placement is {state}, so this can no longer be done.",
    mends="Open the placement to see how it stands.",
    source="One start and one ending for each placement",
)
AWAY_IN_TIME = Rule(
    code="placements.away_dates",
    says="Somebody is away from a day of the placement on, and back on that day or later.",
    mends="Check the date.",
    source="Common sense check",
    constraint="placements_away_dates_in_order",
)
AWAY_ONCE = Rule(
    code="placements.away_once",
    says="The person is away already.",
    mends="Say first when they were back.",
    source="Practice standard: away keeps the place at home",
    constraint="placements_away_once_at_a_time",
)
BACK_ALREADY = Rule(
    code="placements.back_already",
    says="They are back already.",
    mends="Open the placement to see how it stands.",
    source="One going away and one coming home",
)
MANAGER_LETS_THROUGH = Rule(
    code="placements.gap_needs_managers",
    says="A start with something missing needs the scheme manager, and a team manager who agrees.",
    mends="Ask the scheme manager to record it, and name the team manager; or complete what is missing.",
    source="Practice standard: a start with a named gap, a reason and three days",
)
AGREED_BY_KIN = Rule(
    code="placements.agreed_by_kin",
    says="{name} and this carer are close: that is declared. Nobody agrees for their own family.",
    mends="Ask another team manager to agree.",
    source="Practice on conflicts of interest: nobody opens or approves their own or their family's record",
)
LONG_TERM = Rule(
    code="placements.long_term_by_review",
    says="An emergency placement becomes a home for good only through a full review.",
    mends="Hold the review first; its outcome says so.",
    source="SCIE Guide 14: emergency placements",
    constraint="placements_emergency_long_term_only_by_review",
)
SIGNED_IS_FINAL = Rule(
    code="placements.signed_agreement_is_final",
    says="A signed placement agreement is never changed.",
    mends="Draft a new version; when it is signed it takes the place of this one.",
    source=REGULATION_13,
    constraint="placements_signed_agreement_is_final",
)
WORDS_STAY = Rule(
    code="placements.words_stay_under_a_signature",
    says="Somebody has signed these words already, so they cannot be changed.",
    mends="Finish signing, then draft a new version.",
    source=REGULATION_13,
    constraint="placements_words_stay_under_a_signature",
)
SIGNS_ONCE = Rule(
    code="placements.party_signs_once",
    says="That signature is already there.",
    mends="Choose who else signs.",
    source=REGULATION_13,
    constraint="placements_party_signs_once",
)
REPRESENTATIVE = Rule(
    code="placements.representative_with_authority",
    says="A representative signs with authority that is on our records: attorney or deputy, and for what.",
    mends="The funding team records it, or a best-interests decision, under legal context. Next of kin alone has none.",
    source="Mental Capacity Act 2005",
    constraint=("placements_representative_with_authority", "placements_representative_rests_on_a_record"),
)
REQUIREMENTS = Rule(
    code="placements.agreement_requires_something",
    says="An agreement needs at least one requirement.",
    mends="Write what it requires, one thing a line; a review rates each.",
    source=f"{KENT}: how far the requirements have been met",
)
STILL_OWED = Rule(
    code="placements.still_owed",
    says="This is still missing: {what}.",
    mends="Open each one to complete it, then check again.",
    source="SCIE Guide 14: emergency placements, criteria met within three days",
)
BOOKED_WHERE_THE_KIND_HAS_ONE = Rule(
    code="placements.booking_where_the_kind_has_one",
    says="Live-in, short break and day support take a place in a home; kinship and floating support take none.",
    mends="Check the kind.",
    source=SCIE,
    constraint="placements_booking_where_the_kind_has_one",
)
SETTLED_ONCE = Rule(
    code="placements.settled_once",
    says="This is settled already.",
    mends="Open the placement to see what was said.",
    source="One answer for each",
    constraint=("placements_settled_in_words", "placements_settled_once_at_a_time"),
)
WITH_WHOM = Rule(
    code="placements.with_whom_it_goes_on",
    says="Going on here with another carer names one who lives in this home; every other answer names none.",
    mends="Choose the carer, or another answer.",
    source=REGULATION_13,
)
BOOKED_BY_DATE = Rule(
    code="placements.booked_by_date",
    says="Only a short break or day support that is current can be booked by date.",
    mends="Refer the person first and record the start; then come back to the calendar.",
    source=SCIE,
)
A_YEAR_AHEAD = Rule(
    code="placements.a_year_ahead",
    says="Breaks are booked twelve months ahead at most, and {on:%-d %B %Y} is later.",
    mends="Choose an earlier day. The rest can be booked when it is nearer.",
    source="Practice standard: a series is written twelve months ahead",
)
SERIES_APART = Rule(
    code="placements.series_apart",
    says="One break of this series would begin before the one before it has ended.",
    mends="Choose a longer time between them, or an earlier day of leaving.",
    source="Practice standard: nobody is in two places at once",
)
SERIES_LEAVES_OUT = Rule(
    code="placements.series_leaves_out",
    says="Leaving out {on:%-d %B %Y} does not work: no break of the series begins on that day, or none would be left.",
    mends="Enter the first days of breaks that will not take place.",
    source="Common sense check",
)
BREAK_OVER = Rule(
    code="placements.break_over",
    says="This break is over, or was cancelled already.",
    mends="Open the calendar to see what is booked.",
    source="The record says what has happened",
)
VISIT_IN_WORDS = Rule(
    code="placements.visit_in_words",
    says="Nothing is written about anybody in the home.",
    mends="Write for each person who was talked about how it goes, and what they say or show.",
    source="SCIE Guide 14 and Guide 8: the scheme supports, monitors and reviews each placement",
    constraint=("placements_monitoring_in_words", "placements_visit_asks_the_carer"),
)
CHARGES_LOOKED_AT = Rule(
    code="placements.charges_looked_at",
    says="Licence and charges have been looked at already.",
    mends="Open the placement to see when the next look is due.",
    source="Placement agreements: licence and charges are reviewed every year",
    constraint="placements_charges_looked_at_once",
)
FEE_SENSIBLE = Rule(
    code="placements.fee_sensible",
    says="A fee is between nothing and 5,000 pounds a week.",
    mends="Check the amount: it is for one week.",
    source="Common sense check",
    constraint=("placements_fee_sensible", "placements_fee_line_once"),
)
FEE_OUTSIDE_BANDS = Rule(
    code="placements.fee_outside_bands",
    says="An amount is none of the scheme’s bands: {what}.",
    mends="Choose a band, or say under “Why an amount is none of your bands” why it is right.",
    source="Shared Lives schemes pay carers by dated bands; what leaves them is explained to whoever pays",
)
