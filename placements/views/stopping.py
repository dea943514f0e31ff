"""Somebody's carer stops or is suspended, or the scheme leaves: where do they live from now on?"""

from django.http import Http404
from django.views.decorators.http import require_http_methods

from people.access import row_or_404
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .. import actions, forms
from ..models import ToSettle
from ..models.scope import own_schemes, own_teams
from .common import BOTH


@require(Permission.PLACEMENT_END)
@require_http_methods(BOTH)
def settle_where(request, pk):
    """The owner says what was settled with the person; the other side reads how it stands."""
    rows = ToSettle.objects.visible_to(request.user).select_related(
        "placement__carer", "person", "organisation", "done_by"
    )
    row = row_or_404(request, rows, pk, Permission.PLACEMENT_END)
    mine = (
        row.organisation_id in own_schemes(request.user)
        or own_teams(request.user).filter(pk=row.organisation_id).exists()
    )
    if request.method == "POST" and not mine:
        raise Http404
    form = forms.SettleWhereForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.settle_where(row=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, to=row.placement, template="placements/settle_where.html", done="Settled.",
        row=row, person=row.person, may_do=mine and row.done_on is None,
    )  # fmt: skip
