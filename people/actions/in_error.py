"""Hiding what should not be on this record: a note, a version of About me, a legal fact, a decision about sharing, a test."""

from django.db import transaction

from people.models import (
    AboutMe,
    AdvocacyTest,
    ContactNote,
    LegalFact,
    LegalFactShare,
    NoteEnteredInError,
    SharingDecision,
)
from people.moments import SHARING_DECIDED
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .contact import keep_the_clock
from .legal import set_due, stop
from .recalls import recall_copies
from .voice import owe_where_allowed_again, set_advocate_due, waiting_unless_allowed

WHY = "entered in error"


def mark(field, row, why, by):
    with refusals():
        record(NoteEnteredInError(person=row.person, **{field: row}, why=why.strip()), by=by, why=WHY)
    return row


@transaction.atomic
def note_in_error(*, note, why, by):
    """A contact that was somebody else's. It no longer counts as seen; a wish or a check that came of it stays."""
    note = mark("note", lock(ContactNote, note.pk), why, by)
    keep_the_clock(note.person, by=by)
    return note


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


@transaction.atomic
def sharing_in_error(*, decision, why, by):
    """What somebody else said about sharing. The decision before it holds again, and whoever shares is told."""
    decision = lock(SharingDecision, decision.pk)
    refused = waiting_unless_allowed(decision.person)
    mark("sharing", decision, why, by)
    owe_where_allowed_again(refused, by=by)
    SHARING_DECIDED.happened(person=decision.person, by=by)
    return decision


@transaction.atomic
def advocacy_in_error(*, test, why, by):
    """A test that somebody else was asked. Where it was the newest, the one before it counts and reminds again."""
    test = lock(AdvocacyTest, test.pk)
    newest, test.next_stage_on = test.superseded_on is None, None
    record(test, by=by, why=WHY)
    mark("advocacy", test, why, by)
    before = AdvocacyTest.objects.not_in_error().filter(person=test.person).order_by("-tested_on", "-pk")
    older = before.select_related("organisation__council").first() if newest else None
    if older is not None:
        older.superseded_on = None
        set_advocate_due(older)
        record(older, by=by, why="the newer one was entered in error")
    return test
