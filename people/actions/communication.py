"""How a person communicates: asked, written down, and asked again within the council's days."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people import rules
from people.models import CommunicationNeed, Person
from sharedlives.records.actions import lock, record

from . import clocks

NO_NEEDS = "No particular needs"


@transaction.atomic
def add_communication_need(*, person, kind, words, by, format=""):  # noqa: A002 - the field's own name
    """Record what others must do to be understood (Accessible Information Standard, DCB1605).

    That there were no particular needs holds no longer then.
    """
    lock(Person, person.pk)
    for none in person.communication_needs.held().filter(kind=CommunicationNeed.Kind.NONE):
        end_communication_need(need=none, by=by)
    need = CommunicationNeed(person=person, kind=kind, words=words, format=format)
    record(need, by=by, why="asked and recorded")
    keep_asking(person, by=by)
    return need


@transaction.atomic
def ask_again_how_to_communicate(*, person, asked_on, by, still=(), no_needs=False):
    """The person was asked on a day: these needs are as they were, the others hold no longer.

    Raises RuleBroken: asked after today or before what they said last; nothing holds and nobody says that there are
    no needs (Accessible Information Standard: also that is written down).
    """
    lock(Person, person.pk)
    held, still = list(person.communication_needs.held()), {need.pk for need in still}
    if not max((need.asked_on for need in held), default=asked_on) <= asked_on <= timezone.localdate():
        raise rules.ASKED_IN_ORDER.broken("asked_on")
    kept = [need for need in held if need.pk in still]
    if bool(kept) == no_needs:
        raise rules.ASKED_AND_ANSWERED.broken()
    for need in held:
        need.due_on = need.next_stage_on = None
        if need in kept:
            need.asked_on = asked_on
            record(need, by=by, why="asked again: as it was")
        else:
            end_communication_need(need=need, by=by)
    if no_needs:
        none = CommunicationNeed(
            person=person, kind=CommunicationNeed.Kind.NONE, words=NO_NEEDS, asked_on=asked_on
        )
        record(none, by=by, why="asked: no particular needs")
    keep_asking(person, by=by)


def keep_asking(person, *, by):
    """By when they are asked again counts from what they were asked about longest ago; of one day, from what keeps it."""
    held = person.communication_needs.held()
    keeper = held.order_by("asked_on", F("due_on").asc(nulls_last=True), "pk").first()
    # Whose clock stops is bookkeeping, so a bare update: no history, no new version of what was written.
    held.exclude(pk=keeper and keeper.pk).filter(due_on__isnull=False).update(due_on=None, next_stage_on=None)
    if keeper is not None and keeper.due_on is None:
        keeper.person = person
        clocks.start(clocks.ASKED, keeper, since=keeper.asked_on, by=by, why="to be asked again")


@transaction.atomic
def end_communication_need(*, need, by):
    """The need no longer holds; the row stays."""
    need = lock(CommunicationNeed, need.pk)
    need.until, need.due_on, need.next_stage_on = timezone.localdate(), None, None
    return record(need, by=by, why="no longer needed")
