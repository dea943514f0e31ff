"""One person passes to another team: ask, accept, decline, withdraw."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people import actions, forms
from people.access import can, person_or_404
from people.models import Answer, Handover
from people.models.handover import managed_teams
from people.queries import funding_team
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, needs, require, signed_in

BOTH = ["GET", "POST"]


@require(Permission.HANDOVER_ASK)
@require_http_methods(BOTH)
def ask_handover(request, pk):
    """Ask another team to take over. Who asked already is led to the question that waits."""
    person = person_or_404(request, pk, Permission.HANDOVER_ASK)
    team = funding_team(person, timezone.localdate())
    if team is None:
        raise Http404
    form = forms.HandoverForm(request.POST or None, user=request.user, team=team)
    action = partial(actions.ask_handover, person=person, by=request.user)
    waiting = Handover.objects.open().filter(person=person).first()
    return form_page(
        request, form=form, action=action, template="people/ask_handover.html", person=person, team=team, waiting=waiting,
        done="Asked. Your team stays responsible until the other team accepts.",
    )  # fmt: skip


@signed_in
@require_GET
def handover(request, pk):
    """The question, its answer, and what may be done. Nothing of the record itself."""
    row = handover_or_404(request, pk)
    mine = can(request.user, Permission.PERSON_VIEW, row.person)
    context = {
        "handover": row,
        "person": row.person if mine else None,
        "may_answer": row.state == Answer.ASKED and answers_for(request.user, row),
        "may_withdraw": row.state == Answer.ASKED and can(request.user, Permission.HANDOVER_ASK, row.person),
    }
    return render(request, "people/handover.html", context)


@require(Permission.HANDOVER_ACCEPT)
@require_http_methods(BOTH)
def accept_handover(request, pk):
    row = to_answer(request, pk)
    form = forms.AcceptHandoverForm(request.POST or None, user=request.user, row=row, team=row.to)

    def action(worker, answer):
        facts = {"worker": worker, "answer": answer, "version": form.opened_on()}
        return actions.accept_handover(handover=row, by=request.user, **facts)

    return form_page(
        request, form=form, action=action, template="people/accept_handover.html", handover=row,
        done="Accepted. The person is now one of your team’s people.",
    )  # fmt: skip


@require(Permission.HANDOVER_ACCEPT)
@require_http_methods(BOTH)
def decline_handover(request, pk):
    row = to_answer(request, pk)
    form = forms.DeclineForm(request.POST or None, user=request.user, row=row)
    action = partial(actions.decline_handover, handover=row, by=request.user)
    return form_page(
        request, form=form, action=action, template="people/decline_handover.html", handover=row,
        done="Declined. The team that asked is told, and stays responsible.",
    )  # fmt: skip


@require(Permission.HANDOVER_ASK)
@require_http_methods(BOTH)
def withdraw_handover(request, pk):
    row = handover_or_404(request, pk)
    if not can(request.user, Permission.HANDOVER_ASK, row.person):
        raise Http404
    form = forms.WithdrawForm(request.POST or None, user=request.user, row=row)
    action = partial(actions.withdraw_handover, handover=row, by=request.user)
    return form_page(
        request, form=form, action=action, template="people/withdraw_handover.html", handover=row, done="Withdrawn.",
    )  # fmt: skip


def handover_or_404(request, pk):
    rows = Handover.objects.visible_to(request.user).select_related(
        "person", "team__council", "to__council", "asked_by", "answered_by", "worker"
    )
    row = get_object_or_404(rows, pk=pk)
    request.looked_at([row.person_id])
    return row


def answers_for(user, row):
    return managed_teams(user).filter(pk=row.to_id).exists()


def to_answer(request, pk):
    """A handover that waits for this user's answer. 404 for a stranger's, 403 for those who asked."""
    row = handover_or_404(request, pk)
    if not answers_for(request.user, row):
        raise PermissionDenied(needs(Permission.HANDOVER_ACCEPT))
    return row
