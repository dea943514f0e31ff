"""The scheme's visits to a placement and to all others in its home."""

from functools import partial

from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from people.access import row_or_404
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .. import actions, forms, queries
from ..models import VisitOwed
from ..models.scope import own_schemes
from .common import BOTH
from .placements import scheme_placement


@require(Permission.PLACEMENT_WRITE)
@require_http_methods(BOTH)
def record_visit(request, pk):
    row = scheme_placement(request, pk, Permission.PLACEMENT_WRITE)
    together = queries.visited_together(request.user, row)
    form = forms.VisitForm(request.POST or None, user=request.user, placements=together)
    request.looked_at({one.person_id for one in form.placements})
    action = partial(
        actions.record_visit, carer=row.carer, household=row.household, scheme=row.scheme, by=request.user
    )
    return form_page(
        request, form=form, action=action, template="placements/record_visit.html", to=row, person=row.person,
        placement=row, done="The visit is recorded, for everybody of whom you wrote.",
    )  # fmt: skip


@require(Permission.PLACEMENT_VIEW)
@require_GET
def visit_owed(request, pk):
    """Where a reminder leads: to the visit, or to the placement for those who only read it."""
    rows = VisitOwed.objects.visible_to(request.user).select_related("placement__person")
    row = row_or_404(request, rows, pk, Permission.PLACEMENT_VIEW)
    if row.done_on is None and row.organisation_id in own_schemes(request.user):
        return redirect("placements:record_visit", row.placement_id)
    return redirect(row.placement)
