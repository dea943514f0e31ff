"""Applications to become a carer: the list, the page with its stages, and the forms that move them on."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, needs, require

from .. import actions, forms, rules
from ..access import may
from ..codes import Need
from ..models import Application, HouseholdMember
from ..models.home import own_schemes
from ..queries import applications as queries

P = Permission
BOTH = ["GET", "POST"]


def pace(application):
    on = application.ended_on or timezone.localdate()
    return rules.months_so_far(application.enquired_on, on)


APPLICATIONS = (
    Column("names", "Who applies", value="names", link=lambda a: a.get_absolute_url()),
    Column("reference", "Reference", order_by="reference"),
    Column("kind", "As", value=lambda a: "Support carer" if a.fast else "Carer"),
    Column("stage", "Stage", order_by="stage"),
    Column("months", "Months so far", order_by="enquired_on", value=pace, numeric=True),
    Column("worker", "With", value="worker"),
    Column("state", "How it stands", order_by="state", tag=True),
)


def application_or_404(request, pk, permission=P.CARER_VIEW):
    """An application to the user's own schemes, through a membership that holds the permission."""
    rows = Application.objects.visible_to(request.user).select_related("organisation", "household", "worker")
    row = get_object_or_404(queries.with_applicants(rows), pk=pk)
    if row.organisation_id not in own_schemes(request.user, permission):
        raise PermissionDenied(needs(permission))
    return row


@require(P.CARER_VIEW)
@require_GET
def applications(request):
    narrowing = forms.ApplicationsFilter(request.GET)
    rows = queries.listed(narrowing.narrow(Application.objects.visible_to(request.user)))
    return list_page(
        request, rows, columns=APPLICATIONS, title="Applications", template="carers/applications.html", filters=narrowing,
        noun=("application", "applications"), empty="Nobody has asked your scheme to become a carer yet.",
        context={"may_enquire": bool(own_schemes(request.user, P.CARER_WRITE))},
    )  # fmt: skip


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def enquire(request):
    initial = {"enquired_on": timezone.localdate(), "worker": request.user.pk}
    form = forms.EnquiryForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.enquire, by=request.user)
    return form_page(
        request,
        form=form,
        action=action,
        template="carers/enquire.html",
        done="The enquiry is on our records.",
    )


@require(P.CARER_VIEW)
@require_GET
def application(request, pk):
    """How far it has come, and what the next stage needs."""
    row, today = application_or_404(request, pk), timezone.localdate()
    reached = {r.stage: r.on for r in row.reached.all()}
    context = {
        "application": row,
        "applicants": list(row.applicants.all()),
        "family": list(row.household.members.current(today)),
        "steps": [(step.stage, reached.get(step.stage)) for step in rules.steps(row.fast)],
        "next": rules.next_step(row.stage, row.fast) if row.is_open else None,
        "standing": queries.standing(row, today) if row.is_open else [],
        "decisions": row.decisions.select_related("meeting").prefetch_related("conditions__owner"),
        "pace": rules.pace(pace(row)),
        "may": may(request.user, [row.organisation], P.CARER_WRITE, P.CARER_APPROVE),
    }
    return render(request, "carers/application.html", context)


def application_form(request, row, form, action, name, done, **context):
    """A form about one application, back to its page."""
    return form_page(
        request,
        form=form,
        action=action,
        template=f"carers/{name}.html",
        to=row,
        done=done,
        application=row,
        **context,
    )


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def note_need(request, pk, need):
    row = application_or_404(request, pk, P.CARER_WRITE)
    if need not in Need.values:
        raise Http404
    need = Need(need)
    noted = row.needs.filter(need=need).first()
    initial = {"done_on": noted.done_on, "because": noted.because} if noted else {}
    form = forms.NeedForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.note_need, application=row, need=need, by=request.user)
    return application_form(request, row, form, action, "note_need", "Saved.", need=need)


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def go_on(request, pk):
    row = application_or_404(request, pk, P.CARER_WRITE)
    form = forms.GoOnForm(request.POST or None, user=request.user, initial={"on": timezone.localdate()})
    action = partial(actions.go_on, application=row, by=request.user)
    step = rules.next_step(row.stage, row.fast)
    return application_form(request, row, form, action, "go_on", "The next stage is reached.", step=step)


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def end_application(request, pk):
    row = application_or_404(request, pk, P.CARER_WRITE)
    form = forms.EndApplicationForm(
        request.POST or None, user=request.user, row=row, initial={"on": timezone.localdate()}
    )

    def action(**facts):
        return actions.end_application(application=row, by=request.user, version=form.opened_on(), **facts)

    return application_form(request, row, form, action, "end_application", "The application has ended.")


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def say_consulted(request, pk, member):
    """Somebody who lives in the home of those who apply was asked, and agrees."""
    row = application_or_404(request, pk, P.CARER_WRITE)
    somebody = get_object_or_404(HouseholdMember, pk=member, household=row.household_id, until=None)
    form = forms.OnDayForm(request.POST or None, user=request.user, initial={"on": timezone.localdate()})
    action = partial(actions.say_consulted, member=somebody, by=request.user)
    return application_form(request, row, form, action, "say_consulted", "Recorded.", member=somebody)
