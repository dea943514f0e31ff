"""The contact log, and the note that takes less than half a minute."""

from functools import partial

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from people import actions, forms, search
from people.access import can, person_or_404, row_or_404
from people.models import ContactNote, Person
from people.visibility import Level
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
COLUMNS = (
    Column("when", "When", order_by="happened_at", value="happened_at"),
    Column("how", "How", order_by="how", value="how"),
    Column("where", "Where", value="where"),
    Column("seen", "Saw the person", value="saw_person"),
    Column("words", "What happened", value="words"),
    Column("by", "Who", order_by="by__name", value="by"),
    Column("organisation", "For", value="organisation"),
)

WRONG_RECORD = Column(
    "wrong", "Wrong record?", value=lambda note: "Entered in error",
    link=lambda note: reverse("people:note_in_error", args=[note.pk]),
)  # fmt: skip


@require(Permission.NOTE_WRITE)
@require_GET
def contact_due(request, pk):
    """The person is to be seen again: where the next contact is written down."""
    rows = ContactNote.objects.visible_to(request.user).select_related("person")
    note = row_or_404(request, rows, pk, Permission.NOTE_WRITE)
    return redirect("people:note", note.person_id)


@require(Permission.PERSON_VIEW)
@require_GET
def contact_log(request, pk):
    person = person_or_404(request, pk, Permission.PERSON_VIEW, least=Level.PAST)
    notes = ContactNote.objects.visible_to(request.user).filter(person=person)
    may_write = can(request.user, Permission.NOTE_WRITE, person)
    return list_page(
        request, notes.select_related("by", "organisation").order_by("-happened_at"),
        columns=(*COLUMNS, WRONG_RECORD) if may_write else COLUMNS,
        template="people/contact_log.html", title="Contact log", noun=("contact", "contacts"),
        empty="No contact is written down yet. The first note starts the count of days.",
        context={"person": person, "may_write": may_write},
        person="person_id", export_name="contact-log",
    )  # fmt: skip


@require(Permission.NOTE_WRITE)
@require_http_methods(BOTH)
def quick_note(request):
    """From every page: whose note is it? One's own latest people stand ready; others are searched for."""
    form = forms.FindForm(request.POST or None)
    people = Person.objects.visible_to(request.user, least=Level.SUPPORTS, permission=Permission.NOTE_WRITE)
    if form.is_valid():
        allowed = set(people.values_list("pk", flat=True)) if people.count() < 500 else None
        found = search.find(form.cleaned_data["text"], user=request.user)
        shown = [p for p in found if allowed is None or p.pk in allowed][:10]
    else:
        mine = people.living().filter(involvements__worker=request.user, involvements__until=None)
        shown = list(mine.distinct()[:12])
    request.looked_at(person.pk for person in shown)
    return render(request, "people/quick_note.html", {"search": form, "found": shown})


@require(Permission.NOTE_WRITE)
@require_http_methods(BOTH)
def note(request, pk):
    person = person_or_404(request, pk, Permission.NOTE_WRITE, least=Level.SUPPORTS)
    form = forms.QuickNoteForm(request.POST or None, user=request.user)
    action = partial(actions.write_contact_note, person=person, by=request.user)
    return form_page(
        request, form=form, action=action, to=person, template="people/note.html", person=person,
        done="Note saved.",
    )  # fmt: skip
