"""Hiding what should not be on this record: a note, a version of About me, a legal fact, a decision, a test."""

from functools import partial

from django.utils import timezone
from django.views.decorators.http import require_http_methods

from people import actions
from people.access import row_or_404
from people.in_error import in_error_page
from people.models import AboutMe, AdvocacyTest, ContactNote, LegalFact, SharingDecision
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]


@require(Permission.NOTE_WRITE)
@require_http_methods(BOTH)
def note_in_error(request, pk):
    rows = ContactNote.objects.visible_to(request.user).select_related("person")
    note = row_or_404(request, rows, pk, Permission.NOTE_WRITE)
    return in_error_page(
        request, note, action=partial(actions.note_in_error, note=note), to="people:contact_log",
        title=f"This note was entered in error: {note.get_how_display()}, {timezone.localtime(note.happened_at):%-d %B %Y}",
        lead="It no longer counts as a day on which the person was seen. A wish or a check of risks that came"
        " of it stays: put those right on their own pages.",
    )  # fmt: skip


@require(Permission.ABOUT_WRITE)
@require_http_methods(BOTH)
def about_me_in_error(request, pk):
    rows = AboutMe.objects.visible_to(request.user).select_related("person")
    version = row_or_404(request, rows, pk, Permission.ABOUT_WRITE)
    return in_error_page(
        request, version, action=partial(actions.about_me_in_error, version=version), to="people:about_me",
        title=f"{version} was entered in error",
        lead="The version before it is shown again. What was printed: ask for it back.",
    )  # fmt: skip


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def legal_fact_in_error(request, pk):
    rows = LegalFact.objects.visible_to(request.user).select_related("person")
    fact = row_or_404(request, rows, pk, Permission.PERSON_EDIT)
    return in_error_page(
        request, fact, action=partial(actions.legal_fact_in_error, fact=fact), to="people:legal_facts",
        title=f"This was entered in error: {fact}",
        lead="If it took the place of an older fact, that one holds again. Copies that schemes have are listed"
        " for recall on My work.",
    )  # fmt: skip


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def sharing_in_error(request, pk):
    rows = SharingDecision.objects.visible_to(request.user).select_related("person")
    decision = row_or_404(request, rows, pk, Permission.PERSON_EDIT)
    return in_error_page(
        request, decision, action=partial(actions.sharing_in_error, decision=decision), to="people:sharing",
        title=f"This was entered in error: {decision}",
        lead="What was said before it holds again, for every share from now on.",
    )  # fmt: skip


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def advocacy_in_error(request, pk):
    rows = AdvocacyTest.objects.visible_to(request.user).select_related("person")
    test = row_or_404(request, rows, pk, Permission.PERSON_EDIT)
    return in_error_page(
        request, test, action=partial(actions.advocacy_in_error, test=test), to="people:person",
        title=f"The test of {test.tested_on:%-d %B %Y} was entered in error",
        lead="The test before it counts again. Whoever was referred to an advocate by it: tell the advocacy service.",
    )  # fmt: skip
