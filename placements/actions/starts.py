"""Moving in: through the gate, by emergency, or as it was found. Everything that is still owed gets a clock."""

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from carers import actions as carers
from carers.codes import EVERY_DAY
from carers.rules import period
from people.queries import funding_team
from sharedlives.permissions import Role
from sharedlives.records.actions import lock, record, record_all
from sharedlives.rules import all_at_once, refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import codes, queries, rules
from ..models import GateAnswer, OwedAfterEmergency, Placement, Referral
from ..moments import STARTED
from .bookings import join, placement_first
from .involved import open_supports
from .referrals import close_referral, new_reference
from .stopping import check_takes
from .visits import owe_visit

OWED = "placements.owed_after_emergency"


@transaction.atomic
def start(*, placement, by, on=None, reasons=None, agreed_with=None, version=None):
    """The person moves in, on a day that has come. Refused while a gate is shut, naming every one at once.

    `reasons` is {gate: not yet, because …} for gates that are not hard: a scheme manager records them, with the
    team manager `agreed_with`; each is then owed within three days.
    """
    on = on or timezone.localdate()
    reasons = {code: why.strip() for code, why in (reasons or {}).items() if why.strip()}
    carers.check_not_close(placement.carer, by)
    if carers.is_close(placement.carer, agreed_with):
        raise rules.AGREED_BY_KIN.broken("agreed_with", name=agreed_with.name)
    carers.lock_places(persons=[placement.person], households=homes(placement))
    placement = lock(Placement, placement.pk, version)
    if placement.state != Placement.State.AGREED:
        raise rules.STATE.broken(state=placement.get_state_display().lower())
    if on > timezone.localdate():
        raise rules.NOT_YET.broken("on", on=on)
    found = queries.standings(queries.move_of(placement, on))
    check_takes(placement.carer, placement.household, placement.scheme)
    check_gate(found, reasons, placement.scheme, agreed_with, by)
    begin(placement, on, by)
    answer_gates(placement, found, reasons, agreed_with, by)
    owe(placement, [s.gate.code for s in rules.gaps(found)], on, by)
    if placement.match is not None:
        close_referral(referral=placement.match.referral, reason=codes.ClosedReason.ARRANGED, by=by)
    owe_visit(placement, by)
    STARTED.happened(placement=placement, by=by)
    return placement


def homes(placement):
    return [placement.household] if placement.household_id else []


def check_gate(found, reasons, scheme, agreed_with, by):
    """Refuse what is shut; let a named gap through only by a scheme manager together with a team manager."""
    stop = rules.refused(found, reasons)
    named = [s for s in rules.gaps(found) if reasons.get(s.gate.code)]
    if named and (agreed_with is None or not is_manager_of(by, scheme)):
        stop.append(rules.MANAGER_LETS_THROUGH.broken())
    all_at_once(stop)


def is_manager_of(user, scheme):
    return any(
        m.role == Role.SCHEME_MANAGER and m.organisation_id == scheme.pk for m in user.current_memberships()
    )


def begin(placement, on, by):
    """Book the stay from the day itself, open the scheme's involvement, and note the start."""
    stay = take_place(placement, on, by)
    placement.state, placement.starts_on = Placement.State.ACTIVE, on
    if stay is not None and stay.period.upper:
        placement.planned_end_on = stay.period.upper
    with refusals():
        record(placement, by=by, why="started")
    open_supports(person=placement.person, scheme=placement.scheme, on=on, by=by)


def take_place(placement, on, by):
    """The held stay, moved to the day of arrival and booked; claimed anew where the hold has run out."""
    stay = queries.stay_of(placement)
    if stay is None:
        return None
    if not stay.is_binding:
        return book_new(placement, period(on, stay.period.upper), stay.weekdays, by)
    if stay.period.lower != on:
        stay = carers.amend_stay(stay=stay, period=period(on, stay.period.upper), by=by)
    return carers.book(stay=stay, by=by)


def book_new(placement, period, weekdays, by):
    """Claim and book a place for a placement, where its kind takes one."""
    claim = queries.claim_for(placement.kind, placement.route)
    if claim is None:
        return None
    stay = carers.claim_place(
        person=placement.person, household=placement.household, claim=claim, period=period, weekdays=weekdays,
        state="booked", by=by,
    )  # fmt: skip
    join(placement, stay, by, "place booked")
    return stay


def answer_gates(placement, found, reasons, agreed_with, by):
    rows = [
        GateAnswer(
            placement=placement,
            gate=standing.gate.code,
            passed=standing.passed,
            by=by,
            why_not="" if standing.passed else reasons.get(standing.gate.code) or standing.why,
            agreed_with=None if standing.passed else agreed_with,
        )  # fmt: skip
        for standing in found
    ]
    record_all(rows, by=by, why="gate answered")


def owe(placement, what, since, by):
    """Open the clock for each thing still owed: due at the end of the third day after `since`."""
    due_on = rules.owed_by(since)
    stage = first_stage_on(OWED, council=council_of(placement), due_on=due_on)
    rows = [
        OwedAfterEmergency(
            placement=placement, organisation=placement.scheme, what=code, due_on=due_on, next_stage_on=stage
        )
        for code in what
    ]
    record_all(rows, by=by, why="still owed")


def council_of(placement):
    return placement.funding_team.council if placement.funding_team_id else None


@transaction.atomic
def start_emergency(
    *, person, scheme, carer, kind, why, by, household=None, on=None, until=None, purpose=codes.Purpose.BRIDGE
):
    """Somebody is taken in today. Only a carer approved and trained for emergencies, and only where a place is free.

    All else that the gate asks is owed within three days. Raises RuleBroken with every hard gate that is shut.
    """
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise rules.NOT_YET.broken("on", on=on)
    carers.check_not_close(carer, by)
    household = household or (carer.household if kind not in queries.WITHOUT_HOME else None)
    carers.lock_places(persons=[person], households=[household] if household else [])
    move = queries.Move(
        person=person, scheme=scheme, carer=carer, household=household, kind=kind, route=codes.Route.EMERGENCY,
        on=on, until=until,
    )  # fmt: skip
    check_takes(carer, household, scheme)
    found = queries.standings(move)
    all_at_once(rules.refused(found, everything_else_is_owed=True))
    placement = Placement(
        person=person, reference=new_reference("PL"), scheme=scheme, funding_team=funding_team(person, on),
        household=household, carer=carer, kind=kind, route=codes.Route.EMERGENCY, purpose=purpose,
        state=Placement.State.ACTIVE, agreed_on=on, starts_on=on, planned_end_on=until, why_emergency=why.strip(),
    )  # fmt: skip
    placement_first()
    with refusals():
        record(placement, by=by, why="emergency start")
    book_new(placement, move.period, EVERY_DAY, by)
    open_supports(person=person, scheme=scheme, on=on, by=by)
    answer_gates(placement, found, {}, None, by)
    owe(placement, [s.gate.code for s in rules.gaps(found)], on, by)
    for referral in Referral.objects.open().filter(person=person, urgency=codes.Urgency.EMERGENCY):
        close_referral(referral=referral, reason=codes.ClosedReason.ARRANGED, by=by)
    owe_visit(placement, by)
    STARTED.happened(placement=placement, by=by)
    return placement


@transaction.atomic
def record_existing(
    *,
    person,
    scheme,
    carer,
    kind,
    since,
    why,
    by,
    household=None,
    weekdays=EVERY_DAY,
    purpose=codes.Purpose.HOME,
):
    """Record what is true: *living there since 2011*, or a fourth adult who is there tonight. Never refused.

    The stay is found, out of rule: counted, never bookable. Whatever the gate would ask is owed within three days
    of today, so that it becomes work at once.
    """
    if since > timezone.localdate():
        raise rules.NOT_YET.broken("since", on=since)
    household = household or (carer.household if kind not in queries.WITHOUT_HOME else None)
    carers.lock_places(persons=[person], households=[household] if household else [])
    placement = Placement(
        person=person, reference=new_reference("PL"), scheme=scheme, carer=carer, household=household, kind=kind,
        funding_team=funding_team(person, timezone.localdate()), purpose=purpose, state=Placement.State.ACTIVE,
        starts_on=since, out_of_rule=True, out_of_rule_because=why.strip(),
    )  # fmt: skip
    placement_first()
    with refusals():
        record(placement, by=by, why="recorded as it was found")
    claim = queries.claim_for(kind, placement.route)
    if claim is not None:
        stay = carers.record_found(
            person=person, household=household, claim=claim, period=DateRange(since, None, "[)"),
            weekdays=weekdays, why=why, by=by,
        )  # fmt: skip
        join(placement, stay, by, "found there")
    open_supports(person=person, scheme=scheme, on=since, by=by)
    owe(placement, owed_by_now(placement), timezone.localdate(), by)
    owe_visit(placement, by)
    STARTED.happened(placement=placement, by=by)
    return placement


def owed_by_now(placement):
    """The gates that are shut for a placement that runs: all but the two that the stay itself answers for."""
    found = queries.standings(queries.move_of(placement, timezone.localdate()))
    return [s.gate.code for s in found if not s.passed and s.gate.code not in queries.KEPT_BY_THE_STAY]


@transaction.atomic
def settle(*, placement, by, version=None):
    """Close what was owed and is now there. Raises RuleBroken, naming what is still missing, when nothing is."""
    placement = lock(Placement, placement.pk, version)
    rows, done = close_what_is_there(placement, by)
    if rows and not done:
        raise rules.STILL_OWED.broken(what=", ".join(str(row.get_what_display()) for row in rows))
    return placement


def close_what_is_there(placement, by):
    """Close what is owed and is there by now. Returns what was owed, and what of it was closed."""
    still = set(owed_by_now(placement))
    rows = list(placement.owed.open().select_for_update(no_key=True, of=("self",)))
    done = [row for row in rows if row.what not in still]
    for row in done:
        close_owed(row, "It is there now", by)
    return rows, done


def close_owed(row, because, by):
    row.done_on, row.closed_because, row.next_stage_on = timezone.localdate(), because, None
    record(row, by=by, why=because)


@transaction.atomic
def put_right(*, placement, by, version=None):
    """What was out of rule is a booking like any other from now on. Refused while a place or a gate is missing."""
    carers.check_not_close(placement.carer, by)
    carers.lock_places(persons=[placement.person], households=homes(placement))
    placement = lock(Placement, placement.pk, version)
    if not placement.out_of_rule or placement.state != Placement.State.ACTIVE:
        raise rules.STATE.broken(state=placement.get_state_display().lower())
    still = owed_by_now(placement)
    if still:
        raise rules.STILL_OWED.broken(what=", ".join(str(codes.GateCode(code).label) for code in still))
    stay = queries.stay_of(placement)
    if stay is not None and not stay.is_binding:
        carers.book(stay=stay, by=by)
    for row in placement.owed.open():
        close_owed(row, "Put right", by)
    placement.out_of_rule = False
    return record(placement, by=by, why="put right")


@transaction.atomic
def agree_long_term(*, placement, on, by, purpose=codes.Purpose.HOME):
    """A full review has decided that an emergency placement goes on. Called by the review that says so.

    Somebody who came for nights has their home there from that day.
    """
    carers.lock_places(persons=[placement.person], households=homes(placement))
    placement = lock(Placement, placement.pk)
    if placement.state != Placement.State.ACTIVE or placement.route != codes.Route.EMERGENCY:
        raise rules.STATE.broken(state=placement.get_state_display().lower())
    placement.long_term_agreed_on, placement.purpose = on, purpose
    placement.planned_end_on = None
    stay = queries.stay_of(placement)
    if stay is not None and stay.is_binding and placement.kind == "live_in":
        live_in(placement, stay, on, by)
    return record(placement, by=by, why="agreed as long-term by a review")


def live_in(placement, stay, on, by):
    home = carers.claim_place(
        person=placement.person, household=placement.household, claim="home", period=DateRange(on, None, "[)"),
        state="booked", by=by,
    )  # fmt: skip
    carers.end_stay(stay=stay, leaving_on=on, by=by, why="lives there from now on")
    join(placement, home, by, "lives there from now on")
