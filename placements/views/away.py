"""Away from home, and back."""

from functools import partial

from django.views.decorators.http import require_http_methods

from people.access import row_or_404
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .. import actions, forms
from ..models import Away, Placement
from .common import BOTH


@require(Permission.PLACEMENT_AWAY)
@require_http_methods(BOTH)
def go_away(request, pk):
    rows = Placement.objects.visible_to(request.user).active().select_related("person")
    row = row_or_404(request, rows, pk, Permission.PLACEMENT_AWAY)
    form = forms.AwayForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.go_away, placement=row, by=request.user), to=row,
        template="placements/away.html", done="Noted. The place at home is kept.", person=row.person, placement=row,
    )  # fmt: skip


@require(Permission.PLACEMENT_AWAY)
@require_http_methods(BOTH)
def come_home(request, pk):
    rows = Away.objects.visible_to(request.user).select_related("placement__person")
    row = row_or_404(request, rows, pk, Permission.PLACEMENT_AWAY)
    form = forms.BackForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.come_home, away=row, by=request.user), to=row.placement,
        template="placements/back.html", done="Noted that they are back.", person=row.person, away=row,
    )  # fmt: skip
