"""The services of a draft: put in, changed, taken out."""

from django.db import transaction
from django.db.models import Max

from sharedlives.records.actions import lock, record, save_draft, strike
from sharedlives.records.models import Draft
from sharedlives.rules import refusals

from .. import rules
from ..models import CarePlan, Service
from .drafting import DRAFT

FIELDS = {
    "careplans_service_dates_in_order": "until",
    "careplans_service_times_with_days": "weekdays",
    "careplans_service_figures_sensible": "hours_a_week",
}


def open_draft(plan):
    plan = lock(CarePlan, plan.pk)
    if plan.state == CarePlan.State.SIGNED:
        raise rules.SIGNED_IS_FINAL.broken()
    return plan


def touched(plan, by, why):
    """The draft has a new version now, so that nobody signs what they have not read.

    What the same user has typed into its sections and not yet saved stays up to date with it.
    """
    before = plan.version
    with refusals():
        record(plan, by=by, why=why)
    typed = Draft.objects.filter(user=by, form=DRAFT, object_id=plan.pk, base_version=before).first()
    if typed is not None:
        save_draft(user=by, form=DRAFT, object_id=plan.pk, answers=typed.answers, base_version=plan.version)


@transaction.atomic
def add_service(*, plan, by, **facts):
    """Put one more service into the package of a draft. Raises RuleBroken beside the field."""
    plan = open_draft(plan)
    last = plan.services.aggregate(last=Max("number"))["last"] or 0
    with refusals(**FIELDS):
        service = record(Service(plan=plan, number=last + 1, **facts), by=by, why="service put in")
    touched(plan, by, "service put in")
    return service


@transaction.atomic
def amend_service(*, service, by, version=None, **facts):
    """Change a service of a draft. Raises Stale or RuleBroken."""
    plan = open_draft(service.plan)
    service = lock(Service, service.pk, version)
    for name, value in facts.items():
        setattr(service, name, value)
    with refusals(**FIELDS):
        record(service, by=by, why="service changed")
    touched(plan, by, "service changed")
    return service


@transaction.atomic
def remove_service(*, service, by):
    """Take a service out of a draft; the versions before keep it."""
    plan = open_draft(service.plan)
    with refusals():
        strike(service, by=by, why="service taken out of the draft")
    touched(plan, by, "service taken out")
    return plan
