"""A copy of something that was entered in error: asked for, and answered."""

from django.views.decorators.http import require_http_methods

from people import actions
from people.access import row_or_404
from people.forms.recalls import RecallForm
from people.models import CopyToRecall
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require


@require(Permission.NOTE_WRITE)
@require_http_methods(["GET", "POST"])
def recall(request, pk):
    """Who holds a copy of what is hidden now; when they were asked, and what they answered."""
    rows = CopyToRecall.objects.visible_to(request.user).select_related("person", "organisation", "asked_by")
    row = row_or_404(request, rows, pk, Permission.NOTE_WRITE)
    form = RecallForm(
        request.POST or None, user=request.user, row=row,
        initial={"asked_on": row.asked_on} if row.asked_on else None,
    )  # fmt: skip

    def action(**facts):
        return actions.note_recall(copy=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, to="home", template="people/recall.html", done="Noted.",
        copy=row, person=row.person,
    )  # fmt: skip
