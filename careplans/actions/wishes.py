"""Wishes and changes: written down with an owner and a date, passed on, answered; and what a smaller package opens."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Involvement, Person
from people.visibility import Level
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import Wish
from ..timetable import hours_alone, timetable
from .owners import owner as team_of

DEADLINE = "careplans.wish"


def check_owner(person, owner, due_on):
    """Refuse an owner who cannot open the record, and a date that has passed."""
    if not Person.objects.visible_to(owner, least=Level.SUPPORTS).filter(pk=person.pk).exists():
        raise rules.OWNER_SEES.broken("owner", name=owner.name, person=person)
    if due_on < timezone.localdate():
        raise rules.DUE_TO_COME.broken("due_on")


def stage_of(person, due_on):
    return first_stage_on(DEADLINE, council=person.responsible_council, due_on=due_on)


@transaction.atomic
def write_wish(
    *,
    person,
    words,
    by,
    said_by=Wish.Said.PERSON,
    owner=None,
    due_on=None,
    kind=Wish.Kind.WISH,
    ended_service=None,
):
    """Write down what the person wishes for. Its owner is the writer, its date the policy's, unless told otherwise.

    Without `by` the clock wrote it, and names the owner.
    """
    today = timezone.localdate()
    owner = owner or by
    due_on = due_on or today + timedelta(days=queries.policy_for(person.responsible_council, today).wish_days)
    check_owner(person, owner, due_on)
    wish = Wish(
        person=person, organisation=(by and queries.own_side(person, by)) or team_of(person, by or owner), kind=kind,
        words=words.strip(), said_by=said_by, written_by=by, owner=owner, due_on=due_on,
        next_stage_on=stage_of(person, due_on), ended_service=ended_service,
    )  # fmt: skip
    with refusals(careplans_wish_has_words="words"):
        return record(wish, by=by, why=f"{wish.get_kind_display().lower()} written down")


def wish_by_note(*, note, wish, by):
    """What the person wished for at a contact: the writer's to see to. Follows `people.contact_written`."""
    return write_wish(person=note.person, words=wish, by=by) if wish else None


def open_wish(wish, version):
    wish = lock(Wish.objects.select_related("person"), wish.pk, version)
    if wish.state != Wish.State.OPEN:
        raise rules.ANSWERED_STAYS.broken()
    return wish


@transaction.atomic
def pass_on(*, wish, owner, due_on, by, version=None):
    """Somebody else sees to it, or by another day. Both days stay in the history. Raises Stale or RuleBroken."""
    wish = open_wish(wish, version)
    check_owner(wish.person, owner, due_on)
    wish.owner, wish.due_on, wish.next_stage_on = owner, due_on, stage_of(wish.person, due_on)
    return record(wish, by=by, why="passed on")


@transaction.atomic
def answer_wish(*, wish, state, told, closed_on, by, version=None):
    """The end of a wish: done or not possible, and what the person was told on which day."""
    wish = open_wish(wish, version)
    if closed_on > timezone.localdate():
        raise rules.NOT_BEFORE_DRAFT.broken("closed_on")
    wish.state, wish.told, wish.closed_on, wish.next_stage_on = state, told.strip(), closed_on, None
    with refusals(careplans_wish_ends_with_an_answer="told"):
        return record(wish, by=by, why="the person was told")


# -- What a smaller package opens ------------------------------------------------------------------------


def care_manager_of(person, by):
    """Whose job a change in the package is: the funding team's named worker, where there is none the writer."""
    rows = Involvement.objects.funding().current(timezone.localdate()).filter(person=person)
    row = rows.exclude(worker=None).select_related("worker").first()
    return row.worker if row else by


def open_change_for_smaller_package(plan, old, by):
    """More hours rest on the carer alone than in the version before: a change for the care manager to see to."""
    if old is None:
        return None
    hours = [
        hours_alone(timetable(version.services.running(plan.signed_on))).total for version in (old, plan)
    ]
    if hours[1] <= hours[0]:
        return None
    words = (
        f"{hours[1] - hours[0]:g} more hours a week rest on the carer alone since version {plan.number} of the plan. "
        "Look at rest, other support, and the budget."
    )
    return write_wish(
        person=plan.person, words=words, said_by=Wish.Said.WORKER, kind=Wish.Kind.CHANGE, by=by,
        owner=care_manager_of(plan.person, by),
    )  # fmt: skip


@transaction.atomic
def service_closes(*, services, closes_on, words, by):
    """A service closes for several people: a change for each one's care manager, by that day. Returns how many."""
    changes = 0
    due_on = max(closes_on, timezone.localdate())
    for person in Person.objects.filter(care_plans__services__in=services).distinct().order_by("pk"):
        write_wish(
            person=person, words=words, said_by=Wish.Said.WORKER, kind=Wish.Kind.CHANGE, by=by, due_on=due_on,
            owner=care_manager_of(person, by),
        )  # fmt: skip
        changes += 1
    return changes
