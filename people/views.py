"""Finding people, and a person's own page."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.panels import panels_for
from sharedlives.permissions import Permission, has_permission, require, signed_in
from sharedlives.records.models import AccessLogEntry

from . import actions, forms, search
from .access import can, check, person_or_404
from .models import Involvement, Person, User
from .queries import funding_involvement, outside_searches_left
from .visibility import Level

BOTH = ["GET", "POST"]
COLUMNS = (
    Column(
        "name", "Name", order_by="sort_name", value="known_as", link=lambda person: person.get_absolute_url()
    ),
    Column("reference", "Reference", order_by="reference", value="reference"),
    Column("born", "Born", order_by="date_of_birth", value="date_of_birth"),
    Column("worker", "Named worker", order_by="worker_name", value="worker_name"),
    Column("council", "Council", value="responsible_council"),
)


@require(Permission.PERSON_FIND)
@require_http_methods(BOTH)
def find(request):
    """My people as a list; and a search that is posted, so that no name stands in an address or a log."""
    form = forms.FindForm(request.POST or None)
    if form.is_valid():
        return found(request, form)
    people = Person.objects.visible_to(request.user).with_worker_name().select_related("responsible_council")
    return list_page(
        request, people, columns=COLUMNS, template="people/find.html", title="People", export_name="people",
        context={"search": form, "may_register": has_permission(request.user, Permission.PERSON_REGISTER)},
        person="pk", noun=("person", "people"),
    )  # fmt: skip


def found(request, form):
    text = form.cleaned_data["text"]
    people = search.find(text, user=request.user)
    request.looked_at(person.pk for person in people)
    outside, left = [], outside_searches_left(request.user)
    if not people and left and has_permission(request.user, Permission.EMERGENCY_ACCESS):
        outside = search.elsewhere(text)
        request.looked_at(person.pk for person in outside)
        request.access_reason = "searched outside own people"
    context = {"search": form, "found": people, "outside": search.with_team(outside), "left": left}
    return render(request, "people/found.html", context)


@require(Permission.PERSON_VIEW)
@require_GET
def person(request, pk):
    """One page that a duty worker grasps in a minute. A masked record says that it is there, and the door."""
    row = Person.objects.visible_to(request.user).with_page().filter(pk=pk).first()
    if row is None:
        return closed_record(request, pk)
    request.looked_at([row.pk])
    check(request.user, Permission.PERSON_VIEW, row)
    allowed = Person.objects.permissions_for(request.user, row)
    whole = Person.objects.visible_to(request.user, least=Level.SUPPORTS).filter(pk=pk).exists()
    context = {
        "whole": whole,
        "person": row,
        "panels": panels_for(request.user, row, allowed.__contains__),
        "may": {permission.name: True for permission in allowed},
        "past": not whole
        and Person.objects.visible_to(request.user, least=Level.PAST).filter(pk=pk).exists(),
    }
    return render(request, "people/person.html", context)


def closed_record(request, pk):
    """A masked record of one's own people is not pretended away; any other is not found."""
    row = Person.objects.masked_for(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    request.looked_at([row.pk])
    return render(request, "people/masked.html", {"person": row}, status=403)


@require(Permission.PERSON_REGISTER)
@require_http_methods(BOTH)
def register(request):
    form = forms.RegisterForm(request.POST or None, user=request.user)
    action = partial(actions.register, by=request.user)
    return form_page(
        request,
        form=form,
        action=action,
        template="people/register.html",
        done="The person is on our records.",
    )


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def edit(request, pk):
    row = person_or_404(request, pk, Permission.PERSON_EDIT)
    initial = {name: getattr(row, name) for name in forms.PersonForm.base_fields if hasattr(row, name)}
    form = forms.PersonForm(request.POST or None, user=request.user, row=row, initial=initial)

    def action(**facts):
        return actions.correct(person=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="people/edit.html", done="Details saved.", person=row
    )


@require(Permission.CONTACT_WRITE)
@require_http_methods(BOTH)
def add_contact(request, pk):
    row = person_or_404(request, pk, Permission.CONTACT_WRITE)
    form = forms.ContactForm(request.POST or None, user=request.user)
    action = partial(actions.add_contact, person=row, by=request.user)
    return form_page(
        request,
        form=form,
        action=action,
        to=row,
        template="people/add_contact.html",
        done="Contact added.",
        person=row,
    )


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def add_communication_need(request, pk):
    row = person_or_404(request, pk, Permission.PERSON_EDIT)
    form = forms.CommunicationForm(request.POST or None, user=request.user)
    action = partial(actions.add_communication_need, person=row, by=request.user)
    return form_page(
        request, form=form, action=action, to=row, template="people/add_communication_need.html",
        done="Recorded. It now stands on every page about this person.", person=row,
    )  # fmt: skip


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def record_death(request, pk):
    row = person_or_404(request, pk, Permission.PERSON_EDIT)
    form = forms.DeathForm(request.POST or None, user=request.user, row=row)

    def action(on):
        return actions.record_death(person=row, on=on, by=request.user, version=form.opened_on())

    return form_page(
        request, form=form, action=action, template="people/record_death.html",
        done="Recorded. Reminders and invitations about this person have stopped.", person=row,
    )  # fmt: skip


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def change_worker(request, pk):
    row = person_or_404(request, pk, Permission.PERSON_EDIT)
    involvement = get_object_or_404(
        Involvement.objects.select_related("organisation"), person=row, role="funds", until=None
    )
    form = forms.WorkerForm(
        request.POST or None, user=request.user, organisation=involvement.organisation,
        initial={"worker": involvement.worker_id},
    )  # fmt: skip
    action = partial(actions.change_worker, involvement=involvement, by=request.user)
    return form_page(
        request, form=form, action=action, to=row, template="people/change_worker.html",
        done="Saved. The new worker gets the reminders from now on.", person=row,
    )  # fmt: skip


@require(Permission.PERSON_LOOKED)
@require_GET
def looked(request, pk):
    """Who has looked at a person's record, newest first."""
    row = person_or_404(request, pk, Permission.PERSON_LOOKED)
    entries = AccessLogEntry.objects.filter(person_ids__contains=[row.pk]).order_by("-at", "-pk")
    columns = (
        Column("at", "When", order_by="at", value="at"),
        Column("who", "Who", value=lambda entry: names.get(entry.user_id, "No longer a user")),
        Column("page", "Page", value=lambda entry: entry.view.replace(":", ": ").replace("_", " ")),
        Column("why", "Why", value="why"),
    )
    names = dict(User.objects.filter(pk__in=entries.values("user_id")).values_list("pk", "name"))
    return list_page(
        request, entries, columns=columns, template="people/looked.html", title="Who has looked",
        export_name="who-has-looked", context={"person": row, "grants": row.access_grants.select_related("user")[:20]}, noun=("look", "looks"),
    )  # fmt: skip


@require(Permission.EMERGENCY_ACCESS)
@require_http_methods(BOTH)
def emergency_access(request, pk):
    """The one door outside one's own people. Invisible records have no door."""
    row = get_object_or_404(Person.objects.not_invisible(), pk=pk)
    if can(request.user, Permission.PERSON_VIEW, row):
        raise PermissionDenied("You can open this record already. Find it under People.")
    request.looked_at([row.pk])
    request.access_reason = "at the door of emergency access"
    form = forms.EmergencyAccessForm(request.POST or None, user=request.user)
    action = partial(actions.open_emergency_access, person=row, by=request.user)
    return form_page(
        request, form=form, action=action, to=row, template="people/emergency_access.html",
        done="Open for 24 hours, to read. The team manager is told.", person=row,
        held_by=funding_involvement(row, timezone.localdate()),
    )  # fmt: skip


@signed_in
@require_http_methods(BOTH)
def be_away(request):
    form = forms.AbsenceForm(request.POST or None, user=request.user)
    action = partial(actions.be_away, by=request.user)
    return form_page(
        request, form=form, action=action, to="home", template="people/be_away.html",
        done="Saved. Your colleague sees your people and gets your reminders on these days.",
    )  # fmt: skip
