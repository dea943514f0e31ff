"""Bringing in what there is: send a file, name its columns, look, confirm, mend what is wrong in place."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from sharedlives.documents.spreadsheet import csv_response
from sharedlives.documents.tables import check_size
from sharedlives.documents.uploads import announced_too_much
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, needs, require

from . import actions, forms, queries
from .kinds import REGISTRY, kinds_for, organisations_for
from .models import BringIn, BringInRow

P = Permission
BOTH = ["GET", "POST"]
FILES = (
    Column("file", "File", order_by="filename", value="filename", link=lambda file: file.get_absolute_url()),
    Column("kind", "What it holds", order_by="kind", value=lambda file: file.spec.title),
    Column("for", "For", order_by="organisation_name", value="organisation_name"),
    Column("at", "Received", order_by="uploaded_at", value="uploaded_at"),
    Column("by", "From", value="uploaded_by"),
    Column("state", "State", order_by="state", value="state"),
)
ROWS = (
    Column("number", "Row", order_by="number", numeric=True, link=lambda row: row.get_absolute_url()),
    Column("said", "What it says", value="said"),
    Column("state", "What became of it", order_by="state", value="state", tag=True),
    Column("says", "More", value=lambda row: row.says or " ".join(row.problems.values())),
)


@require(P.BRING_IN)
@require_GET
def home(request):
    """The files that were brought in, and what can be brought in, in the order in which to go live."""
    files = BringIn.objects.visible_to(request.user).select_related("uploaded_by")
    return list_page(
        request, files, columns=FILES, template="bringin/home.html", title="Bring in what you have",
        noun=("file", "files"), context={"kinds": kinds_for(request.user)}, empty="No file has been sent yet.",
    )  # fmt: skip


def kind_or_404(request, slug):
    """A kind of file that the user may bring in. Raises Http404, or PermissionDenied where it is not their job."""
    if slug not in REGISTRY:
        raise Http404
    kind = REGISTRY[slug]
    if not organisations_for(request.user, kind):
        raise PermissionDenied(needs(kind.permission))
    return kind


@require(P.BRING_IN)
@require_GET
def template(request, slug):
    """A file to fill in: the headings, and one made-up example that shows how each cell is written."""
    kind = kind_or_404(request, slug)
    example = [column.example for column in kind.columns]
    return csv_response(f"template-{kind.slug}", [column.heading for column in kind.columns], [example])


@csrf_exempt
@require(P.BRING_IN)
@require_http_methods(BOTH)
def send(request, slug):
    """Send a file. One that is too big is refused by its announced size: `checked_send` has the CSRF check, which parses."""
    announced = announced_too_much(request, settings.ROSTER_MAX_BYTES)
    return too_big(request, slug, announced) if announced else checked_send(request, slug)


def too_big(request, slug, announced):
    kind = kind_or_404(request, slug)
    form = forms.SendForm({}, user=request.user, places=organisations_for(request.user, kind))
    form.errors.clear()
    try:
        check_size(announced, settings.ROSTER_MAX_BYTES)
    except ValidationError as refused:
        form.refuse(refused)
    return render(request, "bringin/send.html", {"form": form, "kind": kind}, status=413)


@csrf_protect
def checked_send(request, slug):
    kind = kind_or_404(request, slug)
    places = organisations_for(request.user, kind)
    form = forms.SendForm(request.POST or None, request.FILES or None, user=request.user, places=places)
    action = partial(actions.receive, kind=kind, by=request.user)
    return form_page(
        request, form=form, action=action, template="bringin/send.html", to=after_step, kind=kind
    )


checked_send.permission = P.BRING_IN


def after_step(bring_in):
    """Where a file goes on: to its columns while they are not named, else to its rows."""
    asks = bring_in.state == BringIn.State.COLUMNS
    return reverse("bringin:columns", args=[bring_in.pk]) if asks else bring_in


def file_or_404(request, pk):
    found = (
        BringIn.objects.visible_to(request.user).select_related("uploaded_by", "confirmed_by").filter(pk=pk)
    )
    row = found.first()
    if row is None:
        raise Http404
    return row


@require(P.BRING_IN)
@require_http_methods(BOTH)
def columns(request, pk):
    """Which column is this? Asked once for headings that are not known; remembered for the next file."""
    bring_in = file_or_404(request, pk)
    if bring_in.state != BringIn.State.COLUMNS:
        raise Http404
    form = forms.ColumnsForm(request.POST or None, user=request.user, bring_in=bring_in)
    action = partial(actions.name_columns, bring_in=bring_in, by=request.user)
    return form_page(
        request,
        form=form,
        action=action,
        template="bringin/columns.html",
        bring_in=bring_in,
        kind=bring_in.spec,
    )


@require(P.BRING_IN)
@require_GET
def file(request, pk):
    """One file: how its rows stand, and what can be done next."""
    bring_in = file_or_404(request, pk)
    form = forms.RowFilterForm(request.GET)
    rows = bring_in.rows.select_related("bring_in")
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    counted = queries.counts(bring_in)
    context = {
        "bring_in": bring_in, "sentence": queries.sentence(counted), "new": counted.get("new", 0),
        "to_mend": counted.get("mend", 0), "to_decide": counted.get("decide", 0),
        "next": BringInRow.objects.open().filter(bring_in=bring_in).order_by("number").first(),
    }  # fmt: skip
    return list_page(
        request, rows, columns=ROWS, template="bringin/file.html", title=str(bring_in), filters=form, context=context,
        export_name="rows-brought-in", noun=("row", "rows"),
    )  # fmt: skip


def file_form(request, pk, form_class, action, name, done):
    bring_in = file_or_404(request, pk)
    form = form_class(request.POST or None, user=request.user, row=bring_in)
    return form_page(
        request, form=form, action=partial(action, bring_in=bring_in, by=request.user), done=done,
        template=f"bringin/{name}.html", to=bring_in, bring_in=bring_in, counted=queries.counts(bring_in),
    )  # fmt: skip


@require(P.BRING_IN)
@require_http_methods(BOTH)
def confirm(request, pk):
    done = "Confirmed. What became of each row stands below."
    return file_form(request, pk, forms.ConfirmForm, actions.confirm, "confirm", done)


@require(P.BRING_IN)
@require_http_methods(BOTH)
def put_aside(request, pk):
    done = "The file was put aside. Nothing of it was brought in."
    return file_form(request, pk, forms.PutAsideForm, actions.put_aside, "put_aside", done)


# -- Rows -----------------------------------------------------------------------------------------


def row_or_404(request, pk, *states):
    """A row of a file that the user may see, in one of some states. Notes the records that it may be, for the access log."""
    rows = BringInRow.objects.visible_to(request.user).select_related("bring_in", "touched_by")
    found = rows.filter(pk=pk, state__in=states or BringInRow.State.values).first()
    if found is None:
        raise Http404
    request.looked_at(queries.seen_candidates(found))
    return found


def onward(row):
    """After a row was settled: to the next one that is open, else back to the file."""
    if row.state == row.State.MEND:
        return row.get_absolute_url()
    following = queries.next_open(row)
    return following.get_absolute_url() if following else row.bring_in.get_absolute_url()


def shown(row):
    """[(heading, as it came, as it stands now)] of the cells of a row."""
    came = {key: row.raw[int(n)] for n, key in row.bring_in.columns.items() if int(n) < len(row.raw)}
    kind = row.bring_in.spec
    cells = row.cells or came
    return [
        (column.heading, came.get(column.key, ""), cells.get(column.key, ""))
        for column in kind.columns
        if came.get(column.key) or cells.get(column.key)
    ]


@require(P.BRING_IN)
@require_http_methods(BOTH)
def row(request, pk):
    """One row: what it says, what became of it; where cells are wrong, a box for each, with what is wrong beside it."""
    found = row_or_404(request, pk)
    to_mend = found.state == BringInRow.State.MEND
    everything = "all" in request.GET
    form = forms.MendForm(
        request.POST or None, user=request.user, mended=found, everything=everything
    ) if to_mend else None  # fmt: skip
    context = {"said": found, "cells": shown(found), "everything": everything}
    if to_mend and request.method == "POST":
        return form_page(
            request, form=form, action=partial(tried_again, request, found), template="bringin/row.html",
            to=onward, **context,
        )  # fmt: skip
    if to_mend:
        form.show_problems()
    return render(request, "bringin/row.html", {"form": form, **context})


def tried_again(request, found, *, cells):
    mended = actions.mend(row=found, cells=cells, by=request.user)
    if mended.state == BringInRow.State.MEND:
        messages.warning(request, f"Row {mended.number} was saved. It still needs mending.")
    else:
        messages.success(request, f"Row {mended.number}: {mended.get_state_display().lower()}.")
    return mended


@require(P.BRING_IN)
@require_http_methods(BOTH)
def decide(request, pk):
    """Is this somebody who has a record already?"""
    found = row_or_404(request, pk, BringInRow.State.DECIDE)
    form = forms.DecideForm(request.POST or None, user=request.user, decided=found)
    return form_page(
        request, form=form, action=partial(actions.decide, row=found, by=request.user), to=onward,
        template="bringin/decide.html", done="Decided.", said=found, cells=shown(found),
    )  # fmt: skip


@require(P.BRING_IN)
@require_http_methods(BOTH)
def leave_out(request, pk):
    found = row_or_404(request, pk, *BringInRow.OPEN)
    form = forms.LeaveOutForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.leave_out, row=found, by=request.user), to=onward,
        template="bringin/leave_out.html", done="Left out, with your reason.", said=found, cells=shown(found),
    )  # fmt: skip
