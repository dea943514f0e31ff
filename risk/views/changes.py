"""Checks between two versions, changes that a scheme noticed, and needs that somebody foresees."""

from functools import partial

from django.db.models import F
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from careplans.access import row_allowed
from people.access import person_or_404, row_or_404
from people.visibility import Level
from risk import actions, forms, queries
from risk.models import ChangeNoticed, ForeseenNeed, LookAgain, RiskAssessment, RiskCheck
from risk.sections import written
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .assessment import with_risks

BOTH = ["GET", "POST"]
UNANSWERED_FIRST = F("answered_on").desc(nulls_first=True)
COLUMNS = (
    Column("noticed", "Noticed", order_by="noticed_on", value="noticed_on", link=lambda row: row.get_absolute_url()),
    Column("person", "Person", order_by="person__sort_name", value="person.known_as"),
    Column("kind", "What", order_by="kind", value="kind"),
    Column("scheme", "Noticed by", order_by="organisation__name", value="organisation"),
    Column("due", "To be answered by", order_by="due_on", value="due_on"),
    Column("age", "Waiting for", value=lambda row: waits(row)),
    Column("state", "State", value=lambda row: "answered" if row.answered_on else "waiting", tag=True),
)  # fmt: skip


def waits(row):
    """How long nobody has answered, in days since it was noticed."""
    days = (timezone.localdate() - row.noticed_on).days
    return "" if row.answered_on else f"{days} day{'' if days == 1 else 's'}"


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def still_right(request, pk):
    """Checked with the person, still right: one click for the whole assessment."""
    rows = RiskAssessment.objects.visible_to(request.user).latest_version().filter(person__isnull=False)
    row = row_or_404(
        request,
        with_risks(rows.select_related("person", "organisation__council", "scale")),
        pk,
        Permission.RISK_WRITE,
    )
    again = queries.unchanged_before(row)
    form = forms.StillRightForm(request.POST or None, user=request.user, asks_why=again)
    return form_page(
        request, form=form, action=partial(actions.still_right, assessment=row, by=request.user),
        template="risk/still_right.html", done="Noted. Its next date follows your council’s policy.", to=row,
        person=row.person, assessment=row, sections=written(row),
    )  # fmt: skip


def to_version(model, request, pk):
    """From what falls due about a version to the page of that version."""
    row = row_or_404(
        request, model.objects.visible_to(request.user).select_related("person"), pk, Permission.RISK_VIEW
    )
    return redirect("risk:assessment", row.assessment_id)


@require(Permission.RISK_VIEW)
@require_GET
def check(request, pk):
    return to_version(RiskCheck, request, pk)


@require(Permission.RISK_VIEW)
@require_GET
def wanted(request, pk):
    return to_version(LookAgain, request, pk)


@require(Permission.RISK_VIEW)
@require_GET
def changes(request):
    """What schemes noticed: unanswered ones first, oldest first."""
    filters = forms.ChangesFilter(request.GET)
    rows = filters.narrow(
        ChangeNoticed.objects.visible_to(request.user).select_related("person", "organisation")
    )
    return list_page(
        request, rows.order_by(UNANSWERED_FIRST, "noticed_on", "pk"), columns=COLUMNS, title="Changes noticed",
        filters=filters, export_name="changes", person="person_id", noun=("change", "changes"),
        empty="No change was noticed. A scheme worker says so from the person’s page.",
    )  # fmt: skip


@require(Permission.CHANGE_WRITE)
@require_http_methods(BOTH)
def notice(request, person):
    """The scheme says that something has changed."""
    person = person_or_404(request, person, Permission.CHANGE_WRITE, least=Level.SUPPORTS)
    form = forms.ChangeForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.notice_change, person=person, by=request.user),
        template="risk/notice_change.html", done="The care manager has it. You will read the answer here.", person=person,
    )  # fmt: skip


@require(Permission.RISK_VIEW)
@require_GET
def change(request, pk):
    """One change, and its answer."""
    rows = ChangeNoticed.objects.visible_to(request.user)
    rows = rows.select_related("person", "organisation", "noticed_by", "answered_by")
    row, may = row_allowed(request, rows, pk, Permission.RISK_VIEW)
    return render(request, "risk/change.html", {"change": row, "person": row.person, "may": may})


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def answer(request, pk):
    """The council answers a change."""
    rows = ChangeNoticed.objects.visible_to(request.user).select_related("person", "organisation")
    row = row_or_404(request, rows, pk, Permission.RISK_WRITE)
    form = forms.AnswerChangeForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.answer_change, change=row, by=request.user),
        template="risk/answer_change.html", done="Answered. The scheme can read it.", person=row.person, change=row,
    )  # fmt: skip


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def foresee(request, person):
    """Write down a need that will come."""
    person = person_or_404(request, person, Permission.RISK_WRITE, least=Level.FUNDS)
    needs = ForeseenNeed.objects.visible_to(request.user).open().filter(person=person).select_related("owner")
    form = forms.ForeseeForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.foresee, person=person, by=request.user), template="risk/foresee.html",
        done="Saved. You are asked to look again on that day.", to=reverse("risk:overview", args=[person.pk]), person=person, needs=needs,
    )  # fmt: skip


def need_or_404(request, pk):
    rows = (
        ForeseenNeed.objects.visible_to(request.user).open().select_related("person", "organisation", "owner")
    )
    return row_or_404(request, rows, pk, Permission.RISK_WRITE)


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def foreseen(request, pk):
    """Look at a foreseen need again: other words, another date."""
    row = need_or_404(request, pk)
    form = forms.ForeseeForm(request.POST or None, user=request.user, row=row, initial={"words": row.words})
    return form_page(
        request, form=form, action=partial(actions.foresee, person=row.person, need=row, by=request.user),
        template="risk/foresee.html", done="Saved.", to=reverse("risk:overview", args=[row.person_id]),
        person=row.person, need=row,
    )  # fmt: skip


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def close_need(request, pk):
    """What came of a foreseen need."""
    row = need_or_404(request, pk)
    form = forms.CloseNeedForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.close_need, need=row, by=request.user),
        template="risk/close_need.html", done="Closed.", to=reverse("risk:overview", args=[row.person_id]),
        person=row.person, need=row,
    )  # fmt: skip
