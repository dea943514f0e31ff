"""Breaks and rest of a home."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from carers.access import home_or_404
from carers.codes import WEEKDAYS
from sharedlives import charts
from sharedlives.permissions import Permission, require

from .. import queries
from ..rest import warnings


@require(Permission.HOUSEHOLD_VIEW)
@require_GET
def rest(request, pk):
    """Nights off, weeks since the last, and the hours of the week that rest on the carers alone."""
    home = home_or_404(request, pk, Permission.HOUSEHOLD_VIEW)
    found = queries.rest_of(home, request.user, timezone.localdate())
    request.looked_at([line.person.pk for line in found.lines if line.person])
    context = {"home": home, "rest": found, "warnings": warnings(found), "picture": picture(found.lines)}
    return render(request, "placements/rest.html", context)


def picture(lines):
    """The hours of each weekday on which the carers are alone with somebody: the longest of any one person counts."""
    known = [line.alone for line in lines if line.alone is not None]
    if not known:
        return ""
    most = [max(alone.each_day[n] for alone in known) for n in range(7)]
    rows = [
        (day, round(hours, 1) if hours % 1 else int(hours)) for day, hours in zip(WEEKDAYS, most, strict=True)
    ]
    return charts.bars(
        "Hours of the day that rest on the carers alone", rows, unit=" h", first="Day", second="Hours"
    )
