"""How the gates stand for somebody who is about to move in."""

from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, F, IntegerField, Value, When

from careplans import queries as careplans
from careplans.models import Assessment
from carers.codes import CLAIM_OF, EVERY_DAY, Claim, PlacementKind
from carers.models import Stay, TrainingCourse
from carers.queries import current_approval, emergency_refusals, places_free
from risk import queries as risk
from risk.models import RiskAssessment

from .. import codes, rules
from ..models.placement import WITHOUT_HOME
from .packs import in_words

# What a running stay answers for by itself: nobody is asked twice.
KEPT_BY_THE_STAY = (codes.GateCode.CAPACITY, codes.GateCode.ONE_PLACE)


def claim_for(kind, route):
    """How a placement claims a home: an emergency by night, others as their kind does; None takes no place."""
    if kind in WITHOUT_HOME:
        return None
    return Claim.NIGHT if route == codes.Route.EMERGENCY else CLAIM_OF[kind]


@dataclass(frozen=True)
class Move:
    """Somebody is about to move in: what the gates are asked about. `placement` is None before there is one."""

    person: Any
    scheme: Any
    carer: Any
    household: Any
    kind: str
    route: str
    on: Any
    until: Any = None
    weekdays: int = EVERY_DAY
    placement: Any = None
    stay: Any = None

    @property
    def claim(self):
        return claim_for(self.kind, self.route)

    @property
    def period(self):
        return DateRange(self.on, self.until, "[)")


def move_of(placement, on):
    """The move that a placement is, on a day."""
    stay = stay_of(placement)
    return Move(
        person=placement.person,
        scheme=placement.scheme,
        carer=placement.carer,
        household=placement.household,
        kind=placement.kind,
        route=placement.route,
        on=on,
        until=stay.period.upper if stay else None,
        weekdays=stay.weekdays if stay else EVERY_DAY,
        placement=placement,
        stay=stay,
    )


def stay_of(placement):
    """The stay that a placement books now: the newest one that is not released, else the newest."""
    rows = Stay.objects.filter(booking__placement=placement).annotate(
        gone=Case(
            When(state=Stay.State.RELEASED, then=Value(1)), default=Value(0), output_field=IntegerField()
        )
    )
    return rows.order_by("gone", "-period").first()


def facts(move):
    """{gate: why it does not hold, or empty} for the gates asked on the route of a move."""
    ask = {
        codes.GateCode.PLAN: plan_held,
        codes.GateCode.CAPACITY: room_there,
        codes.GateCode.ONE_PLACE: nowhere_else,
        codes.GateCode.EMERGENCY: emergency_ready,
        codes.GateCode.ASSESSMENT: assessed,
        codes.GateCode.RESPONSIBILITIES: responsibilities,
        codes.GateCode.RISK: risk_signed,
        codes.GateCode.AGREEMENT: agreement_signed,
        codes.GateCode.APPROVAL: approved,
        codes.GateCode.TRAINING: trained,
    }
    return {gate.code: ask[gate.code](move) for gate in rules.asked_on(move.route)}


def standings(move):
    """How the gates stand for a move."""
    return rules.standings(move.route, facts(move))


def plan_held(move):
    _share, reasons = careplans.held_by(move.scheme, move.person, move.on)
    return "; ".join(reasons)


def room_there(move):
    if move.claim is None or holds_a_place(move):
        return ""
    free = places_free(move.household, move.period, move.claim, move.weekdays, move.person)
    return "" if free > 0 else f"all places are taken or not available from {in_words(move.on)}"


def holds_a_place(move):
    return bool(move.stay and move.stay.is_binding)


def nowhere_else(move):
    if move.claim is None:
        return ""
    rows = Stay.objects.binding().filter(person=move.person, claim=move.claim).overlapping(move.period)
    if move.placement:
        rows = rows.exclude(booking__placement=move.placement)
    if move.claim == Claim.DAY:
        rows = rows.annotate(shared=F("weekdays").bitand(move.weekdays)).filter(shared__gt=0)
    first = rows.order_by("period").first()
    return "" if first is None else f"a stay from {in_words(first.period.lower)}"


def emergency_ready(move):
    return "; ".join(emergency_refusals(move.carer, move.on, move.person))


def assessed(move):
    done = Assessment.objects.filter(person=move.person, state=Assessment.State.COMPLETE)
    return "" if done.exists() else "none has been completed"


def responsibilities(move):
    agreed = risk.responsibilities_agreed(move.person, move.scheme)
    return "" if agreed else "the three questions are not answered and agreed by both"


def risk_signed(move):
    signed = RiskAssessment.objects.latest_version().filter(person=move.person, signed_on__lte=move.on)
    return "" if signed.exists() else "none has been signed"


def agreement_signed(move):
    if move.placement is None:
        return "none has been drafted"
    if move.placement.agreements.in_force().exists():
        return ""
    draft = move.placement.agreements.not_in_error().first()
    if draft is None:
        return "none has been drafted"
    missing = rules.parties_missing({signature.party for signature in draft.signatures.all()})
    return f"still to sign: {', '.join(missing)}"


def approved(move):
    if current_approval(move.carer, move.kind, move.person, move.on):
        return ""
    return f"no approval for {PlacementKind(move.kind).label.lower()} holds on {in_words(move.on)}"


def trained(move):
    return "; ".join(training_lacks(move.carer, move.on, list(TrainingCourse.objects.filter(mandatory=True))))


def training_lacks(carer, on, mandatory):
    """The mandatory courses that a carer has not done, or that have run out, in words."""
    done = list(carer.trainings.all())
    lasting = {training.course_id for training in done if training.lasts(on)}
    ever = {training.course_id for training in done}
    return [
        f"{course.name} {'has expired' if course.pk in ever else 'was not done'}"
        for course in mandatory
        if course.pk not in lasting
    ]
