"""How the gates stand for somebody who is about to move in."""

from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, F, IntegerField, Q, Value, When

from careplans import queries as careplans
from careplans.models import Assessment
from carers import rules as carers
from carers.codes import CLAIM_OF, EVERY_DAY, Claim, PlacementKind
from carers.models import Approval, Stay, Training, TrainingCourse
from carers.queries import lapsed_for, places_free, stays_apart_from
from people.models import LegalFact, PersonalContact
from risk import queries as risk
from risk.models import RiskAssessment
from sharedlives.together import fetch

from .. import codes, rules
from ..models import AgreementSignature, PlacementAgreement
from ..models.placement import WITHOUT_HOME
from .packs import in_words

CAPACITY = (LegalFact.Kind.CAPACITY, LegalFact.Kind.LICENCE)
DECIDES = (LegalFact.Kind.ATTORNEY, LegalFact.Kind.DEPUTY)
CONSULTED = (
    "family",
    "friend",
    "representative",
    "named_person",
    "advocate",
)  # nobody who is paid: s39(1)(b)
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
        until=stay.period.upper if stay and stay.period.upper and stay.period.upper > on else None,
        weekdays=stay.weekdays if stay else EVERY_DAY,
        placement=placement,
        stay=stay,
    )


def stays_of(placement):
    """Every stay that a placement booked, also those that were released."""
    return Stay.objects.filter(booking__placement=placement)


def stay_of(placement):
    """The stay that a placement books now: the newest one that is not released, else the newest."""
    rows = stays_of(placement).annotate(
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
        codes.GateCode.ADVOCATE: spoken_for,
        codes.GateCode.APART: nobody_kept_apart,
        codes.GateCode.APPROVAL: approved,
        codes.GateCode.TRAINING: trained,
    }
    found = Found(move)
    return {gate.code: ask[gate.code](move, found) for gate in rules.asked_on(move.route)}


def standings(move):
    """How the gates stand for a move."""
    return rules.standings(move.route, facts(move))


class Found:
    """What the gates look at, of four floors, fetched in one statement. How it stands they say themselves."""

    def __init__(self, move):
        person, carer = move.person, move.carer
        self.shares = careplans.newest_share(move.scheme, person)
        self.elsewhere = elsewhere(move)
        self.assessments = Assessment.objects.complete().filter(person=person).only("pk")[:1]
        self.responsibilities = risk.agreed_responsibilities(person, move.scheme).only("pk")[:1]
        signed = RiskAssessment.objects.latest_version().filter(person=person, signed_on__lte=move.on)
        self.risk_assessments = signed.only("pk")[:1]
        agreements = PlacementAgreement.objects.filter(placement=move.placement)
        self.in_force = agreements.in_force().only("pk")[:1]
        self.agreements = agreements.not_in_error()[:1]
        self.signatures = AgreementSignature.objects.filter(agreement__in=self.agreements.values("pk"))
        self.approvals = Approval.objects.filter(carer=carer).current(move.on)
        self.courses = TrainingCourse.objects.filter(Q(mandatory=True) | Q(for_emergencies=True))
        self.trainings = Training.objects.filter(carer=carer)
        self.lapsed = lapsed_for(carer, move.on)
        self.apart = met_there(move)
        decisions = LegalFact.objects.holding(move.on).filter(person=person)
        self.cannot_decide = decisions.filter(kind__in=CAPACITY, has_capacity=False).only("pk")[:1]
        self.decides = decisions.filter(kind__in=DECIDES, field__in=("welfare", "both")).only("pk")[:1]
        contacts = PersonalContact.objects.filter(Q(until=None) | Q(until__gt=move.on), person=person)
        self.consulted = contacts.filter(kind__in=CONSULTED, tie=PersonalContact.Tie.NONE).only("pk")[:1]
        fetch(*vars(self).values())


def plan_held(move, found=None):
    """Why the plan that the scheme holds will not do, or empty. Asked alone, too, before a match is agreed."""
    shares = found.shares if found else None
    _share, reasons = careplans.held_by(move.scheme, move.person, move.on, shares)
    return "; ".join(reasons)


def room_there(move, found):
    if move.claim is None or holds_a_place(move):
        return ""
    free = places_free(move.household, move.period, move.claim, move.weekdays, move.person)
    return "" if free > 0 else f"all places are taken or not available from {in_words(move.on)}"


def holds_a_place(move):
    return bool(move.stay and move.stay.is_binding)


def elsewhere(move):
    """The first other stay of the person that a move would clash with: a queryset of one row at most."""
    if move.claim is None:
        return Stay.objects.none()
    rows = Stay.objects.binding().filter(person=move.person, claim=move.claim).overlapping(move.period)
    if move.placement:
        rows = rows.exclude(booking__placement=move.placement)
    if move.claim == Claim.DAY:
        rows = rows.annotate(shared=F("weekdays").bitand(move.weekdays)).filter(shared__gt=0)
    return rows.order_by("period")[:1]


def nowhere_else(move, found):
    first = next(iter(found.elsewhere), None)
    return "" if first is None else f"a stay from {in_words(first.period.lower)}"


def met_there(move):
    """The first stay of somebody with whom the person may not live, in the home on days of the move."""
    if move.claim is None:
        return Stay.objects.none()
    return stays_apart_from(move.person, move.household, move.period, move.weekdays).order_by("period")[:1]


def nobody_kept_apart(move, found):
    """Why somebody would meet; nobody is named, nor how many."""
    first = next(iter(found.apart), None)
    return "" if first is None else f"on days from {in_words(max(first.period.lower, move.on))}"


def spoken_for(move, found):
    """Why nobody can speak for somebody who cannot decide where to live, or empty. What they cannot decide is not said."""
    long = move.until is None or move.until - move.on > rules.NEEDS_ADVOCATE_AFTER
    if move.kind != PlacementKind.LIVE_IN or not long or not found.cannot_decide:
        return ""
    if found.decides or found.consulted:
        return ""
    return "a decision about capacity holds; no relative, friend or advocate is among their contacts"


def emergency_ready(move, found):
    return "; ".join(
        carers.emergency_ready(found.approvals, found.courses, found.trainings, move.on, move.person)
    )


def assessed(move, found):
    return "" if found.assessments else "none has been completed"


def responsibilities(move, found):
    return "" if found.responsibilities else "the three questions are not answered and agreed by both"


def risk_signed(move, found):
    return "" if found.risk_assessments else "none has been signed"


def agreement_signed(move, found):
    if found.in_force:
        return ""
    draft = next(iter(found.agreements), None)
    if draft is None:
        return "none has been drafted"
    missing = rules.parties_missing({signature.party for signature in found.signatures})
    return f"still to sign: {', '.join(missing)}"


def approved(move, found):
    if carers.approved_for(found.approvals, move.kind, move.person, move.on):
        return ""
    return f"no approval for {PlacementKind(move.kind).label.lower()} holds on {in_words(move.on)}"


def trained(move, found):
    mandatory = [course for course in found.courses if course.mandatory]
    lacks = training_lacks(found.trainings, move.on, mandatory)
    return "; ".join([*lacks, *(f"{row.what} has lapsed" for row in found.lapsed)])


def training_lacks(done, on, mandatory):
    """The mandatory courses that a carer has not done, or that have run out, in words."""
    lasting = {training.course_id for training in done if training.lasts(on)}
    ever = {training.course_id for training in done}
    return [
        f"{course.name} {'has expired' if course.pk in ever else 'was not done'}"
        for course in mandatory
        if course.pk not in lasting
    ]
