"""Who has looked at a record, and the one door outside one's own people."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people import actions, forms
from people.access import can, person_or_404, row_or_404
from people.forms.conflicts import ReadGrantForm
from people.models import AccessGrant, Person, User
from people.queries import funding_involvement
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require
from sharedlives.records.models import AccessLogEntry

BOTH = ["GET", "POST"]


@require(Permission.PERSON_LOOKED)
@require_GET
def looked(request, pk):
    """Who has looked at a person's record, newest first."""
    row = person_or_404(request, pk, Permission.PERSON_LOOKED)
    entries = AccessLogEntry.objects.filter(person_ids__contains=[row.pk]).order_by("-at", "-pk")
    columns = (
        Column("at", "When", order_by="at", value="at"),
        Column("who", "Who", value=lambda entry: who_looked(entry, names)),
        Column("page", "Page", value=page_looked_at),
        Column("why", "Why", value="why"),
    )
    names = dict(User.objects.filter(pk__in=entries.values("user_id")).values_list("pk", "name"))
    return list_page(
        request, entries, columns=columns, template="people/looked.html", title="Who has looked",
        export_name="who-has-looked", context={"person": row, "grants": row.access_grants.select_related("user")[:20]}, noun=("look", "looks"),
    )  # fmt: skip


# Who may be the subject of a concern or a complaint must not learn from this list who raises or looks into it.
SAFEGUARDING = (
    "risk:concern",
    "risk:safeguarding",
    "risk:write_concern",
    "risk:write_complaint",
    "risk:say_sorry",
)


def who_looked(entry, names):
    """Whoever looked, by name; for safeguarding *The council*, by rule."""
    if entry.view.startswith(SAFEGUARDING):
        return "The council"
    return names.get(entry.user_id, "No longer a user")


def page_looked_at(entry):
    if entry.view.startswith(SAFEGUARDING):
        return "The record"
    return entry.view.replace(":", ": ").replace("_", " ")


@require(Permission.PERSON_LOOKED)
@require_GET
def looked_sheet(request, pk):
    """The same for the person, to print: who, from where, when first and last, how often. After a check of who asks."""
    row = person_or_404(request, pk, Permission.PERSON_LOOKED)
    entries = AccessLogEntry.objects.filter(person_ids__contains=[row.pk], status=200)
    safeguarding = Q(*[("view__startswith", start) for start in SAFEGUARDING], _connector=Q.OR)
    counted = dict(first=Min("at"), last=Max("at"), times=Count("pk"))
    looks = list(entries.exclude(safeguarding).values("user_id").annotate(**counted).order_by("-last"))
    council = entries.filter(safeguarding).aggregate(**counted)
    users = User.objects.filter(pk__in=[look["user_id"] for look in looks])
    names = dict(users.values_list("pk", "name"))
    for look in looks:
        look["who"] = names.get(look["user_id"], "No longer a user")
    if council["times"]:
        looks.append(council | {"who": "The council"})
    request.exported = "who has looked"
    return render(request, "people/looked_sheet.html", {"person": row, "looks": looks})


@require(Permission.EMERGENCY_ACCESS)
@require_http_methods(BOTH)
def emergency_access(request, pk):
    """The one door outside one's own people. Invisible records have no door."""
    row = get_object_or_404(Person.objects.not_invisible(), pk=pk)
    if can(request.user, Permission.PERSON_VIEW, row):
        raise PermissionDenied("You can open this record already. Find it under People.")
    request.looked_at([row.pk])
    request.access_reason = "at the door of emergency access"
    form = forms.EmergencyAccessForm(request.POST or None, user=request.user)
    action = partial(actions.open_emergency_access, person=row, by=request.user)
    return form_page(
        request, form=form, action=action, to=row, template="people/emergency_access.html",
        done="Open for 24 hours, to read. The team manager is told.", person=row,
        held_by=funding_involvement(row, timezone.localdate()),
    )  # fmt: skip


@require(Permission.PERSON_LOOKED)
@require_http_methods(BOTH)
def read_grant(request, pk):
    """Who opened a record by emergency access, when and why; the manager says that they have read it."""
    rows = AccessGrant.objects.visible_to(request.user).filter(kind=AccessGrant.Kind.EMERGENCY)
    row = row_or_404(request, rows.select_related("person", "user", "read_by"), pk, Permission.PERSON_LOOKED)
    form = ReadGrantForm(request.POST or None, user=request.user)

    def action():
        return actions.read_grant(grant=row, by=request.user)

    return form_page(
        request, form=form, action=action, to="home", template="people/read_grant.html",
        done="Noted. It has left your list.", grant=row, person=row.person,
    )  # fmt: skip
