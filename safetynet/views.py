"""What has to be sorted out, lists that were sent, and the decisions about both."""

from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from people.models import Person
from sharedlives.documents.uploads import announced_too_much
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, has_permission, needs, require
from sharedlives.records.history import story

from . import actions, columns, errors, files, forms, queries
from .models import Flag, LinkDecision, Roster, RosterRow, RosterSource
from .words import about, words

P = Permission
BOTH = ["GET", "POST"]
PASSED = "Passed to the council"
COLUMNS = (
    Column("what", "What", value=lambda flag: words(flag).says, link=lambda flag: flag.get_absolute_url()),
    Column("about", "About", value=about),
    Column("found", "Found", order_by="found_on", value="found_on"),
    Column("days", "Days", value=lambda flag: flag.age(timezone.localdate()), numeric=True),
    Column("organisation", "Who answers", order_by="owner_organisation__name", value="owner_organisation"),
    Column(
        "who",
        "Who sees to it",
        order_by="owner_user__name",
        value=lambda flag: flag.owner_user or "Nobody yet",
    ),
    Column("not_yet", "Not yet, because", value="not_yet_because"),
)


@require(P.FLAG_VIEW)
@require_GET
def flags(request):
    """To sort out: what is open, oldest first; the numbers by age lead to the rows they counted."""
    today = timezone.localdate()
    seen = Flag.objects.visible_to(request.user)
    form = forms.FlagFilterForm(request.GET)
    counted = queries.ages(seen.open(), today)
    rows = queries.narrowed(seen, form, request.user, today).select_related(*queries.WITH_SUBJECT)
    return list_page(
        request, rows, columns=COLUMNS, template="safetynet/flags.html", title="To sort out", filters=form,
        context={"ages": [(name, words, counted[name]) for name, words in forms.AGES[1:]], "may": may(request.user)},
        export_name="to-sort-out", noun=("thing to sort out", "things to sort out"), person="about_id",
        empty="Nothing has to be sorted out.",
    )  # fmt: skip


def may(user):
    """What the pages offer besides the list."""
    return {"lists": has_permission(user, P.ROSTER_UPLOAD), "decide": has_permission(user, P.LINK_DECIDE)}


def flag_or_404(request, pk, permission):
    """A flag for a page. Notes whom it shows; Http404 when it is not the user's, PermissionDenied when not their job."""
    rows = Flag.objects.visible_to(request.user).select_related(*queries.WITH_SUBJECT, "closed_by", "council")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    request.looked_at(pk for pk in (row.about_id, row.other_person_id) if pk)
    if (
        permission != P.FLAG_VIEW
        and not Flag.objects.visible_to(request.user, permission).filter(pk=pk).exists()
    ):
        raise PermissionDenied(needs(permission))
    return row


@require(P.FLAG_VIEW)
@require_GET
def flag(request, pk):
    row = flag_or_404(request, pk, P.FLAG_VIEW)
    person = Person.objects.visible_to(request.user).filter(pk=row.about_id).first()
    held = queries.held(request.user, row, (P.FLAG_CLOSE, P.LINK_DECIDE, P.TEAM_VIEW))
    context = {
        "flag": row,
        "words": words(row),
        "about": about(row),
        "person": person,
        "days": row.age(timezone.localdate()),
        "may": {permission.name: True for permission in held},
        "story": story(row),
    }
    return render(request, "safetynet/flag.html", context)


def flag_form(request, row, form, action, name, done):
    """A form about one flag, back to the flag's page."""
    context = {"flag": row, "words": words(row), "about": about(row)}
    return form_page(
        request, form=form, action=action, template=f"safetynet/{name}.html", to=row, done=done, **context
    )


@require(P.FLAG_VIEW)
@require_http_methods(BOTH)
def take(request, pk):
    row = flag_or_404(request, pk, P.FLAG_VIEW)
    form = forms.TakeForm(request.POST or None, user=request.user, row=row)
    return flag_form(
        request, row, form, partial(actions.take, flag=row, by=request.user), "take", "You see to it now."
    )


@require(P.FLAG_VIEW)
@require_http_methods(BOTH)
def assign(request, pk):
    row = flag_or_404(request, pk, P.FLAG_VIEW)
    if not queries.held(request.user, row, (P.TEAM_VIEW, P.LINK_DECIDE)):
        raise PermissionDenied(needs(P.TEAM_VIEW))
    form = forms.AssignForm(
        request.POST or None, user=request.user, row=row, initial={"owner_user": row.owner_user}
    )
    action = partial(actions.assign, flag=row, by=request.user)
    return flag_form(request, row, form, action, "assign", "Recorded.")


@require(P.FLAG_VIEW)
@require_http_methods(BOTH)
def not_yet(request, pk):
    row = flag_or_404(request, pk, P.FLAG_VIEW)
    form = forms.NotYetForm(
        request.POST or None, user=request.user, row=row, initial={"because": row.not_yet_because}
    )
    action = partial(actions.not_yet, flag=row, by=request.user)
    return flag_form(request, row, form, action, "not_yet", "It stays open, with your reason.")


@require(P.FLAG_CLOSE)
@require_http_methods(BOTH)
def close(request, pk):
    row = flag_or_404(request, pk, P.FLAG_CLOSE)
    form = forms.CloseForm(request.POST or None, user=request.user, row=row)
    action = partial(actions.close, flag=row, by=request.user)
    return flag_form(request, row, form, action, "close", "Closed, with your reason.")


@require(P.LINK_DECIDE)
@require_http_methods(BOTH)
def records(request, pk):
    """Two records side by side: one person or two?"""
    row = flag_or_404(request, pk, P.LINK_DECIDE)
    if row.kind != Flag.Kind.DUPLICATE:
        raise Http404
    pair, reasons = queries.two_records(request.user, row)
    linked = row.closed_because == Flag.Because.SAME_PERSON
    form_class = forms.UndoForm if linked else forms.RecordsForm
    form = form_class(request.POST or None, user=request.user, row=row)
    action = partial(actions.unlink_records if linked else actions.decide_records, flag=row, by=request.user)
    return form_page(
        request, form=form, action=action, template="safetynet/records.html", to=reverse("safetynet:flags"),
        done="Decided, and remembered.", flag=row, pair=pair, reasons=reasons, linked=linked,
    )  # fmt: skip


# -- Lists ----------------------------------------------------------------------------------------

LISTS = (
    Column("source", "List", order_by="source__name", value="source.name", link=lambda roster: roster.get_absolute_url()),
    Column("at", "Received", order_by="uploaded_at", value="uploaded_at"),
    Column("by", "From", value=lambda roster: roster.uploaded_by or "A transfer overnight"),
    Column("rows", "Rows", order_by="row_count", value="row_count", numeric=True),
    Column("refused", "Refused", order_by="refused_count", value="refused_count", numeric=True),
    Column("newest", "Newest", value=lambda roster: roster.replaced_at is None),
)  # fmt: skip


@require(P.ROSTER_UPLOAD)
@require_GET
def rosters(request):
    """Lists that were sent; and who may send one until when."""
    sent = Roster.objects.visible_to(request.user).select_related("source", "uploaded_by")
    sources = RosterSource.objects.visible_to(request.user).select_related("organisation")
    return list_page(
        request, sent, columns=LISTS, template="safetynet/rosters.html", title="Lists", noun=("list", "lists"),
        context={"sources": sources, "today": timezone.localdate()}, empty="No list has been sent yet.",
    )  # fmt: skip


@csrf_exempt
@require(P.ROSTER_UPLOAD)
@require_http_methods(BOTH)
def upload(request):
    """Send a list. A file that is too big is refused by its announced size, before it is parsed or kept.

    For that the CSRF check, which parses the form, comes one step later than usual: `checked_upload` has it.
    """
    announced = announced_too_much(request, settings.ROSTER_MAX_BYTES)
    return too_big(request, announced) if announced else checked_upload(request)


def too_big(request, announced):
    """The refusal of a file by its size."""
    form = forms.UploadForm({}, user=request.user)
    form.errors.clear()
    try:
        files.check_size(announced, settings.ROSTER_MAX_BYTES)
    except ValidationError as refused:
        form.refuse(refused)
    return render(request, "safetynet/upload.html", {"form": form, "columns": columns.COLUMNS}, status=413)


@csrf_protect
def checked_upload(request):
    form = forms.UploadForm(request.POST or None, request.FILES or None, user=request.user)

    def take_in(*, source, file):
        return actions.receive(source=source, content=file.read(), filename=file.name, by=request.user)

    return form_page(
        request, form=form, action=take_in, template="safetynet/upload.html", columns=columns.COLUMNS,
        done="The list was taken in. What became of each row stands below.",
    )  # fmt: skip


checked_upload.permission = P.ROSTER_UPLOAD


def became(row):
    """What became of a row, for this reader: never more than `queries.rows_for` says they may know."""
    if row.state == RosterRow.State.REFUSED:
        return f"Refused: {row.why_refused}"
    return row.get_state_display() if row.shown else PASSED


ROWS = (
    Column("number", "Row", order_by="number", numeric=True),
    Column("name", "Name in the list", order_by=("family_name", "given_name"), value="said_by_list"),
    Column("born", "Born", order_by="date_of_birth", value="date_of_birth"),
    Column("service", "Service", order_by="service", value="service"),
    Column("became", "What became of it", value=became),
    Column("notes", "Noted while reading", value=lambda row: " ".join(row.notes)),
)
DECIDING = Column(
    "decide", "Decide", value=lambda row: "Compare" if row.state != RosterRow.State.REFUSED else "",
    link=lambda row: row.state != RosterRow.State.REFUSED and reverse("safetynet:decide", args=[row.pk]),
)  # fmt: skip


@require(P.ROSTER_UPLOAD)
@require_GET
def roster(request, pk):
    """One list, row by row, as far as its reader may know what became of a row."""
    sent = (
        Roster.objects.visible_to(request.user)
        .select_related("source__organisation", "uploaded_by")
        .filter(pk=pk)
    )
    row = sent.first()
    if row is None:
        raise Http404
    decides = queries.decides(request.user, row)
    form = forms.RowFilterForm(request.GET, decides=decides)
    found = queries.narrowed_rows(queries.rows_for(request.user, row, timezone.localdate()), form)
    return list_page(
        request, found, columns=(*ROWS, DECIDING) if decides else ROWS, template="safetynet/roster.html",
        title=str(row.source), filters=form, context={"roster": row, "decides": decides}, export_name="list-outcomes",
        noun=("row", "rows"), person="linked_person",
    )  # fmt: skip


def row_or_404(request, pk):
    """A row to decide about. Notes the persons whom the page shows. Raises Http404."""
    found = (
        RosterRow.objects.to_decide(request.user).select_related("roster__source__organisation").filter(pk=pk)
    )
    row = found.first()
    if row is None:
        raise Http404
    compared = queries.comparisons(request.user, row)
    request.looked_at(one["person"].pk for one in compared if one["person"])
    return row, compared


@require(P.LINK_DECIDE)
@require_http_methods(BOTH)
def decide(request, pk):
    """A row beside whom it may be, with the reasons in words: the same person, or not."""
    row, compared = row_or_404(request, pk)
    linked = row.state == RosterRow.State.LINKED
    form = forms.DecideForm(request.POST or None, user=request.user, row=row, compared=compared)
    return form_page(
        request, form=form, action=partial(actions.decide, row=row, by=request.user), template="safetynet/decide.html",
        to=reverse("safetynet:flags"), done="Decided, and remembered for the next list.",
        said=row, compared=compared, linked=linked, may_undo=linked and has_permission(request.user, P.LINK_DECIDE),
    )  # fmt: skip


@require(P.LINK_DECIDE)
@require_http_methods(BOTH)
def undo(request, pk):
    """A link was wrong."""
    row, compared = row_or_404(request, pk)
    decision = LinkDecision.objects.linked().filter(row=row).first()
    if decision is None:
        raise Http404
    form = forms.UndoForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.undo, decision=decision, by=request.user),
        template="safetynet/undo.html", to=lambda again: reverse("safetynet:decide", args=[again.pk]),
        done="The link is undone. The row was compared again.", said=row, compared=compared,
    )  # fmt: skip


@require(P.LINK_DECIDE)
@require_GET
def entered_in_error(request, kind):
    """What was entered on a wrong record, why, and who holds a copy. Hidden from everybody but the data officer."""
    if kind not in errors.KINDS:
        raise Http404
    title = errors.KINDS[kind].title
    return list_page(
        request, errors.rows(request.user, kind), columns=errors.columns(kind), title=title,
        template="safetynet/entered_in_error.html", export_name=f"entered-in-error-{kind}",
        context={"kinds": errors.KINDS.items()}, person="about", noun=("version", "versions"), empty="Nothing was entered in error.",
    )  # fmt: skip
