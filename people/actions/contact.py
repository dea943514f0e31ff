"""The contact log."""

from django.db import transaction
from django.utils import timezone

from people import rules
from people.models import ContactNote
from people.moments import CONTACT_WRITTEN
from people.queries import organisation_of
from sharedlives.records.actions import record
from sharedlives.rules import refusals


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
    CONTACT_WRITTEN.happened(note=note, wish=wish.strip(), by=by)
    return note
