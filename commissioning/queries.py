"""What is free today, and what was asked for in vain. Tile, map, list, export and snapshot read one queryset."""

from datetime import timedelta

from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from carers.codes import PlacementKind
from carers.models import (
    AT_MOST,
    Approval,
    Carer,
    Closure,
    HouseholdScheme,
    PlaceLimit,
    Stay,
    Training,
    TrainingCourse,
)
from people.models.organisation import current
from sharedlives.maps import outlines

from .disclosure import Limits, protect, strictest
from .models import AvailabilitySnapshot, DisclosureLimit, Need, UnmetNeed

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
WHOLE = IntegerField()


# -- Homes and places -------------------------------------------------------------------------------------


def number(rows, expression):
    """A number out of rows of the home, as one value per home."""
    totals = (
        rows.filter(household=OuterRef("household")).order_by().values("household").annotate(n=expression)
    )
    return Subquery(totals.values("n"), output_field=WHOLE)


def offered(on):
    """The homes that schemes offer on a day, one row each, with `places`, `free` and what they are for.

    A row is the link of a home to a scheme; a home that two schemes share counts for the one that came first. Homes
    without an approval for anybody are not on offer. A day claim takes a place on its weekdays.
    """
    limit = PlaceLimit.objects.filter(household=OuterRef("household"), period__contains=on).values("places")[
        :1
    ]
    closed = Closure.objects.filter(period__contains=on)
    stays = (
        Stay.objects.counted().on(on).alias(today=F("weekdays").bitand(1 << on.weekday())).filter(today__gt=0)
    )
    stays = stays.filter(Q(person__date_of_death=None) | Q(person__date_of_death__gte=on))
    adults = Count(Coalesce("person__identity", "person"), distinct=True)
    earlier = HouseholdScheme.objects.filter(
        current(on), Q(since__lt=OuterRef("since")) | Q(since=OuterRef("since"), pk__lt=OuterRef("pk"))
    )
    offers = {f"offers_{kind.value}": Exists(approved(on).filter(kinds__contains=[kind])) for kind in KINDS}
    return (
        HouseholdScheme.objects.filter(current(on))
        .filter(~Exists(earlier.filter(household=OuterRef("household"))))
        .annotate(**offers, ready=Exists(ready_carers(on)), step_free=F("household__step_free"))
        .filter(Q(offers_live_in=True) | Q(offers_short_break=True) | Q(offers_day_support=True))
        .annotate(
            places=Coalesce(Subquery(limit, output_field=WHOLE), AT_MOST, output_field=WHOLE),
            shut=Coalesce(number(closed, Sum("places")), 0, output_field=WHOLE),
            adults=Coalesce(number(stays, adults), 0, output_field=WHOLE),
        )
        .annotate(
            free=ExpressionWrapper(
                Greatest(Value(0), F("places") - F("shut") - F("adults")), output_field=WHOLE
            )
        )
    )


def approved(on):
    """Approvals that let a carer of the home take anybody."""
    return Approval.objects.current(on).filter(
        Q(carer__ended_on=None) | Q(carer__ended_on__gt=on),
        carer__household=OuterRef("household"),
        only_for=None,
    )


def ready_carers(on):
    """Carers of the home who are approved and trained for emergencies (SCIE At a glance 02)."""
    lasting = Training.objects.filter(
        Q(expires_on=None) | Q(expires_on__gt=on),
        carer=OuterRef(OuterRef("pk")),
        course=OuterRef("pk"),
        done_on__lte=on,
    )
    lacking = TrainingCourse.objects.filter(~Exists(lasting), for_emergencies=True)
    allowed = Approval.objects.current(on).filter(carer=OuterRef("pk"), emergency=True, only_for=None)
    carers = Carer.objects.active(on).filter(household=OuterRef("household"))
    return carers.filter(Exists(allowed), ~Exists(lacking))


def narrowed(rows, *, kind="", council=None, accessible=False, emergency=False):
    """The homes that the filter asks for."""
    if kind:
        rows = rows.filter(**{f"offers_{kind}": True})
    if council:
        rows = rows.filter(household__council=council)
    if accessible:
        rows = rows.filter(step_free=True)
    return rows.filter(ready=True) if emergency else rows


def sums(only=None):
    """What is added up of `offered` rows, under the names of `COUNTS`; `only` narrows to some of the rows."""
    only = only or Q()
    accessible, emergency = only & Q(step_free=True), only & Q(ready=True)
    return {
        "homes": Count("pk", filter=only),
        "places": Coalesce(Sum("places", filter=only), 0),
        "free": Coalesce(Sum("free", filter=only), 0),
        "accessible_homes": Count("pk", filter=accessible),
        "accessible_free": Coalesce(Sum("free", filter=accessible), 0),
        "emergency_homes": Count("pk", filter=emergency),
        "emergency_free": Coalesce(Sum("free", filter=emergency), 0),
    }


def by_scheme(rows):
    """One row per scheme and council area: what the list and its export show, and the snapshot keeps."""
    named = renamed(rows).values(
        "scheme", "council_area", scheme_name=F("scheme__name"), council_name=F("household__council__name")
    )
    return named.annotate(**{f"n_{name}": value for name, value in sums().items()}).order_by(
        "council_name", "scheme_name"
    )


def by_council(rows):
    """One row per council area, with its ONS code: what the map shows and the tiles add up."""
    named = renamed(rows).values(
        "council_area", council_name=F("household__council__name"), ons_code=F("household__council__ons_code")
    )
    counts = {f"n_{name}": value for name, value in sums().items()}
    kinds = {f"free_{kind.value}": sums(Q(**{f"offers_{kind.value}": True}))["free"] for kind in KINDS}
    return named.annotate(**counts, **kinds).order_by("council_name")


def renamed(rows):
    return rows.order_by().annotate(council_area=F("household__council"))


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

    Always the whole table: narrowing it before protecting it would tell what was withheld.
    """
    since = on.replace(year=on.year - 1, day=min(on.day, 28))
    found = UnmetNeed.objects.filter(recorded_on__gt=since, recorded_on__lte=on)
    rows = list(found.values_list("council", "council__name", "categories"))
    names = dict(sorted({(pk, name) for pk, name, _categories in rows}, key=lambda pair: pair[1]))
    table = {need: dict.fromkeys(names, 0) for need in Need}
    for pk, _name, categories in rows:
        for category in categories:
            table[Need(category)][pk] += 1
    table = {need: cells for need, cells in table.items() if any(cells.values())}
    limits = limits_for(names)
    shown = protect(table, limits)
    return {
        "councils": list(names.values()),
        "rows": [
            (need.label, [shown.cells[need][pk] for pk in names], shown.row_totals[need]) for need in table
        ],
        "limits": limits,
        "since": since,
        "any": bool(rows),
    }
