"""A review that is wanted before its date."""

from functools import partial

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from people.access import can, person_or_404, row_or_404
from people.visibility import Level
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
    rows = rows.select_related(
        "person", "change__organisation", "wanted_by", "review", "taken_by", "acknowledged_by"
    )
    row = row_or_404(request, rows, pk, Permission.REVIEW_VIEW)
    context = {"wanted": row, "person": row.person, "dues": open_dues(row.person)}
    if row.done_on or not can(request.user, Permission.REVIEW_ARRANGE, row.person):
        return render(request, "reviews/wanted.html", context)
    form = forms.NotWantedForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.not_wanted, wanted=row, by=request.user),
        template="reviews/wanted.html", done="Noted, with your reason.", **context,
    )  # fmt: skip


@require(Permission.REVIEW_REQUEST)
@require_http_methods(BOTH)
def ask(request, person):
    """Somebody asks for a review before its date: written down by whoever they told."""
    row = person_or_404(request, person, Permission.REVIEW_REQUEST, least=Level.SUPPORTS)
    form = forms.AskForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.ask_for_review, person=row, by=request.user),
        template="reviews/ask.html", done="The person’s team has it. The answer will stand here.", person=row,
    )  # fmt: skip


@require(Permission.REVIEW_ARRANGE)
@require_http_methods(BOTH)
def answer(request, pk):
    """What whoever asked was told."""
    row = row_or_404(request, ReviewWanted.objects.visible_to(request.user), pk, Permission.REVIEW_ARRANGE)
    form = forms.AnswerAskedForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.answer_request, wanted=row, by=request.user),
        template="reviews/answer_request.html", done="The answer is kept. Now arrange the meeting.",
        wanted=row, person=row.person,
    )  # fmt: skip
