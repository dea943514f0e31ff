"""Who a person is and who is around them: put on our records, change, add."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from people import actions, forms
from people.access import person_or_404, row_or_404
from people.forms.deaths import UndoDeathForm
from people.models import CommunicationNeed, Involvement
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require, signed_in

BOTH = ["GET", "POST"]


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
def ask_again(request, pk):
    """The yearly question of the Accessible Information Standard: is it still so?"""
    row = person_or_404(request, pk, Permission.PERSON_EDIT)
    form = forms.AskAgainForm(
        request.POST or None, user=request.user, held=list(row.communication_needs.held())
    )
    action = partial(actions.ask_again_how_to_communicate, person=row, by=request.user)
    return form_page(
        request, form=form, action=action, to=row, template="people/ask_again.html",
        done="Recorded. It stands on every page about this person, with the day on which they were asked.", person=row,
    )  # fmt: skip


@require(Permission.PERSON_EDIT)
@require_GET
def communication_due(request, pk):
    """They are to be asked again: where the answer is written down."""
    needs = CommunicationNeed.objects.visible_to(request.user).select_related("person")
    return redirect("people:ask_again", row_or_404(request, needs, pk, Permission.PERSON_EDIT).person_id)


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


@signed_in
@require_http_methods(BOTH)
def be_away(request):
    form = forms.AbsenceForm(request.POST or None, user=request.user)
    action = partial(actions.be_away, by=request.user)
    return form_page(
        request, form=form, action=action, to="home", template="people/be_away.html",
        done="Saved. Your colleague sees your people and gets your reminders on these days.",
    )  # fmt: skip


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def undo_death(request, pk):
    """The person is alive: what had stopped goes on."""
    row = person_or_404(request, pk, Permission.PERSON_EDIT)
    form = UndoDeathForm(request.POST or None, user=request.user, row=row)

    def action(why):
        return actions.undo_death(person=row, why=why, by=request.user, version=form.opened_on())

    return form_page(
        request, form=form, action=action, template="people/undo_death.html", person=row,
        done="Put right. Reminders go on. Look at the stays and ask again whoever was told that a meeting is off.",
    )  # fmt: skip
