"""What is available, and what is missing."""

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sharedlives.charts import line
from sharedlives.lists import Column, list_page
from sharedlives.maps import Area, council_map
from sharedlives.permissions import Permission, require
from sharedlives.templatetags.components import words_date

from . import actions, forms, queries
from .queries import KINDS


def counted(name):
    return lambda row: row[f"n_{name}"]


COLUMNS = (
    Column("council", "Council area", order_by="council_name", value=lambda row: row["council_name"]),
    Column("scheme", "Scheme", order_by="scheme_name", value=lambda row: row["scheme_name"]),
    Column("homes", "Homes", order_by="n_homes", value=counted("homes"), numeric=True),
    Column("places", "Places", order_by="n_places", value=counted("places"), numeric=True),
    Column("free", "Free today", order_by="n_free", value=counted("free"), numeric=True),
    Column("accessible", "Free, step-free", order_by="n_accessible_free", value=counted("accessible_free"), numeric=True),
    Column("emergency", "Free, ready for emergencies", order_by="n_emergency_free", value=counted("emergency_free"), numeric=True),
)  # fmt: skip


@require(Permission.AVAILABILITY_VIEW)
@require_GET
def availability(request):
    """What is available today, by kind and council area; below it what was asked for in vain, as suppressed counts."""
    today = timezone.localdate()
    form = forms.AvailabilityFilterForm(request.GET)
    wishes = form.wishes()
    count = actions.count_places(on=today)
    rows = queries.narrowed(queries.places(today), **wishes)
    context = {} if request.GET.get("format") == "csv" else {"count": count, **pictures(rows, today, wishes)}
    return list_page(
        request, queries.by_scheme(rows), columns=COLUMNS, title="Availability", template="commissioning/availability.html",
        filters=form, context=context, export_name="availability", noun=("row", "rows"),
        empty="No home is on offer yet. A home appears here once a carer in it is approved.",
    )  # fmt: skip


def pictures(rows, today, wishes):
    """Tiles, map and line of the page; and the table of unmet needs, which no filter narrows."""
    councils = list(queries.by_council(rows))
    path = reverse("commissioning:availability")
    pk_of = {row["ons_code"]: row["council"] for row in councils}
    areas = {
        code: Area(free, url=f"{path}?council={pk_of[code]}")
        for code, free in queries.on_the_map(councils).items()
    }
    points = queries.history(today, kind=wishes.get("kind", ""), council=wishes.get("council"))
    trend = len(points) > 1 and not (wishes.get("accessible") or wishes.get("emergency"))
    return {
        "today": today,
        "totals": queries.totals(councils),
        "kinds": [(kind, kind.label, queries.totals(councils)[f"free_{kind.value}"]) for kind in KINDS],
        "map": council_map("Free places today", areas, first="Council area", second="Free places") if areas else "",
        "line": line("Free places, week by week", [words_date(day) for day, _n in points], [("Free places", [n for _day, n in points])]) if trend else "",
        "unmet": queries.unmet(today),
    }  # fmt: skip
