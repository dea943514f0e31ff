"""Proposing a home, what both sides say, and agreeing: the place is held from then on."""

from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from carers import actions as carers
from carers.codes import EVERY_DAY
from people.actions import refuse_objected
from people.models import Person
from people.queries import funding_team
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .. import codes, queries, rules
from ..models import Match, Placement, Referral
from .asked import ask, follow_answer, no_longer_owed
from .bookings import join, placement_first
from .introductions import count_introductions
from .referrals import check_open, close_schemes, new_reference
from .stopping import check_takes

SIDES = ("person", "carer")
HELD_FOR = timedelta(days=14)  # after the agreed first day; then the place is free again


@transaction.atomic
def propose_match(*, referral, scheme, carer, kind, by, household=None, reasons="", why_not="", on=None):
    """A scheme that accepted a referral proposes a carer for it. The comparison of the day is kept with the match.

    Raises RuleBroken where the scheme has not accepted, or the person objects to being told about.
    """
    on = on or timezone.localdate()
    carers.check_not_close(carer, by)
    referral = lock(Referral, referral.pk)
    check_open(referral, scheme)
    if not referral.schemes.accepted().filter(scheme=scheme).exists():
        raise rules.ACCEPTED_FIRST.broken(scheme=scheme)
    refuse_objected(person=referral.person, what="profile", with_whom=scheme, on=on, by_team=False)
    if queries.claim_for(kind, referral.route) is None:
        household = None
    candidate = queries.candidate(referral, carer, kind, referral.wanted_from or on)
    match = Match(
        referral=referral,
        scheme=scheme,
        carer=carer,
        household=household,
        kind=kind,
        fits=[fit.as_row() for fit in candidate.fits],
        reasons=reasons.strip(),
        why_not=why_not.strip(),
        proposed_on=on,
    )
    with refusals(placements_carer_proposed_once="carer"):
        record(match, by=by, why="proposed")
    for side in SIDES:
        ask(referral=referral, scheme=scheme, side=side, match=match, on=on, by=by)
    return match


@transaction.atomic
def record_answers(*, match, by, version=None, on=None, **says):
    """What the person and the carer say. `says` holds person_answer, person_says, carer_answer and carer_says."""
    on = on or timezone.localdate()
    carers.check_not_close(match.carer, by)
    match = lock(Match, match.pk, version)
    check_proposed(match)
    changed = []
    for side in SIDES:
        answer, words = says.get(f"{side}_answer"), says.get(f"{side}_says")
        if answer and answer != getattr(match, f"{side}_answer"):
            setattr(match, f"{side}_asked_on", None if answer == codes.Says.NOT_ASKED else on)
            setattr(match, f"{side}_answer", answer)
            changed.append(side)
        if words is not None:
            setattr(match, f"{side}_says", words.strip())
    record(match, by=by, why="answers recorded")
    for side in changed:
        follow_answer(match, side, on, by)
    return match


def check_proposed(match):
    if match.state != Match.State.PROPOSED:
        raise rules.MATCH_OPEN.broken()


@transaction.atomic
def end_match(*, match, because, by, version=None, on=None):
    """This home is not the one: the match ends, and says why."""
    match = lock(Match, match.pk, version)
    check_proposed(match)
    match.state, match.ended_on = Match.State.ENDED, on or timezone.localdate()
    match.ended_because = because.strip()
    record(match, by=by, why="match ended")
    no_longer_owed(match.referral, match.ended_on, by, "the match ended", match=match)
    return match


@transaction.atomic
def agree_match(
    *, match, starts_on, by, purpose=None, until=None, weekdays=EVERY_DAY, fewer_because="", fewer_words="",
    version=None, on=None,
):  # fmt: skip
    """Both sides have said yes: the placement is agreed, and the place held from its first day.

    Fewer introductions than the council's usual number need a coded reason, which is kept with the match.

    Refused until the scheme holds and has acknowledged the full, up-to-date plan. Other schemes see the person
    no more. Raises RuleBroken, with the words of the capacity rules where the home is full.
    """
    on = on or timezone.localdate()
    carers.check_not_close(match.carer, by)
    person = lock(Person, match.referral.person_id)
    referral = lock(Referral, match.referral_id)
    match = lock(Match, match.pk, version)
    check_proposed(match)
    check_open(referral, match.scheme)
    check_takes(match.carer, match.household, match.scheme)
    check_agreeable(match, person, on)
    count_introductions(match, on, fewer_because, fewer_words)
    placement = Placement(
        person=person,
        reference=new_reference("PL"),
        scheme=match.scheme,
        funding_team=funding_team(person, on) or referral.organisation,
        match=match,
        household=match.household,
        carer=match.carer,
        kind=match.kind,
        route=planned_route(referral.route),
        purpose=purpose or referral.purpose,
        agreed_on=on,
        starts_on=starts_on,
        planned_end_on=until,
    )
    match.state = Match.State.AGREED
    placement_first()
    with refusals():
        record(match, by=by, why="agreed by both sides")
        record(placement, by=by, why="agreed")
    hold(placement, weekdays, by)
    set_aside(referral, match, on, by)
    return placement


def check_agreeable(match, person, on):
    if {match.person_answer, match.carer_answer} != {codes.Says.YES}:
        raise rules.BOTH_SIDES.broken()
    move = queries.Move(
        person=person, scheme=match.scheme, carer=match.carer, household=match.household, kind=match.kind,
        route=codes.Route.PLANNED, on=on,
    )  # fmt: skip
    why = queries.plan_held(move)
    if why:
        raise next(gate for gate in rules.GATES if gate.code == codes.GateCode.PLAN).rule.broken(why=why)


def planned_route(route):
    """An emergency has its own start; what is agreed beforehand is planned."""
    return codes.Route.PLANNED if route == codes.Route.EMERGENCY else route


def hold(placement, weekdays, by):
    """Take the place, where this kind takes one: held until two weeks after the agreed day."""
    claim = queries.claim_for(placement.kind, placement.route)
    if claim is None:
        return None
    stay = carers.claim_place(
        person=placement.person,
        household=placement.household,
        claim=claim,
        period=DateRange(placement.starts_on, placement.planned_end_on, "[)"),
        weekdays=weekdays,
        state="held",
        hold_until=placement.starts_on + HELD_FOR,
        by=by,
    )
    join(placement, stay, by, "place held")
    return stay


def set_aside(referral, match, on, by):
    """Other matches of the same kind end, and schemes that were not chosen see the person no more."""
    others = referral.matches.filter(state=Match.State.PROPOSED, kind=match.kind)
    for other in others:
        other.state, other.ended_on, other.ended_because = Match.State.ENDED, on, "another home was agreed"
        record(other, by=by, why="another home was agreed")
        no_longer_owed(referral, on, by, "another home was agreed", match=other)
    close_schemes(referral, on, by, "another scheme was chosen", but=match.scheme)
