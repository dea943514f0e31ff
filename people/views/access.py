"""Who has looked at a record, and the one door outside one's own people."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
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
        Column("who", "Who", value=lambda entry: names.get(entry.user_id, "No longer a user")),
        Column("page", "Page", value=lambda entry: entry.view.replace(":", ": ").replace("_", " ")),
        Column("why", "Why", value="why"),
    )
    names = dict(User.objects.filter(pk__in=entries.values("user_id")).values_list("pk", "name"))
    return list_page(
        request, entries, columns=columns, template="people/looked.html", title="Who has looked",
        export_name="who-has-looked", context={"person": row, "grants": row.access_grants.select_related("user")[:20]}, noun=("look", "looks"),
    )  # fmt: skip


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
