"""The whole package of a draft: its services, one page each, and the week that they make."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from careplans import actions, forms, queries
from careplans.models import CarePlan, Service
from people.access import row_or_404
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
TYPED = (
    "kind", "name", "provider", "contact", "weekdays", "starts_at", "ends_at", "hours_a_week", "weekly_pounds",
    "since", "until",
)  # fmt: skip


def draft_or_404(request, pk):
    rows = (
        CarePlan.objects.visible_to(request.user).drafts().select_related("person", "organisation__council")
    )
    return row_or_404(request, rows.prefetch_related("services", "sign_offs"), pk, Permission.PLAN_WRITE)


def of_draft_or_404(request, pk):
    """(service, its plan), of a draft that the user writes."""
    rows = CarePlan.objects.visible_to(request.user).drafts().select_related("person")
    plan = row_or_404(request, rows.filter(services=pk), service_plan(pk), Permission.PLAN_WRITE)
    return plan.services.select_related("plan").get(pk=pk), plan


def service_plan(pk):
    """The plan of a service, by id; an id that leads nowhere where there is no such service."""
    return Service.objects.filter(pk=pk).values_list("plan", flat=True).first() or pk


def list_of(plan):
    return reverse("careplans:services", args=[plan.pk])


@require(Permission.PLAN_WRITE)
@require_GET
def services(request, pk):
    """Every service of the draft, and the week they make."""
    plan = draft_or_404(request, pk)
    week = queries.week_of(plan, timezone.localdate(), user=request.user)
    context = {"plan": plan, "person": plan.person} | week
    return render(request, "careplans/services.html", context)


@require(Permission.PLAN_WRITE)
@require_http_methods(BOTH)
def add_service(request, pk):
    """Put a service into the draft."""
    plan = draft_or_404(request, pk)
    form = forms.ServiceForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.add_service, plan=plan, by=request.user), to=list_of(plan),
        template="careplans/service.html", done="The service is in the draft.", plan=plan, person=plan.person,
    )  # fmt: skip


@require(Permission.PLAN_WRITE)
@require_http_methods(BOTH)
def edit_service(request, pk):
    """Change a service of the draft."""
    service, plan = of_draft_or_404(request, pk)
    initial = {name: getattr(service, name) for name in TYPED}
    form = forms.ServiceForm(request.POST or None, user=request.user, row=service, initial=initial)

    def action(**facts):
        return actions.amend_service(service=service, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="careplans/service.html", done="The service is saved.",
        to=list_of(plan), plan=plan, person=plan.person, service=service,
    )  # fmt: skip


@require(Permission.PLAN_WRITE)
@require_http_methods(BOTH)
def remove_service(request, pk):
    """Take a service out of the draft. The signed versions keep it."""
    service, plan = of_draft_or_404(request, pk)
    form = forms.RemoveServiceForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.remove_service, service=service, by=request.user),
        template="careplans/remove_service.html", done="The service is taken out.", to=list_of(plan),
        plan=plan, person=plan.person, service=service,
    )  # fmt: skip
