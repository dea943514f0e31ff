"""Conflicts of interest: declared by the one concerned or by a manager, listed and ended by managers."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people import actions
from people.forms import conflicts as forms
from people.models import Conflict
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require, signed_in

BOTH = ["GET", "POST"]
COLUMNS = (
    Column("who", "Who", order_by="user__name", value="user.name"),
    Column("reference", "Closed record", order_by="person__reference", value="person.reference"),
    Column("tie", "What connects them", order_by="tie", value="tie"),
    Column("words", "More about it", value="words"),
    Column("since", "Since", order_by="since", value="since"),
    Column("until", "Ended on", order_by="until", value="until"),
    Column(
        "end",
        "Change",
        value=lambda row: "" if row.until else "No longer holds",
        link=lambda row: row.end_path(),
    ),
)


@require(Permission.TEAM_VIEW)
@require_GET
def conflicts(request):
    """The conflicts of interest in the organisations that the user manages, open ones first."""
    rows = (
        Conflict.objects.visible_to(request.user)
        .select_related("user", "person")
        .order_by("-until", "-since", "pk")
    )
    return list_page(
        request, rows, columns=COLUMNS, template="people/conflicts.html", title="Conflicts of interest",
        export_name="conflicts-of-interest", person="person_id", noun=("conflict", "conflicts"),
        empty="Nobody in your team or scheme has declared one.",
    )  # fmt: skip


@signed_in
@require_http_methods(BOTH)
def declare(request):
    """For oneself; for those whom one manages. The record is named by its reference, and stays closed here."""
    initial = {"reference": request.GET.get("reference", "")[:12], "user": request.user.pk}
    form = forms.ConflictForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.declare_conflict, by=request.user)
    return form_page(
        request, form=form, action=action, to="home", template="people/declare_conflict.html",
        done="Recorded. The record is closed from now on.",
    )  # fmt: skip


@require(Permission.TEAM_VIEW)
@require_http_methods(BOTH)
def end(request, pk):
    rows = Conflict.objects.current(timezone.localdate()).visible_to(request.user).exclude(user=request.user)
    row = get_object_or_404(rows.select_related("user", "person"), pk=pk)
    request.looked_at([row.person_id])
    form = forms.EndConflictForm(request.POST or None, user=request.user, row=row)

    def action(because):
        return actions.end_conflict(conflict=row, because=because, by=request.user, version=form.opened_on())

    return form_page(
        request, form=form, action=action, to="people:conflicts", template="people/end_conflict.html",
        done="Recorded. The record is open to them as to their colleagues.", conflict=row,
    )  # fmt: skip
