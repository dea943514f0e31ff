"""The calendar of short breaks: of a scheme and of a home, by month; booking from it, and cancelling."""

from functools import partial

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carers.access import allowed, home_or_404
from people.access import check
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .. import actions, forms, queries
from ..breaks import days_of, month_after, month_asked
from ..models import Booking, Placement
from .common import BOTH, for_own_scheme

HOMES_A_PAGE = 20


def months(request):
    """The month that is asked for, and those beside it, for the links."""
    first = month_asked(request.GET.get("month", ""), timezone.localdate())
    return {"month": first, "before": month_after(first, -1), "after": month_after(first)}


@require(Permission.HOUSEHOLD_VIEW)
@require_GET
def breaks(request):
    """Every home of the user's schemes that is approved for short breaks: places free on each day of a month."""
    shown = months(request)
    homes = queries.homes_for_breaks(request.user, timezone.localdate())
    page = Paginator(homes, HOMES_A_PAGE).get_page(request.GET.get("page"))
    rows = queries.month_of_homes(page.object_list, shown["month"])
    context = shown | {"page": page, "rows": rows, "days": days_of(shown["month"])}
    return render(request, "placements/breaks.html", context)


@require(Permission.HOUSEHOLD_VIEW)
@require_GET
def calendar(request, pk):
    """One home: who comes on which day, what is still free, and what is booked."""
    home = home_or_404(request, pk, Permission.HOUSEHOLD_VIEW)
    shown = months(request)
    weeks, seen = queries.month_of_home(home, request.user, shown["month"])
    request.looked_at(seen)
    bookings = queries.bookings_of(queries.may_book(request.user, home), shown["month"], shown["after"])
    may_book = allowed(request.user, home.schemes_now, Permission.PLACEMENT_WRITE)
    context = shown | {"home": home, "weeks": weeks, "bookings": bookings, "may_book": may_book}
    return render(request, "placements/calendar.html", context | {"today": timezone.localdate()})


def of_the_month(home, day):
    return f"{reverse('placements:calendar', args=[home.pk])}?month={day:%Y-%m}"


@require(Permission.PLACEMENT_WRITE)
@require_http_methods(BOTH)
def book_breaks(request, pk):
    """Book a break or days of support in this home, once or again and again."""
    home = home_or_404(request, pk, Permission.PLACEMENT_WRITE)
    placements = queries.may_book(request.user, home)
    initial = {"first": request.GET.get("first") or None}
    form = forms.BookBreaksForm(
        request.POST or None, user=request.user, placements=placements, initial=initial
    )
    action = partial(actions.book_breaks, by=request.user)
    return form_page(
        request, form=form, action=action, template="placements/book_breaks.html", home=home, placements=placements,
        to=lambda booked: of_the_month(home, booked[0].stay.period.lower), done="Booked.",
    )  # fmt: skip


@require(Permission.PLACEMENT_WRITE)
@require_http_methods(BOTH)
def cancel_break(request, pk):
    rows = Booking.objects.filter(placement__in=Placement.objects.visible_to(request.user))
    row = get_object_or_404(rows.select_related("stay__household", "placement__person"), pk=pk)
    request.looked_at([row.placement.person_id])
    check(request.user, Permission.PLACEMENT_WRITE, row.placement.person)
    for_own_scheme(request, row.placement.scheme_id, Permission.PLACEMENT_WRITE)
    form = forms.CancelBreakForm(request.POST or None, user=request.user)
    action = partial(actions.cancel_break, booking=row, by=request.user)
    return form_page(
        request, form=form, action=action, template="placements/cancel_break.html", done="Cancelled. The place is free.",
        to=of_the_month(row.stay.household, row.stay.period.lower), booking=row, person=row.placement.person,
    )  # fmt: skip
