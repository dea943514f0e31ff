"""Tonight's cover: who is in a home whose carer cannot support, whom to ring, and who may take each of them in."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from carers.codes import Claim
from carers.models import PlanB, Stay
from carers.rules import claims, human
from people.models import Involvement, Person, PersonalContact
from people.models.organisation import current
from people.visibility import Level
from risk.models import RiskAssessment
from sharedlives.together import fetch

from ..models import Placement
from ..models.scope import own_schemes
from .homes import emergency_homes_of


@dataclass
class There:
    """Somebody who is in the home tonight. `placement`: the own scheme's, by which another carer is found; else None."""

    person: Any
    stay: Any
    placement: Any = None
    worker: Any = None
    contacts: list = field(default_factory=list)
    risk: Any = None
    homes: list = field(default_factory=list)


@dataclass(frozen=True)
class Tonight:
    """A home on an evening: `others` counts those whom the user may not see."""

    there: list
    others: int
    plan_b: Any


def cover_of(home, user, today):
    """Everybody in a home tonight, with whom to ring and who may take them in. Comers by day have gone home."""
    stays = Stay.objects.counted().on(today).filter(household=home).exclude(claim=Claim.DAY)
    known = Person.objects.visible_to(user, least=Level.SUPPORTS).filter(pk__in=stays.values("person"))
    all_there = stays.select_related("person").order_by("person__sort_name", "pk")
    placements = (
        Placement.objects.visible_to(user).active().filter(household=home, scheme__in=own_schemes(user))
    )
    contacts = PersonalContact.objects.filter(Q(until=None) | Q(until__gt=today), person__in=known).exclude(
        phone=""
    )
    funds = Involvement.objects.filter(current(today), person__in=known, role=Involvement.Role.FUNDS)
    risk = RiskAssessment.objects.visible_to(user).filter(
        person__in=known, superseded_by=None, state="signed"
    )
    plans = PlanB.objects.in_force().filter(household=home).select_related("stands_in")
    placements, funds = (
        placements.select_related("person", "scheme"),
        funds.select_related("organisation", "worker"),
    )
    fetch(all_there, known, placements, contacts, funds, risk, plans)
    here = {stay.person_id: stay for stay in all_there if claims(stay, today)}
    seen = {person.pk for person in known}
    by_person = lambda rows: {row.person_id: row for row in rows}  # noqa: E731
    placed, funded, risks = by_person(placements), by_person(funds), by_person(risk)
    found = [
        There(
            stay.person, stay, placed.get(pk), funded.get(pk), [c for c in contacts if c.person_id == pk], risks.get(pk)
        )
        for pk, stay in here.items() if pk in seen
    ]  # fmt: skip
    offer(found, home, user, today)
    return Tonight(
        found,
        len({human(stay.person) for pk, stay in here.items() if pk not in seen}),
        next(iter(plans), None),
    )


def offer(found, home, user, today):
    """Who may take each of them in: never in this home, and only carers approved, trained and with a place free."""
    mine = [one for one in found if one.placement]
    homes = emergency_homes_of([one.person for one in mine], own_schemes(user), today) if mine else {}
    for one in mine:
        one.homes = [other for other in homes[one.person.pk] if other.household.pk != home.pk]
