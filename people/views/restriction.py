"""Closing a record to all but a few, and opening it again. Team managers only."""

from functools import partial

from django.http import Http404
from django.views.decorators.http import require_http_methods

from people import actions, forms
from people.access import person_or_404
from people.models import Restriction
from people.visibility import Level
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]


@require(Permission.PERSON_RESTRICT)
@require_http_methods(BOTH)
def restrict(request, pk):
    person = person_or_404(request, pk, Permission.PERSON_RESTRICT, least=Level.FUNDS)
    form = forms.RestrictForm(request.POST or None, user=request.user, person=person)
    action = partial(actions.put_restriction, person=person, by=request.user)
    return form_page(
        request, form=form, action=action, to=person, template="people/record.html", person=person,
        done="Saved. Only those you named, and you, may open this record.",
        title=f"Restrict the record of {person}",
        lead="Masked: colleagues see that there is a record, and the door of emergency access. Invisible: they see"
        " nothing at all, and there is no door. You stay able to open it.",
    )  # fmt: skip


@require(Permission.PERSON_RESTRICT)
@require_http_methods(BOTH)
def lift_restriction(request, pk):
    person = person_or_404(request, pk, Permission.PERSON_RESTRICT, least=Level.FUNDS)
    restriction = Restriction.objects.filter(person=person, until=None).first()
    if restriction is None:
        raise Http404
    form = forms.LiftForm(request.POST or None, user=request.user, row=restriction)

    def action(why):
        return actions.lift_restriction(
            restriction=restriction, why=why, by=request.user, version=form.opened_on()
        )

    return form_page(
        request, form=form, action=action, to=person, template="people/record.html", person=person,
        done="Saved. Those who may see the person may open the record again.",
        title=f"Lift the restriction on the record of {person}",
        lead=f"{restriction.get_kind_display()} since {restriction.since:%-d %B %Y}: {restriction.reason}",
    )  # fmt: skip
