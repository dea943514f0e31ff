"""What a scheme still owes to others after a death."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from placements import actions, forms
from placements.models import OwedAfterDeath
from placements.models.scope import own_schemes
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require


@require(Permission.PLACEMENT_VIEW)
@require_http_methods(["GET", "POST"])
def owed_after_death(request, pk):
    """The scheme says what was done; the team that funded the person reads how it stands."""
    rows = OwedAfterDeath.objects.visible_to(request.user).select_related("person", "organisation", "done_by")
    if request.method == "POST":
        rows = rows.filter(organisation__in=own_schemes(request.user))
    row = get_object_or_404(rows, pk=pk)
    request.looked_at([row.person_id])
    form = forms.DoneAfterDeathForm(request.POST or None, user=request.user, row=row)

    def action(words):
        return actions.done_after_death(owed=row, words=words, by=request.user, version=form.opened_on())

    return form_page(
        request, form=form, action=action, to="home", template="placements/owed_after_death.html",
        done="Noted. It has left the list.", owed=row, person=row.person,
        may_do=row.done_on is None and row.organisation_id in own_schemes(request.user),
    )  # fmt: skip
