"""Hiding what should not be on this record: a note, a version of About me, a legal fact."""

from django.db import transaction

from people.models import AboutMe, ContactNote, LegalFact, LegalFactShare, NoteEnteredInError
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .legal import set_due, stop
from .recalls import recall_copies

WHY = "entered in error"


def mark(field, row, why, by):
    with refusals():
        record(NoteEnteredInError(person=row.person, **{field: row}, why=why.strip()), by=by, why=WHY)
    return row


@transaction.atomic
def note_in_error(*, note, why, by):
    """A contact that was somebody else's. It no longer counts as seen; a wish or a check that came of it stays."""
    return mark("note", lock(ContactNote, note.pk), why, by)


@transaction.atomic
def about_me_in_error(*, version, why, by):
    """Words of somebody else. The version before is the newest one again."""
    return mark("about_me", lock(AboutMe, version.pk), why, by)


@transaction.atomic
def legal_fact_in_error(*, fact, why, by):
    """A fact about somebody else. It reminds nobody, and each scheme that has it is to give it back.

    The older fact whose place it took holds again, and reminds again. Raises RuleBroken without a reason.
    """
    fact = lock(LegalFact, fact.pk)
    older, fact.replaces = fact.replaces, None
    record(fact, by=by, why=WHY)
    mark("fact", fact, why, by)
    stop(fact, by=by, why=WHY)
    if older is not None and older.closed_on is None:
        older = lock(LegalFact, older.pk)
        set_due(older)
        record(older, by=by, why="the newer one was entered in error")
    given = LegalFactShare.objects.filter(fact=fact, shared_on__isnull=False).select_related("scheme")
    recall_copies(
        person=fact.person, organisation=fact.organisation, record_id=fact.pk, what=fact.get_kind_display(),
        copies=[(str(share.scheme), share.shared_on) for share in given], by=by,
    )  # fmt: skip
    return fact
