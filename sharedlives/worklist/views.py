"""My work, a team's work, the reminders about it, and the health of the system."""

import uuid

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from sharedlives import nav
from sharedlives.documents.spreadsheet import csv_response
from sharedlives.notices import team_notices
from sharedlives.permissions import Permission, has_permission, needs, require, signed_in
from sharedlives.templatetags.components import days_late

from . import beginnings, health, queries
from .deadlines import REGISTRY


@signed_in
@require_GET
def home(request):
    """Three lists only: today, waiting for others, the next six weeks.

    Whoever has no work of their own here, such as a commissioner, begins at the first page that is theirs.
    """
    if not has_permission(request.user, Permission.WORK_VIEW):
        return first_page_of(request)
    today = timezone.localdate()
    pages = beginnings.first_pages(request.user, today)
    lists = [
        dict(zip(("items", "more", "count"), pages[slug], strict=True), which=which)
        for slug, which in queries.LISTS.items()
    ]
    note_persons(request, [item for shown in lists for item in shown["items"]])
    context = {
        "lists": lists,
        "today": today,
        "parked": queries.parked_for(request.user),
        "manages": has_permission(request.user, Permission.TEAM_VIEW),
    }
    return render(request, "worklist/home.html", context)


def first_page_of(request):
    pages = nav.entries(request.user, request.path)
    if not pages:
        raise PermissionDenied(needs(Permission.WORK_VIEW))
    return redirect(pages[0]["url"])


@require(Permission.WORK_VIEW)
@require_GET
def list_of(request, slug):
    """One of the three lists, page by page, or as a spreadsheet."""
    which, today = queries.LISTS.get(slug), timezone.localdate()
    if which is None:
        raise Http404
    if request.GET.get("format") == "csv":
        items, more = queries.page(request.user, slug, today, limit=queries.EXPORT_LIMIT)
        return as_csv(request, f"my-work-{slug}", items, more)
    items, more = queries.page(request.user, slug, today, asked_key(request))
    note_persons(request, items)
    context = {"which": which, "count": queries.count(request.user, slug, today)}
    return render(request, "worklist/list_of.html", context | paged(request, items, more, today))


@require(Permission.TEAM_VIEW)
@require_GET
def team(request):
    """What is late and what comes, by worker."""
    today = timezone.localdate()
    totals = queries.team_totals(request.user, today)
    names = get_user_model().objects.in_bulk([worker for worker, _late, _soon in totals if worker])
    rows = [{"worker": names.get(worker), "late": late, "soon": soon} for worker, late, soon in totals]
    context = {"rows": rows, "late": sum(r["late"] for r in rows), "soon": sum(r["soon"] for r in rows)}
    context["notices"] = team_notices(request.user)
    return render(request, "worklist/team.html", context)


@require(Permission.TEAM_VIEW)
@require_GET
def team_list(request, span):
    """The rows behind a number of the team's page."""
    if span not in (queries.TEAM_LATE, queries.TEAM_SOON):
        raise Http404
    today, worker = timezone.localdate(), asked_worker(request)
    asked = {"span": span, "worker": worker}
    if request.GET.get("format") == "csv":
        items, more = queries.team_page(request.user, today, **asked, limit=queries.EXPORT_LIMIT)
        return as_csv(request, f"team-{span}", items, more)
    items, more = queries.team_page(request.user, today, **asked, key=asked_key(request))
    note_persons(request, items)
    workers = get_user_model().objects.in_bulk({item.worker_id for item in items if item.worker_id})
    lines = [(item, workers.get(item.worker_id)) for item in items]
    context = {"span": span, "worker": worker, "lines": lines}
    return render(request, "worklist/team_list.html", context | paged(request, items, more, today))


@require(Permission.TEAM_VIEW)
@require_GET
def reminders(request):
    """Every reminder about the team's people: who was told, whether the mail went out, what comes next."""
    undelivered = request.GET.get("only") == "undelivered"
    rows = queries.reminders_of_team(request.user, undelivered=undelivered)
    page = Paginator(rows, queries.PER_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    subjects, upcoming = queries.subjects(found), queries.next_stages(found)
    lines = [line(reminder, subjects, upcoming) for reminder in found]
    note_persons(request, subjects.values())
    context = {"page": page, "lines": lines, "undelivered": undelivered}
    return render(request, "worklist/reminders.html", context)


def line(reminder, subjects, upcoming):
    key = (reminder.deadline, reminder.object_id)
    return {
        "reminder": reminder,
        "label": REGISTRY[reminder.deadline].label,
        "stage": reminder.stage.replace("_", " "),
        "item": subjects.get(key),
        "next_on": upcoming.get(key),
    }


def note_persons(request, items):
    request.looked_at({item.person_id for item in items if item.person_id})


def asked_key(request):
    text = request.GET.get("after", "")
    key = queries.read_key(text)
    if text and key is None:
        raise Http404
    return key


def asked_worker(request):
    text = request.GET.get("worker", "")
    if text in ("", "none"):
        return text
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Http404 from None


def paged(request, items, more, today):
    """What a list page needs besides its items: the link to the next page keeps what the address chose."""
    query = request.GET.copy()
    query.pop("after", None)
    csv = query.copy()
    csv["format"] = "csv"
    begun = bool(request.GET.get("after"))
    first = f"?{query.urlencode()}"
    if more:
        query["after"] = items[-1].key
    return {
        "items": items,
        "today": today,
        "next": f"?{query.urlencode()}" if more else "",
        "first": first if begun else "",
        "csv": f"?{csv.urlencode()}",
    }


def as_csv(request, name, items, more):
    note_persons(request, items)
    request.exported = name
    today = timezone.localdate()
    rows = [
        [item.due_on, days_late(item.due_on, today), item.label, item.about, item.known_as, item.reference]
        for item in items
    ]
    if more:
        rows.append(
            [f"Only the first {queries.EXPORT_LIMIT:,} rows are here. Narrow the list to get the others."]
        )
    return csv_response(name, ["Due", "How it stands", "What", "About", "Person", "Reference"], rows)


def healthz(request):
    """The process answers. No database, no session."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request):
    """Can it be relied upon? 503 when a migration is missing, or a job has not got to its end for too long.

    The broker is reported only: the web answers without it. (A database that is away answers 503 by itself.)
    """
    found = health.look()
    facts = {
        "ready": found.fit,
        "database": True,
        "migrations_missing": found.migrations_missing,
        "broker": found.broker,
        "jobs_late": found.late,
        "last_runs": {job: at and at.isoformat(timespec="seconds") for job, at in found.last_runs.items()},
    }
    return JsonResponse(facts, status=200 if found.fit else 503)


healthz.login_required = False
readyz.login_required = False
