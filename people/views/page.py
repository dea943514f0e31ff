"""A person's own page, their timeline, and the sheet to take along."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.access import check, person_or_404
from people.models import Person, Restriction
from people.panels import sees_whole
from people.visibility import Level
from sharedlives import timeline as timelines
from sharedlives.charts import story
from sharedlives.panels import glances, panels_for, sheet_for
from sharedlives.permissions import Permission, require
from sharedlives.together import fetch

from .voice import pdf_page

MONTHS = 24  # that the picture shows
IN_PICTURE = 400  # entries at most; older ones are on the timeline's own page
ON_PAGE = 8


@require(Permission.PERSON_VIEW)
@require_GET
def person(request, pk):
    """One page that a duty worker grasps in a minute. A masked record says that it is there, and the door."""
    row = Person.objects.visible_to(request.user).with_page().filter(pk=pk).first()
    if row is None:
        return closed_record(request, pk)
    request.looked_at([row.pk])
    allowed = Person.objects.permissions_for(request.user, row)
    if Permission.PERSON_VIEW not in allowed:
        check(request.user, Permission.PERSON_VIEW, row)
    whole = sees_whole(request.user, row)
    restrictions = row.restrictions.filter(until=None)
    shown = panels_for(request.user, row, allowed.__contains__, also=[restrictions])
    alerts, facts = glances(shown)
    context = {"whole": whole, "person": row, "alerts": alerts, "glances": facts} | {
        "restriction": next(iter(restrictions), None),
        "may": {permission.name: True for permission in allowed},
        "past": not whole
        and Person.objects.visible_to(request.user, least=Level.PAST).filter(pk=pk).exists(),
    }
    context |= side_by_side(shown) | lately(request.user, row, allowed)
    return render(request, "people/person.html", context)


def side_by_side(shown):
    """The panels of the middle, and those beside them."""
    return {
        "panels": [pair for pair in shown if not pair[0].side],
        "beside": [pair for pair in shown if pair[0].side],
    }


def lately(user, person, allowed):
    """The picture of two years, and the newest lines: one statement for both."""
    today = timezone.localdate()
    since = (today - timedelta(days=MONTHS * 31)).replace(day=1)
    entries = timelines.entries(user, person, allowed.__contains__, since=since, limit=IN_PICTURE)
    begun = [entry for entry in entries if entry.day <= today]
    picture = story("The last two years", since, today, begun) if begun else ""
    return {"picture": picture, "newest": begun[:ON_PAGE]}


def closed_record(request, pk):
    """A masked record of one's own people is not pretended away; any other is not found."""
    row = Person.objects.masked_for(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    request.looked_at([row.pk])
    return render(request, "people/masked.html", {"person": row}, status=403)


@require(Permission.PERSON_VIEW)
@require_GET
def timeline(request, pk):
    """Everything that happened, newest first, paged by key: the next page costs what the first did."""
    row = person_or_404(request, pk, Permission.PERSON_VIEW, least=Level.PAST)
    allowed = Person.objects.permissions_for(request.user, row)
    before = request.GET.get("before", "")
    found = timelines.entries(request.user, row, allowed.__contains__, before=before, limit=51)
    context = {
        "person": row,
        "entries": found[:50],
        "earlier": found[49].key if len(found) > 50 else "",
        "before": before,
    }
    return render(request, "people/timeline.html", context)


@require(Permission.PERSON_VIEW)
@require_GET
def before_i_go(request, pk):
    """One printed sheet for whoever visits: how I communicate, what upsets and helps, who lives there."""
    row = person_or_404(request, pk, Permission.PERSON_VIEW, least=Level.SUPPORTS)
    allowed = Person.objects.permissions_for(request.user, row)
    restrictions = Restriction.objects.filter(person=row, until=None)[:1]
    needs = row.communication_needs.filter(until=None)
    fetch(restrictions, needs)
    context = {
        "person": row,
        "needs": needs,
        "parts": sheet_for(request.user, row, allowed.__contains__),
        "restriction": next(iter(restrictions), None),
    }
    request.exported = "before I go"
    title = f"Before I go: {row}"
    return pdf_page(request, "documents/before_i_go.html", context, title, f"before-i-go-{row.reference}.pdf")
