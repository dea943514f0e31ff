"""How much rest the carers of a home get: nights off, weeks since the last, and hours that rest on them alone."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from careplans import queries as careplans
from careplans.models import PlanShare
from careplans.timetable import Alone, hours_alone, timetable
from carers.codes import PlacementKind
from people.models import Person
from people.visibility import Level

from ..models import BreaksPolicy, Placement
from ..models.scope import own_schemes
from ..rest import YEAR, nights_off, weeks_since

SOMEBODY = "another person"


@dataclass(frozen=True)
class Line:
    """Somebody who lives in the home. `alone` is None where the user may not know it, or the scheme holds no plan."""

    who: str
    person: Any
    since: Any
    away_nights: int
    alone: Alone | None = None
    most: int = 0


@dataclass
class Rest:
    """The rest of one home on a day. `began`: since when somebody lives there, at most a year ago."""

    today: Any
    policy: BreaksPolicy
    began: Any = None
    taken: int = 0
    last_night: Any = None
    weeks: int = 0
    lines: list = field(default_factory=list)


def breaks_policy(council, on):
    """What holds for a council on a day: its own newest version, else the default's, else the defaults as shipped."""
    return BreaksPolicy.objects.in_force(council, on).first() or BreaksPolicy(in_force_from=on)


def rest_of(home, user, today):
    """The rest of a home. Who is not the user's to see is counted, without name and without hours."""
    first = today - YEAR
    known = Person.objects.visible_to(user, least=Level.SUPPORTS).filter(pk=OuterRef("person"))
    rows = Placement.objects.filter(household=home, kind=PlacementKind.LIVE_IN, starts_on__lt=today)
    rows = (
        rows.exclude(state=Placement.State.AGREED)
        .exclude(ended_on__lt=first)
        .exclude(end_reason="never_started")
    )
    rows = list(
        rows.annotate(known=Exists(known))
        .select_related("person", "scheme")
        .prefetch_related("away")
        .order_by("starts_on", "pk")
    )
    lived = {row.pk: [(row.starts_on, row.ended_on)] for row in rows}
    away = {row.pk: [(one.since, one.until) for one in row.away.all()] for row in rows}
    off = nights_off(lived, away, first, today)
    rest = Rest(today=today, policy=breaks_policy(home.council, today))
    if rows:
        rest.began = max(first, min(row.starts_on for row in rows))
        rest.taken, rest.last_night = len(off), max(off, default=None)
        rest.weeks = weeks_since(rest.last_night, rest.began, today)
    active = [row for row in rows if row.state == Placement.State.ACTIVE]
    held = plans_held([row.person_id for row in active if row.known], own_schemes(user), today)
    rest.lines = [line(row, away[row.pk], held, first, today) for row in active]
    return rest


def plans_held(persons, schemes, today):
    """{person: (hours alone, the council's most)} from the newest plan that the user's own schemes were given."""
    shares = PlanShare.objects.filter(person__in=persons, scheme__in=schemes, plan__entered_in_error=None)
    shares = shares.select_related("plan__organisation__council").prefetch_related("plan__services")
    found, most = {}, {}
    for share in shares.order_by("plan__number", "pk"):
        council = share.plan.organisation.council
        if council not in most:
            most[council] = careplans.policy_for(council, today).hours_alone
        if "how_met" in share.withheld:
            found.pop(share.person_id, None)
            continue
        services = [s for s in share.plan.services.all() if s.until is None or s.until > today]
        found[share.person_id] = hours_alone(timetable(services)), most[council]
    return found


def line(placement, away, held, first, today):
    gone = len(nights_off({0: [(placement.starts_on, None)]}, {0: away}, first, today))
    if not placement.known:
        return Line(SOMEBODY, None, None, gone)
    alone, most = held.get(placement.person_id, (None, 0))
    return Line(str(placement.person), placement.person, placement.starts_on, gone, alone, most)
