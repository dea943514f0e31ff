"""The panel: its meetings, its decisions on applications, their conditions and letters."""

from functools import partial

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, has_permission, require

from .. import actions, forms
from ..models import ApprovalCondition, PanelDecision, PanelMeeting
from .applications import application_form, application_or_404

P = Permission
BOTH = ["GET", "POST"]
PANELS = (
    Column("on", "Day", order_by="on", link=lambda row: row.get_absolute_url()),
    Column("organisation", "Scheme", order_by="organisation__name", value="organisation"),
    Column("decided", "Decisions", order_by="decided", numeric=True),
)


@require(P.CARER_VIEW)
@require_GET
def panels(request):
    rows = PanelMeeting.objects.visible_to(request.user).select_related("organisation")
    return list_page(
        request, rows.annotate(decided=Count("decisions")), columns=PANELS, title="Panel meetings",
        template="carers/panels.html", noun=("meeting", "meetings"), empty="No panel is on our records yet.",
        context={"may_hold": has_permission(request.user, P.CARER_APPROVE)},
    )  # fmt: skip


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def hold_panel(request):
    form = forms.PanelForm(request.POST or None, user=request.user, initial={"on": timezone.localdate()})
    action = partial(actions.hold_panel, by=request.user)
    return form_page(
        request,
        form=form,
        action=action,
        template="carers/hold_panel.html",
        done="The meeting is on our records.",
    )


@require(P.CARER_VIEW)
@require_GET
def panel(request, pk):
    """One meeting: who sat on it, and what it decided."""
    meeting = get_object_or_404(PanelMeeting.objects.visible_to(request.user), pk=pk)
    decisions = PanelDecision.objects.visible_to(request.user).filter(meeting=meeting)
    rows = decisions.select_related("application").prefetch_related("application__applicants__carer")
    return render(request, "carers/panel.html", {"meeting": meeting, "decisions": rows})


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def decide(request, pk):
    """The panel decides on an application."""
    row = application_or_404(request, pk, P.CARER_APPROVE)
    initial = {"since": None, "papers": "Assessment report\nTheir comments\nChecks and references"}
    form = forms.DecisionForm(request.POST or None, user=request.user, row=row, initial=initial)

    def action(**facts):
        return actions.decide(application=row, by=request.user, version=form.opened_on(), **facts)

    return application_form(request, row, form, action, "decide", "The decision is recorded.")


def decision_or_404(request, pk, permission):
    """A decision on an application that the user may see, through a membership that holds the permission."""
    rows = PanelDecision.objects.visible_to(request.user).select_related("application", "letter", "meeting")
    decision = get_object_or_404(rows, pk=pk)
    return decision, application_or_404(request, decision.application_id, permission)


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def meet_condition(request, pk):
    condition = get_object_or_404(ApprovalCondition.objects.visible_to(request.user).unmet(), pk=pk)
    _decision, row = decision_or_404(request, condition.decision_id, P.CARER_WRITE)
    initial = {"on": timezone.localdate()}
    form = forms.MetForm(request.POST or None, user=request.user, row=condition, initial=initial)

    def action(**facts):
        return actions.meet_condition(condition=condition, by=request.user, version=form.opened_on(), **facts)

    return application_form(
        request, row, form, action, "meet_condition", "The condition is met.", condition=condition
    )


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def write_letter(request, pk):
    decision, row = decision_or_404(request, pk, P.CARER_APPROVE)
    form = forms.LetterForm(request.POST or None, user=request.user)
    action = partial(actions.write_letter, decision=decision, by=request.user)
    return application_form(
        request, row, form, action, "write_letter", "The letter is kept as it goes out.", decision=decision
    )


@require(P.CARER_VIEW)
@require_GET
def letter(request, pk):
    """The letter as it went out."""
    decision, row = decision_or_404(request, pk, P.CARER_VIEW)
    if decision.letter is None:
        raise Http404
    request.exported = f"decision on {row.reference}"
    answer = HttpResponse(bytes(decision.letter.content), content_type=decision.letter.content_type)
    answer["Content-Disposition"] = f'inline; filename="{decision.letter.filename}"'
    return answer
