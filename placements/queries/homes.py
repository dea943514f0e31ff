"""Which homes may fit: for a referral, each held against every need; in an emergency, only those that may."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When

from carers import rules as carers
from carers.codes import EVERY_DAY, Claim, PlacementKind
from carers.models import Approval, Carer, Household, HouseholdScheme, Stay, Training, TrainingCourse
from carers.queries.occupancy import Days, ahead, human
from people.models.organisation import current

from .. import codes, matching
from ..models import Placement
from .gate import claim_for
from .packs import in_words

COMPARED_AT_ONCE = 60  # carers held against one referral on one page


@dataclass(frozen=True)
class Candidate:
    """One carer and home held against what a person wants: never a score."""

    carer: Any
    household: Any
    offer: matching.Offer
    fits: list

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
        return "" if self.offer.others is None else matching.others_in_words(self.offer.others)


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


def candidates(referral, schemes, kind, on, area=""):
    """Carers of schemes held against a referral: those the person knows first, then the fewest that do not fit.

    At most COMPARED_AT_ONCE carers, those approved for the kind before others; `area` (part of a postcode or a
    council's name) narrows them. Five queries however many.
    """
    rows = carers_of(schemes, on)
    if area:
        rows = rows.filter(
            Q(household__postcode__istartswith=area) | Q(household__council__name__icontains=area)
        )
    rows = first_ones(rows, referral.person, kind, on)
    found = compare_all(referral, rows, kind, on)
    return sorted(found, key=lambda c: matching.order(c.known, c.fits, str(c.carer)))


def first_ones(rows, person, kind, on):
    """Known carers, then those approved for the kind, up to the number that one page compares.

    Each with `approved` and `lacks`: the mandatory courses that are not current, by name.
    """
    approvals = Approval.objects.filter(
        current(on), Q(only_for=None) | Q(only_for=person), carer=OuterRef("pk"), kinds__contains=[kind]
    )
    lasting = Training.objects.filter(
        Q(expires_on=None) | Q(expires_on__gt=on),
        carer=OuterRef(OuterRef("pk")),
        course=OuterRef("pk"),
        done_on__lte=on,
    )
    lacking = TrainingCourse.objects.filter(~Exists(lasting), mandatory=True).order_by("name")
    rows = rows.annotate(
        known=known_to(person), approved=Exists(approvals), lacks=ArraySubquery(lacking.values("name"))
    ).annotate(
        rank=Case(
            When(known=True, then=Value(0)),
            When(approved=True, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
    )
    return rows.order_by("rank", "family_name", "given_name", "id")[:COMPARED_AT_ONCE]


def candidate(referral, carer, kind, on):
    """One carer held against a referral."""
    rows = first_ones(Carer.objects.filter(pk=carer.pk), referral.person, kind, on)
    return compare_all(referral, rows, kind, on)[0]


def compare_all(referral, rows, kind, on):
    rows = list(rows)
    homes = {home.pk: home for home in homes_of(rows, on)}
    asked = wanted(referral, kind)
    found = []
    for carer in rows:
        home = homes[carer.household_id]
        offer = offered(carer, home, referral, kind, on)
        found.append(Candidate(carer, home, offer, matching.compare(asked, offer)))
    return found


def homes_of(carers, on):
    """The homes of carers, with who works there together, and what counting their places needs. Four queries."""
    ids = {carer.household_id for carer in carers}
    at_work = Q(carers__ended_on=None) | Q(carers__ended_on__gt=on)
    rows = Household.objects.filter(pk__in=ids).select_related("council")
    rows = rows.annotate(
        carers_there=Count("carers", filter=at_work),
        languages_there=ArrayAgg("carers__languages", filter=at_work, default=Value([])),
        skills_there=ArrayAgg("carers__skills", filter=at_work, default=Value([])),
    )
    return ahead(rows, on)


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
        pets=home.pets,
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
        not_approved_because=""
        if carer.approved
        else f"Not approved for {PlacementKind(kind).label.lower()}",
        training_lacks=tuple(f"{name} is not current" for name in carer.lacks),
    )


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


def emergency_homes(person, schemes, on, until=None):
    """Only carers approved and trained for emergencies, with a place free; those the person knows come first."""
    rows = carers_of(schemes, on).filter(
        Exists(Approval.objects.filter(current(on), carer=OuterRef("pk"), emergency=True))
    )
    rows = rows.annotate(
        rank=Case(When(known_to(person), then=Value(0)), default=Value(1), output_field=IntegerField())
    ).order_by("rank", "family_name", "given_name", "id")
    courses = list(TrainingCourse.objects.filter(for_emergencies=True))
    ready = [
        carer
        for carer in rows.prefetch_related("approvals", "trainings")
        if not carers.emergency_ready(carer.approvals.all(), courses, carer.trainings.all(), on, person)
    ]
    homes = {home.pk: home for home in homes_of(ready, on)}
    owners = owner_schemes(homes, schemes, on)
    found = []
    for carer in ready:
        home = homes[carer.household_id]
        free = Days(home, on, until).free(Claim.NIGHT, EVERY_DAY, person)
        if free:
            found.append(EmergencyHome(carer, home, owners.get(home.pk), free, carer.rank == 0))
    return found
