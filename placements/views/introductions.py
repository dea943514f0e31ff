"""Introductions of a match: recording a visit, and what each side made of it."""

from functools import partial

from django.views.decorators.http import require_http_methods

from people.access import row_or_404
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .. import actions, forms
from ..models import Introduction
from .common import BOTH, for_own_scheme
from .matches import scheme_match


@require(Permission.MATCH_WRITE)
@require_http_methods(BOTH)
def introduce(request, pk):
    row = scheme_match(request, pk)
    form = forms.IntroductionForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.record_introduction, match=row, by=request.user), to=row,
        template="placements/introduce.html", done="The visit is recorded.", person=row.person, match=row,
    )  # fmt: skip


@require(Permission.MATCH_WRITE)
@require_http_methods(BOTH)
def introduction(request, pk):
    """Add what somebody made of a visit, or put it right."""
    rows = Introduction.objects.visible_to(request.user).select_related(
        "match__referral__person", "match__carer"
    )
    row = row_or_404(request, rows, pk, Permission.MATCH_WRITE)
    for_own_scheme(request, row.match.scheme_id, Permission.MATCH_WRITE)
    first = {name: getattr(row, name) for name in forms.IntroductionForm.TYPED}
    form = forms.IntroductionForm(request.POST or None, user=request.user, row=row, initial=first)

    def action(**facts):
        return actions.amend_introduction(
            introduction=row, by=request.user, version=form.opened_on(), **facts
        )

    return form_page(
        request, form=form, action=action, to=row.match, template="placements/introduce.html",
        done="The visit is put right.", person=row.person, match=row.match,
    )  # fmt: skip
