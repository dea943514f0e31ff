"""What is free today, and what was asked for in vain. Tile, map, list, export and snapshot read one queryset."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce

from carers.codes import PlacementKind
from carers.models import (
    AT_MOST,
    Approval,
    Carer,
    Closure,
    Household,
    HouseholdScheme,
    PlaceLimit,
    Stay,
    Training,
    TrainingCourse,
)
from people.models import Person
from people.models.organisation import current
from sharedlives.maps import outlines

from .disclosure import Limits, protect, strictest
from .models import AvailabilitySnapshot, CountedPlaces, DisclosureLimit, Need, UnmetNeed

KINDS = (PlacementKind.LIVE_IN, PlacementKind.SHORT_BREAK, PlacementKind.DAY_SUPPORT)
COUNTS = (
    "homes",
    "places",
    "free",
    "accessible_homes",
    "accessible_free",
    "emergency_homes",
    "emergency_free",
)
COUNTED = (
    Household,
    HouseholdScheme,
    PlaceLimit,
    Closure,
    Carer,
    Approval,
    Training,
    TrainingCourse,
    Stay,
    Person,
)


# -- Homes and places -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """One home that a scheme offers on a day: for which kinds, and how many places it has and are free."""

    household: object
    scheme: object
    council: object
    kinds: frozenset
    step_free: bool
    ready: bool
    places: int
    free: int


def offers(on):
    """The homes that schemes offer on a day, one by one, in six statements however many they are.

    A home that two schemes share counts for the one that came first. Homes without an approval for anybody are not
    on offer. A day claim takes a place on its weekdays.
    """
    kinds, ready = kinds_offered(on), set(ready_carers(on).values_list("household", flat=True))
    limits = dict(PlaceLimit.objects.filter(period__contains=on).values_list("household", "places"))
    shut = per_home(Closure.objects.filter(period__contains=on), Sum("places"))
    adults = per_home(stays_on(on), Count(Coalesce("person__identity", "person"), distinct=True))
    links = HouseholdScheme.objects.filter(current(on)).order_by("household", "since", "pk")
    seen = None
    for home, scheme, council, step_free in links.values_list(
        "household", "scheme", "household__council", "household__step_free"
    ):
        if home != seen and home in kinds:
            places = limits.get(home, AT_MOST)
            free = max(0, places - shut.get(home, 0) - adults.get(home, 0))
            yield Offer(home, scheme, council, kinds[home], bool(step_free), home in ready, places, free)
        seen = home


def kinds_offered(on):
    """{home: the kinds for which a carer of it may take anybody}, of the kinds that take a place."""
    found, counted = {}, {str(kind) for kind in KINDS}
    for home, kinds in approved(on).values_list("carer__household", "kinds"):
        if offered := counted.intersection(kinds):
            found[home] = found.get(home, frozenset()) | offered
    return found


def stays_on(on):
    """The stays that take a place on a day; of the dead, none after the day of death."""
    alive = Q(person__date_of_death=None) | Q(person__date_of_death__gte=on)
    today = F("weekdays").bitand(1 << on.weekday())
    return Stay.objects.counted().on(on).filter(alive).alias(today=today).filter(today__gt=0)


def per_home(rows, expression):
    """{home: a number out of its rows}."""
    return dict(rows.order_by().values("household").annotate(n=expression).values_list("household", "n"))


def approved(on):
    """Approvals that let a carer take anybody."""
    working = Q(carer__ended_on=None) | Q(carer__ended_on__gt=on)
    return Approval.objects.current(on).filter(working, only_for=None)


def ready_carers(on):
    """Carers who are approved and trained for emergencies (SCIE At a glance 02)."""
    lasting = Training.objects.filter(
        Q(expires_on=None) | Q(expires_on__gt=on),
        carer=OuterRef(OuterRef("pk")),
        course=OuterRef("pk"),
        done_on__lte=on,
    )
    lacking = TrainingCourse.objects.filter(~Exists(lasting), for_emergencies=True)
    allowed = Approval.objects.current(on).filter(carer=OuterRef("pk"), emergency=True, only_for=None)
    return Carer.objects.active(on).filter(Exists(allowed), ~Exists(lacking))


def changes():
    """Where the histories of all that is counted stand. The same twice: nothing has been changed between. One query."""
    parts = [
        model.history.order_by("-history_id").values_list(Value(model._meta.label), "history_id")[:1]
        for model in COUNTED
    ]
    return " ".join(f"{label}:{number}" for label, number in sorted(parts[0].union(*parts[1:], all=True)))


def narrowed(rows, *, kind="", council=None, accessible=False, emergency=False):
    """The homes that the filter asks for."""
    if kind:
        rows = rows.filter(kinds__contains=[kind])
    if council:
        rows = rows.filter(council=council)
    if accessible:
        rows = rows.filter(step_free=True)
    return rows.filter(ready=True) if emergency else rows


def sums(only=None):
    """What is added up of `CountedPlaces`, under the names of `COUNTS`; `only` narrows to some of the rows."""
    only = only or Q()
    accessible, emergency = only & Q(step_free=True), only & Q(ready=True)
    asked = {
        "homes": ("homes", only),
        "places": ("places", only),
        "free": ("free", only),
        "accessible_homes": ("homes", accessible),
        "accessible_free": ("free", accessible),
        "emergency_homes": ("homes", emergency),
        "emergency_free": ("free", emergency),
    }
    return {name: Coalesce(Sum(field, filter=rows), 0) for name, (field, rows) in asked.items()}


def by_scheme(rows):
    """One row per scheme and council area: what the list and its export show, and the snapshot keeps."""
    named = rows.order_by().values(
        "scheme", "council", scheme_name=F("scheme__name"), council_name=F("council__name")
    )
    return named.annotate(**{f"n_{name}": value for name, value in sums().items()}).order_by(
        "council_name", "scheme_name"
    )


def by_council(rows):
    """One row per council area, with its ONS code: what the map shows and the tiles add up."""
    named = rows.order_by().values(
        "council", council_name=F("council__name"), ons_code=F("council__ons_code")
    )
    counts = {f"n_{name}": value for name, value in sums().items()}
    kinds = {f"free_{kind.value}": sums(Q(kinds__contains=[kind]))["free"] for kind in KINDS}
    return named.annotate(**counts, **kinds).order_by("council_name")


def places(on):
    """What was counted for a day: `actions.count_places` sees to it that it still holds."""
    return CountedPlaces.objects.filter(count__on=on)


def totals(councils):
    """The tiles: the councils' numbers added up. Homes are in one council each, so they may be."""
    names = [f"n_{name}" for name in COUNTS] + [f"free_{kind.value}" for kind in KINDS]
    return {name.removeprefix("n_"): sum(row[name] for row in councils) for name in names}


def on_the_map(councils):
    """{ONS code: free places} of the councils that the outlines know."""
    return {row["ons_code"]: row["n_free"] for row in councils if row["ons_code"] in outlines()}


def history(on, *, kind="", council=None, weeks=26):
    """[(day, free places)] of the snapshots of the same weekday, oldest first. One query."""
    rows = AvailabilitySnapshot.objects.filter(
        kind=kind,
        taken_on__gt=on - timedelta(weeks=weeks),
        taken_on__lte=on,
        taken_on__week_day=on.isoweekday() % 7 + 1,
    )
    if council:
        rows = rows.filter(council=council)
    return list(rows.order_by("taken_on").values_list("taken_on").annotate(n=Sum("free")))


# -- Unmet need ------------------------------------------------------------------------------------------


def limits_for(councils):
    """The limits of disclosure that protect the people of several councils: the strictest of theirs."""
    rows = DisclosureLimit.objects.filter(council__in=councils).values_list("withhold_up_to", "nearest")
    return strictest([Limits(), *(Limits(*row) for row in rows)])


def unmet(on):
    """What was asked for in vain in the last twelve months, category by council, as it may be shown.

    Always the whole table: narrowing it before protecting it would tell what was withheld. `in_the_way` are the same
    referrals by what no carer who was looked at had on offer: each counts once a need, and no home is named.
    """
    since = on.replace(year=on.year - 1, day=min(on.day, 28))
    found = UnmetNeed.objects.filter(recorded_on__gt=since, recorded_on__lte=on)
    rows = list(found.values_list("council", "council__name", "categories", "referral__tried"))
    names = dict(sorted({(pk, name) for pk, name, *_more in rows}, key=lambda pair: pair[1]))
    limits = limits_for(names)
    asked = [
        (pk, {category: Need(category).label for category in categories}) for pk, _n, categories, _t in rows
    ]
    missing = [(pk, missed(tried)) for pk, _n, _c, tried in rows]
    return {
        "councils": list(names.values()),
        "rows": counted(asked, names, limits, order=[need.value for need in Need]),
        "in_the_way": counted(missing, names, limits),
        "limits": limits,
        "since": since,
        "any": bool(rows),
    }


def counted(found, councils, limits, order=None):
    """[(words, cells, total)] of referrals by code and council, protected. `found` is [(council, {code: words})]."""
    words = {code: said for _pk, codes in found for code, said in codes.items()}
    table = {
        code: dict.fromkeys(councils, 0) for code in sorted(words, key=order.index if order else words.get)
    }
    for pk, codes in found:
        for code in codes:
            table[code][pk] += 1
    shown = protect(table, limits)
    return [
        (words[code], [shown.cells[code][pk] for pk in councils], shown.row_totals[code]) for code in table
    ]


def missed(tried):
    """{code: words} of the needs that fitted no carer, for any kind that was asked for."""
    return {
        need["code"]: need["need"]
        for part in tried
        for need in part["needs"]
        if part["carers"] and not need["fits"]
    }
