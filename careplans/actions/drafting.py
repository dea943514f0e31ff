"""Versions of a plan while they are drafted."""

from django.db import transaction
from django.utils import timezone

from people.models import Person
from sharedlives.records.actions import drop_draft, lock, record, record_all, strike
from sharedlives.rules import Stale, refusals

from .. import queries, rules
from ..models import CarePlan, Outcome, Service
from ..sections import OUTCOMES, SECTIONS
from .owners import owner

DRAFT = "careplans.plan"  # the name of the long form among a user's server-side drafts
SERVICE_FIELDS = (
    "kind", "name", "provider", "contact", "weekdays", "starts_at", "ends_at", "hours_a_week", "weekly_pounds",
    "since", "until",
)  # fmt: skip


@transaction.atomic
def draft_plan(*, person, by, why_new=""):
    """Begin a version of the plan: the first is empty, a later one copies the last one's words and outcomes.

    A later one says why. Raises RuleBroken while another draft is open.
    """
    lock(Person, person.pk)  # two who begin at once: the second finds the first one's draft
    last = queries.current_plan(person)
    if queries.draft_of(person) is not None:
        raise rules.ONE_DRAFT.broken()
    if last is not None and not why_new.strip():
        raise rules.WHY_NEW.broken("why_new")
    plan = CarePlan(
        person=person,
        organisation=owner(person, by),
        number=next_number(person),
        drafted_by=by,
        why_new=why_new.strip(),
    )
    if last is not None:
        for section in SECTIONS:
            setattr(plan, section.key, getattr(last, section.key))
        plan.not_yet = last.not_yet
    with refusals():
        record(plan, by=by, why=why_new or "first version begun")
    if last is not None:
        write_outcomes(plan, [outcome.words for outcome in last.outcomes.all()], by)
        copy_services(plan, last, by)
    return plan


def copy_services(plan, last, by):
    """The new version begins with the services of the last one that have not ended."""
    running = last.services.running(timezone.localdate())
    rows = [
        Service(plan=plan, number=number, **{name: getattr(service, name) for name in SERVICE_FIELDS})
        for number, service in enumerate(running, start=1)
    ]
    record_all(rows, by=by, why="taken over from the last version")


def next_number(person):
    """The number after the highest one, versions entered in error included: a number is never used twice."""
    newest = CarePlan.objects.filter(person=person).order_by("-number").first()
    return newest.number + 1 if newest else 1


def write_outcomes(plan, words, by):
    """Make the outcomes of a draft read as these words, in this order."""
    wanted = [text.strip() for text in words if text.strip()]
    kept = {outcome.number: outcome for outcome in plan.outcomes.all()}
    with refusals():
        for number, text in enumerate(wanted, start=1):
            outcome = kept.pop(number, None) or Outcome(plan=plan, number=number)
            if outcome.words != text:
                outcome.words = text
                record(outcome, by=by, why="outcome written")
        for outcome in kept.values():
            strike(outcome, by=by, why="outcome taken out of the draft")


@transaction.atomic
def amend_draft(*, plan, by, version=None, outcomes=None, not_yet=None, **sections):
    """Put what was typed into a draft. Raises Stale, field by field, when a colleague saved meanwhile."""
    plan = lock_draft(plan, version)
    for key, words in sections.items():
        setattr(plan, key, words)
    if not_yet is not None:
        plan.not_yet = {key: why for key, why in (plan.not_yet | not_yet).items() if why}
    plan.not_yet = {key: why for key, why in plan.not_yet.items() if not getattr(plan, key).strip()}
    if outcomes is not None:
        write_outcomes(plan, outcomes, by)
    with refusals():
        record(plan, by=by, why="draft changed")
    drop_draft(user=by, form=DRAFT, object_id=plan.pk)
    return plan


def lock_draft(plan, version):
    """Lock a plan; a newer one than `version` is told field by field, its outcomes too."""
    try:
        return lock(CarePlan, plan.pk, version)
    except Stale as stale:
        changes = [change for change in stale.changes if change["was"] != change["now"]]
        changes += outcome_changes(plan, version) + service_changes(plan, version)
        raise Stale(changes) from None


def service_changes(plan, version):
    """What changed in the services since a version of the draft was saved, as Stale wants it."""
    old = plan.history.filter(version=version).order_by("-history_date").first()
    if old is None:
        return []
    earlier = Service.history.as_of(old.history_date).filter(plan=plan).order_by("number")
    was = "; ".join(service.name for service in earlier)
    now = "; ".join(service.name for service in Service.objects.filter(plan=plan))
    return [{"field": "services", "was": was, "now": now}] if was != now else []


def outcome_changes(plan, version):
    """What changed in the outcomes since a version of the draft was saved, as Stale wants it."""
    old = plan.history.filter(version=version).order_by("-history_date").first()
    if old is None:
        return []
    earlier = Outcome.history.as_of(old.history_date).filter(plan=plan).order_by("number")
    was = "; ".join(outcome.words for outcome in earlier)
    now = "; ".join(outcome.words for outcome in Outcome.objects.filter(plan=plan))
    return [{"field": OUTCOMES, "was": was, "now": now}] if was != now else []
