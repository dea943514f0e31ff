"""The meeting: its page, whom the person wants there, who holds it, whether it took place."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from people.access import can, row_or_404
from reviews import actions, forms
from reviews.models import Review
from reviews.record import record_of
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require
from sharedlives.records.rules import VERY_LIKE

BOTH = ["GET", "POST"]


def review_or_404(request, pk, permission):
    rows = Review.objects.visible_to(request.user).select_related(
        "person", "organisation__council", "reviewer"
    )
    return row_or_404(request, rows, pk, permission)


def may_remark(request, row, present):
    """Somebody was there for whom this user may say what is wrong with the record."""
    own = any(guest.user_id == request.user.pk for guest in present)
    return own or bool(present) and can(request.user, Permission.REVIEW_HOLD, row.person)


@require(Permission.REVIEW_VIEW)
@require_GET
def review(request, pk):
    """The meeting before it is held; its record afterwards."""
    row = review_or_404(request, pk, Permission.REVIEW_VIEW)
    context = {
        "review": row,
        "person": row.person,
        "may_arrange": can(request.user, Permission.REVIEW_ARRANGE, row.person),
        "copies": row.copies.select_related("participant"),
    }
    if row.is_held:
        facts = record_of(row)
        context["may_remark"] = may_remark(request, row, facts["present"])
        return render(request, "reviews/record.html", context | facts)
    context |= {"subjects": row.subjects.select_related("due"), "guests": row.participants.all()}
    return render(request, "reviews/review.html", context)


@require(Permission.REVIEW_ARRANGE)
@require_http_methods(BOTH)
def guests(request, pk):
    """Whom the person wants there and does not; then who is invited."""
    row = review_or_404(request, pk, Permission.REVIEW_ARRANGE)
    form = forms.GuestsForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.set_guests(review=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="reviews/guests.html", done="The list of guests is saved.",
        review=row, person=row.person,
    )  # fmt: skip


@require(Permission.REVIEW_ARRANGE)
@require_http_methods(BOTH)
def add_guest(request, pk):
    row = review_or_404(request, pk, Permission.REVIEW_ARRANGE)
    form = forms.AddGuestForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.add_guest, review=row, by=request.user),
        template="reviews/add_guest.html", to=reverse("reviews:guests", args=[row.pk]), review=row, person=row.person,
    )  # fmt: skip


@require(Permission.REVIEW_ARRANGE)
@require_http_methods(BOTH)
def assign(request, pk):
    """A reviewing officer instead of the care manager."""
    row = review_or_404(request, pk, Permission.REVIEW_ARRANGE)
    form = forms.OfficerForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.assign_reviewing_officer(
            review=row, by=request.user, version=form.opened_on(), **facts
        )

    return form_page(
        request, form=form, action=action, template="reviews/assign.html", done="The review is assigned.", review=row,
        person=row.person,
    )  # fmt: skip


@require(Permission.REVIEW_ARRANGE)
@require_http_methods(BOTH)
def cancel(request, pk):
    row = review_or_404(request, pk, Permission.REVIEW_ARRANGE)
    form = forms.CancelForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.cancel(review=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="reviews/cancel.html", review=row, person=row.person,
        done="Recorded. What the meeting was about is still due on the same day.",
    )  # fmt: skip


VERY_LIKE_ONES = (
    Column("person", "Person", order_by="person__sort_name", value="person", link=lambda row: row.get_absolute_url()),
    Column("kind", "Review", order_by="kind", value="get_kind_display"),
    Column("held_on", "Held on", order_by="held_on", value="held_on"),
    Column("reviewer", "Held by", order_by="reviewer__name", value="reviewer"),
    Column("likeness", "Per cent as last time", order_by="likeness", value="likeness", numeric=True),
    Column("why", "Why it is still right", value="why_alike"),
)  # fmt: skip


@require(Permission.TEAM_VIEW)
@require_GET
def very_like(request):
    """For managers: reviews at which nearly every word was said at the one before."""
    rows = Review.objects.visible_to(request.user).held().very_like()
    return list_page(
        request, rows.select_related("person", "reviewer"), columns=VERY_LIKE_ONES,
        title="Reviews very like last time", template="reviews/very_like.html", export_name="reviews-very-like",
        noun=("review", "reviews"), empty="None: each says something new.", context={"per_cent": VERY_LIKE},
    )  # fmt: skip
