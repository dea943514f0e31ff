"""Hiding what should not be on this record: one page for a note, a version of About me and a legal fact."""

from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from people import actions, forms
from people.access import row_or_404
from people.models import AboutMe, ContactNote, LegalFact
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
HIDDEN = "It is hidden from everybody but the data officer, and kept in the audit."


def page(request, row, *, action, title, lead, to):
    form = forms.InErrorForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(action, by=request.user), to=reverse(to, args=[row.person_id]),
        template="people/record.html", person=row.person, title=title, lead=lead,
        done="Hidden. It stays in the audit.",
    )  # fmt: skip


@require(Permission.NOTE_WRITE)
@require_http_methods(BOTH)
def note_in_error(request, pk):
    rows = ContactNote.objects.visible_to(request.user).select_related("person")
    note = row_or_404(request, rows, pk, Permission.NOTE_WRITE)
    return page(
        request, note, action=partial(actions.note_in_error, note=note), to="people:contact_log",
        title=f"This note was entered in error: {note.get_how_display()}, {timezone.localtime(note.happened_at):%-d %B %Y}",
        lead=f"{HIDDEN} It no longer counts as a day on which the person was seen. A wish or a check of risks that came"
        " of it stays: put those right on their own pages.",
    )  # fmt: skip


@require(Permission.ABOUT_WRITE)
@require_http_methods(BOTH)
def about_me_in_error(request, pk):
    rows = AboutMe.objects.visible_to(request.user).select_related("person")
    version = row_or_404(request, rows, pk, Permission.ABOUT_WRITE)
    return page(
        request, version, action=partial(actions.about_me_in_error, version=version), to="people:about_me",
        title=f"{version} was entered in error",
        lead=f"{HIDDEN} The version before it is shown again. What was printed: ask for it back.",
    )  # fmt: skip


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def legal_fact_in_error(request, pk):
    rows = LegalFact.objects.visible_to(request.user).select_related("person")
    fact = row_or_404(request, rows, pk, Permission.PERSON_EDIT)
    return page(
        request, fact, action=partial(actions.legal_fact_in_error, fact=fact), to="people:legal_facts",
        title=f"This was entered in error: {fact}",
        lead=f"{HIDDEN} If it took the place of an older fact, that one holds again. Copies that schemes have are listed"
        " for recall on My work.",
    )  # fmt: skip
