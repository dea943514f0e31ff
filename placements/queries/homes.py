"""Which homes may fit: for a referral, each held against every need; in an emergency, only those that may."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Exists, OuterRef, Q, Value

from carers import rules as carers
from carers.codes import EVERY_DAY, Claim, PlacementKind
from carers.models import Approval, Carer, Household, HouseholdScheme, Stay, Training, TrainingCourse
from carers.queries import lapsed_beside, stays_apart_from, taking_new
from carers.queries.occupancy import Days, carrying, human
from people.models import Restriction, SharingDecision
from people.models.organisation import current
from sharedlives.maps import outlines
from sharedlives.together import fetch

from .. import codes, matching
from ..models import Placement
from .gate import claim_for
from .packs import in_words
from .verdicts import Verdicts, approvals, lacking, verdicts

EARTH_MILES = 3958.8


@dataclass(frozen=True)
class Candidate:
    """One carer and home held against what a person wants: never a score."""

    carer: Any
    household: Any
    offer: matching.Offer
    fits: list
    bands: str = ""
    far: str = ""

    @property
    def known(self):
        return bool(self.offer.known_because)

    @property
    def fitting(self):
        return [fit for fit in self.fits if fit.fit == matching.YES]

    @property
    def against(self):
        return [fit for fit in self.fits if fit.fit == matching.NO]

    @property
    def not_known(self):
        return [fit for fit in self.fits if fit.fit == matching.UNKNOWN]

    @property
    def others_in_words(self):
        if self.offer.others is None:
            return ""
        return matching.others_in_words(self.offer.others) + (f" ({self.bands})" if self.bands else "")


def wanted(referral, kind):
    """What a referral asks for, for one kind of placement."""
    return matching.Wanted(
        areas=tuple(referral.areas),
        needs=frozenset(codes.Need(need) for need in referral.needs),
        two_carers=referral.two_carers,
        language=referral.language,
        culture=referral.culture,
        interests=referral.interests,
        skills=referral.skills,
        takes_a_place=claim_for(kind, referral.route) is not None,
    )


def known_to(person):
    """Carers whom a person has lived with, stayed with or was supported by, as an EXISTS on carers."""
    lived = Placement.objects.filter(person=person, carer=OuterRef("pk")).exclude(
        end_reason=codes.EndReason.NEVER_STARTED
    )
    stayed = Stay.objects.filter(person=person, household=OuterRef("household")).exclude(
        state=Stay.State.RELEASED
    )
    return Exists(lived) | Exists(stayed)


def carers_of(schemes, on):
    """The carers at work in the homes of schemes."""
    links = HouseholdScheme.objects.filter(current(on), scheme__in=schemes)
    return Carer.objects.active(on).filter(household__in=links.values("household"))


def scheme_of(carer, schemes, on):
    """The scheme, among these, that works with a carer's home on a day."""
    rows = HouseholdScheme.objects.filter(current(on), household=carer.household_id, scheme__in=schemes)
    return rows.select_related("scheme").order_by("since").first().scheme


def needs_of(referral, kind):
    """What a referral asks of a home, as choices: [(code, words)]."""
    fits = matching.compare(wanted(referral, kind), matching.Offer())
    return [(fit.code, fit.need) for fit in fits]


def chosen(ids, schemes, on):
    """Those of some typed ids that are carers of the schemes, in the order they were typed, each once."""
    whole = []
    for typed in ids:
        with suppress(ValueError):
            whole.append(UUID(typed))
    mine = set(carers_of(schemes, on).filter(pk__in=whole).values_list("pk", flat=True))
    return [pk for pk in dict.fromkeys(whole) if pk in mine]


@dataclass(frozen=True)
class Found:
    """One page of the match list, and how many homes of all in reach each need fits."""

    candidates: list
    verdicts: Verdicts
    needs: dict

    @property
    def tally(self):
        """Each need with how many homes it fits, does not fit, and is not known of: [(code, words, yes, no, unknown)]."""
        return [(code, words, *self.verdicts.tally[code]) for code, words in self.needs.items()]


def candidates(referral, schemes, kind, on, area="", must=(), page=1):
    """Every carer of schemes held against a referral: those the person knows first, then the fewest that do not fit.

    PostgreSQL looks at all of them; words are written for one page. `area` (part of a postcode or a council's name)
    and `must` (codes of needs that have to fit) narrow them. Five queries however many.
    """
    rows = carers_of(schemes, on).annotate(known=known_to(referral.person))
    if area:
        rows = rows.filter(
            Q(household__postcode__istartswith=area) | Q(household__council__name__icontains=area)
        )
    asked = wanted(referral, kind)
    found = verdicts(rows, asked, kind, on, referral.person, must, page)
    names = {
        fit.code: fit.need for fit in matching.compare(asked, matching.Offer(apart="apart" in found.tally))
    }
    return Found(these(referral, found.ids, kind, on, schemes), found, names)


def these(referral, ids, kind, on, schemes):
    """Carers by id, in that order, each held against a referral in words."""
    rows = with_words(Carer.objects.filter(pk__in=ids), referral.person, kind, on)
    found = {candidate.carer.pk: candidate for candidate in compare_all(referral, rows, kind, on, schemes)}
    return [found[pk] for pk in ids if pk in found]


def with_words(rows, person, kind, on):
    """Carers with `known`, `approved`, `lacks` (mandatory courses not current) and `lapsed` (checks and insurances)."""
    return rows.annotate(
        known=known_to(person),
        approved=Q(Exists(approvals(kind, on, person)), ended_on=None),
        lacks=ArraySubquery(lacking(on).values("name")),
        lapsed=ArraySubquery(lapsed_beside(on, OuterRef("pk"), OuterRef("household")).values("what")),
        apart=Exists(stays_apart_from(person, OuterRef("household"), DateRange(on, None, "[)"))),
    )


def candidate(referral, carer, kind, on):
    """One carer held against a referral."""
    rows = with_words(Carer.objects.filter(pk=carer.pk), referral.person, kind, on)
    return compare_all(referral, rows, kind, on)[0]


def compare_all(referral, rows, kind, on, schemes=()):
    rows = list(rows)
    homes = {home.pk: home for home in homes_of(rows, on)}
    asked = wanted(referral, kind)
    there = {home.pk: Days(home, on).on(on, without=human(referral.person)).stays for home in homes.values()}
    silent = silent_about({stay.person_id for stays in there.values() for stay in stays}, schemes, on)
    found = []
    for carer in rows:
        home = homes[carer.household_id]
        offer = offered(carer, home, referral, kind, on)
        who = in_bands(there[home.pk], referral.person, silent, on) if offer.others is not None else ""
        far = how_far(referral.person.responsible_council, home.council)
        found.append(Candidate(carer, home, offer, matching.compare(asked, offer), who, far))
    return found


def silent_about(persons, schemes, on):
    """Those of `persons` of whom a match list says nothing, not even an age band: restricted, or they object to that."""
    restricted = Restriction.objects.filter(current(on), person__in=persons).values_list("person")
    newest = (
        SharingDecision.objects.holding(on)
        .filter(
            Q(scheme=None) | Q(scheme__in=schemes), person__in=persons, what__in=("everything", "profile")
        )
        .order_by("person_id", "what", "-recorded_at")
        .distinct("person_id", "what")
    )
    objects = SharingDecision.objects.filter(pk__in=newest.values("pk"), answer="objects").values_list(
        "person"
    )
    return {person for (person,) in restricted.union(objects)} if persons else set()


def in_bands(stays, person, silent, on):
    """Who else is supported there, as age bands: never a name, and of some only that they are there."""
    others = {human(stay.person): stay.person for stay in stays if human(stay.person) != human(person)}
    ages = [other.age(on) for other in others.values() if other.pk not in silent]
    return ", ".join(matching.bands(ages))


def how_far(here, there):
    """How far a home's council is from the person's, from centre to centre: an address is never measured.

    Empty within one council, and where a council has no outline.
    """
    known = outlines()
    if here == there or here.ons_code not in known or there.ons_code not in known:
        return ""
    miles = round(miles_between(known[here.ons_code][1], known[there.ons_code][1]))
    return f"about {miles} mile{'' if miles == 1 else 's'} from {here}, centre to centre"


def miles_between(one, other):
    """Great-circle miles between two points, each (longitude, latitude) in degrees."""
    (east, north), (far_east, far_north) = (map(radians, point) for point in (one, other))
    half = sin((far_north - north) / 2) ** 2 + cos(north) * cos(far_north) * sin((far_east - east) / 2) ** 2
    return 2 * EARTH_MILES * asin(sqrt(half))


def homes_of(carers, on):
    """The homes of carers, with who works there together, and what counting their places needs. Two queries."""
    ids = {carer.household_id for carer in carers}
    at_work = Q(carers__ended_on=None) | Q(carers__ended_on__gt=on)
    rows = Household.objects.filter(pk__in=ids).select_related("council")
    rows = rows.annotate(
        carers_there=Count("carers", filter=at_work),
        languages_there=ArrayAgg("carers__languages", filter=at_work, default=Value([])),
        skills_there=ArrayAgg("carers__skills", filter=at_work, default=Value([])),
    )
    return carrying(rows, on)


def owner_schemes(homes, schemes, on):
    """{home: the id of the scheme, among those asked, that works with it}."""
    rows = HouseholdScheme.objects.filter(current(on), household__in=homes, scheme__in=schemes).order_by(
        "since"
    )
    return dict(reversed(list(rows.values_list("household", "scheme"))))


def offered(carer, home, referral, kind, on):
    """What one carer and their home have, in the terms of `matching`."""
    claim = claim_for(kind, referral.route)
    days = Days(home, on)
    return matching.Offer(
        areas=(home.area, str(home.council)),
        step_free=home.step_free,
        ground_floor=home.ground_floor_bedroom,
        wheelchair=home.wheelchair,
        pets=tuple(home.pet_kinds),
        pet_words=home.pets,
        assistants=home.assistants,
        smoking=home.smoking,
        languages=together(home.languages_there),
        culture=together([carer.culture, carer.faith]),
        interests=together([carer.interests]),
        skills=together(home.skills_there),
        carers=home.carers_there,
        others=days.on(on, without=human(referral.person)).adults if claim else None,
        free=days.free(claim, EVERY_DAY, referral.person) if claim else None,
        day_in_words=in_words(on),
        known_because="The person has lived or stayed here before" if carer.known else "",
        not_approved_because=not_approved(carer, kind),
        apart=carer.apart,
        training_lacks=tuple(f"{name} is not current" for name in (*carer.lacks, *carer.lapsed)),
    )


def not_approved(carer, kind):
    """Why nobody new comes to a carer for a kind of placement; empty where somebody may."""
    if carer.ended_on:
        return f"Stops being a carer on {in_words(carer.ended_on)}"
    return "" if carer.approved else f"Not approved for {PlacementKind(kind).label.lower()}"


def together(words):
    """Several texts as one, each once."""
    return ", ".join(dict.fromkeys(text.strip() for text in words if text.strip()))


@dataclass(frozen=True)
class EmergencyHome:
    """A carer who may take somebody in tonight, and how many places are free there."""

    carer: Any
    household: Any
    scheme_id: Any
    free: int
    known: bool


def emergency_ready(rows, on):
    """{carer: (approvals, trainings)} of these carers, and the courses that count: three questions, for anybody."""
    approvals, trainings = Approval.objects.filter(carer__in=rows), Training.objects.filter(carer__in=rows)
    courses = TrainingCourse.objects.filter(for_emergencies=True)
    fetch(approvals, trainings, courses)
    approved, trained = defaultdict(list), defaultdict(list)
    for approval in approvals:
        approved[approval.carer_id].append(approval)
    for training in trainings:
        trained[training.carer_id].append(training)
    return {row.pk: (approved[row.pk], trained[row.pk]) for row in rows}, courses


def emergency_homes(person, schemes, on, until=None):
    """Only carers approved and trained for emergencies, with a place free, where the person meets nobody from whom they
    are kept apart; those they know come first."""
    return emergency_homes_of([person], schemes, on, until)[person.pk]


def emergency_homes_of(persons, schemes, on, until=None):
    """{person: the carers who may take them in, as `emergency_homes`}, in as many questions as for one."""
    rows = taking_new(carers_of(schemes, on), schemes).filter(
        ~Exists(lapsed_beside(on, OuterRef("pk"), OuterRef("household"))),
        Exists(Approval.objects.filter(current(on), carer=OuterRef("pk"), emergency=True)),
    )
    nights, home = DateRange(on, until, "[)"), OuterRef("household")
    knows = {f"knows_{n}": known_to(person) for n, person in enumerate(persons)}
    meets = {f"meets_{n}": Exists(stays_apart_from(person, home, nights)) for n, person in enumerate(persons)}
    rows = list(rows.annotate(**knows, **meets).order_by("family_name", "given_name", "id"))
    able, courses = emergency_ready(rows, on)
    homes = {home.pk: home for home in homes_of(rows, on)}
    owners = owner_schemes(homes, schemes, on)

    def offered_to(person, known, met):
        for carer in sorted(rows, key=lambda row: not getattr(row, known)):
            home, (approved, trained) = homes[carer.household_id], able[carer.pk]
            if getattr(carer, met) or carers.emergency_ready(approved, courses, trained, on, person):
                continue
            free = Days(home, on, until).free(Claim.NIGHT, EVERY_DAY, person)
            if free:
                yield EmergencyHome(carer, home, owners.get(home.pk), free, getattr(carer, known))

    asked = zip(persons, knows, meets, strict=True)
    return {person.pk: list(offered_to(person, known, met)) for person, known, met in asked}
