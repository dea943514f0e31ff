"""Teams merge, split and close: the administrator asks, the receiving manager accepts, thirty days to undo."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people import actions, forms
from people.models import Answer, Organisation, OrganisationChange
from people.models.handover import managed_teams
from people.models.organisation import current
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, Role, has_permission, needs, require, signed_in

BOTH = ["GET", "POST"]
SHOWN = 100  # references on a page; the count is of all
COLUMNS = (
    Column("name", "Team", order_by="name", link=lambda team: team.change_address),
    Column("council", "Council", order_by="council__name", value="council"),
    Column("managers", "Managers", order_by="managers", value="managers", numeric=True),
    Column("workers", "Members", order_by="workers", value="workers", numeric=True),
    Column("people", "People funded", order_by="people", value="people", numeric=True),
)


@require(Permission.ADMINISTER)
@require_GET
def teams(request):
    """Every open team with what it holds, and the changes of teams so far."""
    today = timezone.localdate()
    now = current(today, "memberships__")
    funded = current(today, "involvements__") & Q(involvements__role="funds")
    rows = Organisation.objects.teams().current(today).select_related("council").annotate(
        managers=Count("memberships", filter=now & Q(memberships__role=Role.TEAM_MANAGER), distinct=True),
        workers=Count("memberships__user", filter=now, distinct=True),
        people=Count("involvements", filter=funded, distinct=True),
    )  # fmt: skip
    changes = OrganisationChange.objects.select_related("team", "to")[:20]
    return list_page(
        request, rows, columns=COLUMNS, template="people/teams.html", title="Teams", export_name="teams",
        context={"changes": changes}, noun=("team", "teams"),
    )  # fmt: skip


@require(Permission.ADMINISTER)
@require_http_methods(BOTH)
def change_team(request, pk):
    """What shall happen to a team; then what that would move; only the second answer asks for it."""
    team = get_object_or_404(Organisation.objects.teams().current(timezone.localdate()), pk=pk)
    form = forms.TeamChangeForm(request.POST or None, user=request.user, team=team)
    if request.method == "POST" and "confirmed" not in request.POST and form.is_valid():
        return previewed(request, form, team)
    action = partial(actions.ask_change, team=team, by=request.user)
    return form_page(
        request, form=form, action=action, template="people/change_team.html", team=team,
        done="Asked. It is carried out when the manager of the other team accepts.",
    )  # fmt: skip


def previewed(request, form, team):
    asked = form.facts()
    preview = actions.preview_change(kind=asked["kind"], team=team, workers=asked["workers"])
    typed = [
        (k, v)
        for k in request.POST
        for v in request.POST.getlist(k)
        if k not in ("csrfmiddlewaretoken", "submit")
    ]
    context = {
        "team": team,
        "to": asked["to"],
        "kind": OrganisationChange.Kind(asked["kind"]).label,
        "typed": typed,
    }
    return render(request, "people/preview_change.html", context | shown(request, preview))


def shown(request, preview):
    """The preview as a page shows it: references, never names of people."""
    rows = list(preview.involvements[:SHOWN])
    request.looked_at(row.person_id for row in rows)
    return {"preview": preview, "rows": rows, "members": list(preview.memberships)}


@signed_in
@require_GET
def change(request, pk):
    """One change: what it would move, or what it moved and what undoing it left."""
    row = change_or_404(request, pk)
    today = timezone.localdate()
    administers = has_permission(request.user, Permission.ADMINISTER)
    context = {
        "change": row,
        "may_answer": row.state == Answer.ASKED and answers_for(request.user, row),
        "may_withdraw": row.state == Answer.ASKED and administers,
        "may_undo": administers and actions.may_undo(row, today),
    }
    if row.state == Answer.ASKED:
        preview = actions.preview_change(kind=row.kind, team=row.team, workers=row.workers.all())
        return render(request, "people/change.html", context | shown(request, preview))
    moves = row.moves.exclude(was=None)
    context |= {
        "people_moved": moves.count(),
        "members_moved": row.moves.exclude(member_was=None).count(),
        "left": row.moves.exclude(left_because="").select_related("was__person", "member_was__user")[:SHOWN],
    }
    return render(request, "people/change.html", context)


@require(Permission.HANDOVER_ACCEPT)
@require_http_methods(BOTH)
def accept_change(request, pk):
    row = to_answer(request, pk)
    form = forms.AcceptChangeForm(request.POST or None, user=request.user, row=row)

    def action(answer):
        return actions.accept_change(change=row, answer=answer, by=request.user, version=form.opened_on())

    return form_page(
        request, form=form, action=action, template="people/accept_change.html", change=row,
        done="Accepted and carried out. Their people and their open work are with your team now.",
    )  # fmt: skip


@require(Permission.HANDOVER_ACCEPT)
@require_http_methods(BOTH)
def decline_change(request, pk):
    row = to_answer(request, pk)
    form = forms.DeclineForm(request.POST or None, user=request.user, row=row)
    action = partial(actions.decline_change, change=row, by=request.user)
    return form_page(
        request, form=form, action=action, template="people/decline_change.html", change=row,
        done="Declined. Nothing has moved, and the administrator is told.",
    )  # fmt: skip


@require(Permission.ADMINISTER)
@require_http_methods(BOTH)
def withdraw_change(request, pk):
    row = change_or_404(request, pk)
    form = forms.WithdrawForm(request.POST or None, user=request.user, row=row)
    action = partial(actions.withdraw_change, change=row, by=request.user)
    return form_page(
        request, form=form, action=action, template="people/withdraw_change.html", change=row, done="Withdrawn.",
    )  # fmt: skip


@require(Permission.ADMINISTER)
@require_http_methods(BOTH)
def undo_change(request, pk):
    row = change_or_404(request, pk)
    form = forms.UndoForm(request.POST or None, user=request.user, row=row)

    def action():
        return actions.undo_change(change=row, by=request.user, version=form.opened_on())

    return form_page(
        request, form=form, action=action, template="people/undo_change.html", change=row,
        done="Undone. What had changed since stayed, and is listed below.",
    )  # fmt: skip


def change_or_404(request, pk):
    rows = OrganisationChange.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("team", "to__council", "asked_by", "answered_by", "undone_by"), pk=pk
    )


def answers_for(user, row):
    return managed_teams(user).filter(pk=row.to_id).exists()


def to_answer(request, pk):
    row = change_or_404(request, pk)
    if not answers_for(request.user, row):
        raise PermissionDenied(needs(Permission.HANDOVER_ACCEPT))
    return row
