"""A review that is wanted before its date."""

from functools import partial

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from people.access import can, row_or_404
from reviews import actions, forms
from reviews.models import ReviewWanted
from reviews.queries import open_dues
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]


@require(Permission.REVIEW_VIEW)
@require_http_methods(BOTH)
def wanted(request, pk):
    """Why it is wanted, the reviews that a meeting can serve, or why none is needed after all."""
    rows = ReviewWanted.objects.visible_to(request.user)
    rows = rows.select_related("person", "change__organisation", "wanted_by", "review")
    row = row_or_404(request, rows, pk, Permission.REVIEW_VIEW)
    context = {"wanted": row, "person": row.person, "dues": open_dues(row.person)}
    if row.done_on or not can(request.user, Permission.REVIEW_ARRANGE, row.person):
        return render(request, "reviews/wanted.html", context)
    form = forms.NotWantedForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.not_wanted, wanted=row, by=request.user),
        template="reviews/wanted.html", done="Noted, with your reason.", **context,
    )  # fmt: skip
