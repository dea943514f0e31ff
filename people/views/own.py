"""What somebody who signs in decides for themselves."""

from functools import partial

from django.views.decorators.http import require_http_methods

from people import actions, forms
from sharedlives.pages import form_page
from sharedlives.permissions import signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def mails(request):
    """One mail a working day, or one for each reminder."""
    initial = {"wants_digest": request.user.wants_digest}
    form = forms.MailsForm(request.POST or None, user=request.user, row=request.user, initial=initial)
    action = partial(actions.choose_mails, by=request.user)
    return form_page(
        request, form=form, action=action, to="home", template="people/mails.html",
        done="Saved. My work shows everything at once, whatever you chose.",
    )  # fmt: skip
