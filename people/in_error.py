"""The one page on which something is hidden that should not be on this record; every floor's views open it."""

from functools import partial

from django.urls import reverse

from people.forms import InErrorForm
from sharedlives.pages import form_page

HIDDEN = "It is hidden from everybody but the data officer, and kept in the audit."


def in_error_page(request, row, *, action, title, lead, to):
    """Ask why, and do it. `to` names the page of the person that it leads to."""
    form = InErrorForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(action, by=request.user), to=reverse(to, args=[row.person_id]),
        template="people/record.html", person=row.person, title=title, lead=f"{HIDDEN} {lead}",
        done="Hidden. It stays in the audit.",
    )  # fmt: skip
