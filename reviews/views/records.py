"""The record: as a file, sent to everyone who took part, and each copy as it went out."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from people.access import can, row_or_404
from reviews import actions, forms
from reviews.codes import Format
from reviews.models import RecordCopy, RecordOwed, Review
from sharedlives.documents.answers import download
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .meetings import BOTH, review_or_404


def held_or_404(request, pk, permission):
    row = review_or_404(request, pk, permission)
    if not row.is_held:
        raise Http404
    return row


@require(Permission.REVIEW_HOLD)
@require_GET
def record_file(request, pk):
    """The record as it would go out now, to look at or to print: a tagged PDF, or plain text."""
    row = held_or_404(request, pk, Permission.REVIEW_HOLD)
    wanted = request.GET.get("format", Format.STANDARD)
    rendered = actions.render_record(row, wanted if wanted in Format.values else Format.STANDARD)
    request.exported = "reviews.record"
    response = HttpResponse(rendered.content, content_type=rendered.content_type)
    response["Content-Disposition"] = f'attachment; filename="{rendered.filename}"'
    return response


@require(Permission.REVIEW_HOLD)
@require_http_methods(BOTH)
def send(request, pk):
    """To everyone invited or present, and to nobody whom the person does not want."""
    row = held_or_404(request, pk, Permission.REVIEW_HOLD)
    form = forms.SendForm(request.POST or None, user=request.user, row=row)
    getting = actions.getting_a_copy(row)
    return form_page(
        request, form=form, action=partial(actions.send_record, review=row, by=request.user),
        template="reviews/send.html", done="The record is sent. Print the copies of those who get paper.",
        review=row, person=row.person, getting=getting,
        others=[guest for guest in row.participants.all() if guest not in getting],
    )  # fmt: skip


@require(Permission.REVIEW_VIEW)
@require_http_methods(BOTH)
def say_wrong(request, pk):
    """What is wrong with the record: by whoever was there, or written down for them by who holds the person's reviews."""
    row = held_or_404(request, pk, Permission.REVIEW_VIEW)
    speakers = actions.may_remark(row, request.user, can(request.user, Permission.REVIEW_HOLD, row.person))
    if not speakers.exists():
        raise Http404
    form = forms.RemarkForm(request.POST or None, user=request.user, row=row, speakers=speakers)
    return form_page(
        request, form=form, action=partial(actions.say_what_is_wrong, review=row, by=request.user),
        template="reviews/say_wrong.html", done="These words stand beside the record now.", review=row, person=row.person,
    )  # fmt: skip


def copy_or_404(request, pk):
    """A copy that went to the reader, or to somebody at a review of a person whose reviews they hold."""
    reviews = Review.objects.visible_to(request.user)
    rows = RecordCopy.objects.filter(review__in=reviews.values("pk")).select_related(
        "document", "review__person", "participant"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    request.looked_at([row.review.person_id])
    own = row.participant.user_id == request.user.pk
    if not own and not can(request.user, Permission.REVIEW_HOLD, row.review.person):
        raise Http404
    return row


@require(Permission.REVIEW_VIEW)
@require_GET
def copy(request, pk):
    """One copy, byte for byte as it went out: for whoever it went to, and for those who hold reviews of the person."""
    row = copy_or_404(request, pk)
    request.exported = "reviews.record"
    return download(row.document)


@require(Permission.REVIEW_VIEW)
@require_http_methods(BOTH)
def arrived(request, pk):
    """What became of one copy: said by whoever it went to, or by those who hold reviews of the person."""
    row = copy_or_404(request, pk)
    form = forms.ArrivedForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.say_what_became, copy=row, by=request.user), to=row.review,
        template="reviews/arrived.html", done="It is noted what became of this copy.", copy=row, review=row.review,
        person=row.review.person,
    )  # fmt: skip


@require(Permission.REVIEW_VIEW)
@require_GET
def record_owed(request, pk):
    """Where a reminder about a record leads: to the meeting whose record it is."""
    owed = row_or_404(request, RecordOwed.objects.visible_to(request.user), pk, Permission.REVIEW_VIEW)
    return redirect("reviews:review", owed.review_id)


@require(Permission.REVIEW_HOLD)
@require_http_methods(BOTH)
def enter_in_error(request, pk):
    """Hide a record that should not be on this person's record; what it met is owed again, its copies are work."""
    row = held_or_404(request, pk, Permission.REVIEW_HOLD)
    form = forms.InErrorForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.enter_in_error, review=row, by=request.user),
        template="reviews/enter_in_error.html", done="This record is hidden. It stays in the audit.",
        to=row.person, review=row, person=row.person,
    )  # fmt: skip
