"""The contact log."""

from django.db import transaction
from django.utils import timezone

from people import rules
from people.models import ContactNote, Person
from people.moments import CONTACT_WRITTEN
from people.queries import organisation_of
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from . import clocks


@transaction.atomic
def write_contact_note(*, person, by, happened_at=None, wish="", **facts):
    """One contact, or one that was not possible. Raises RuleBroken: seen by phone, in the future, no reason.

    A note that says that the risk assessment is still right is that check too, or is refused whole. What the person
    wished for then becomes a wish of its own.
    """
    happened_at = happened_at or timezone.now()
    if happened_at > timezone.now():
        raise rules.CONTACT_IN_THE_PAST.broken("happened_on")
    note = ContactNote(
        person=person, organisation=organisation_of(by, person), by=by, happened_at=happened_at, **facts
    )
    with refusals(
        people_seen_on_a_visit_or_video="saw_person", people_no_contact_says_why="no_contact_because"
    ):
        record(note, by=by, why="contact written down")
    keep_the_clock(person, by=by)
    CONTACT_WRITTEN.happened(note=note, wish=wish.strip(), by=by)
    return note


@transaction.atomic
def keep_the_clock(person, *, by):
    """By when the council is to see the person again counts from their newest visit to them, else from the first note.

    Nothing is invented from before the log began. A note that keeps the clock already keeps its date.
    """
    lock(Person, person.pk)  # two notes at once: the second sees the first
    notes = ContactNote.objects.not_in_error().filter(person=person)
    keeper = notes.council_saw().order_by("-happened_at").first() or notes.order_by("happened_at").first()
    others = ContactNote.objects.filter(person=person, due_on__isnull=False)
    # Whose clock stops is bookkeeping, so a bare update: no history, no new version of what was written.
    others.exclude(pk=keeper and keeper.pk).update(due_on=None, next_stage_on=None)
    if keeper is None or keeper.due_on is not None:
        return
    clocks.start(
        clocks.SEEN,
        keeper,
        since=timezone.localdate(keeper.happened_at),
        by=by,
        why="the person is to be seen again",
    )
