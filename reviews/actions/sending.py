"""The record leaves: one row a copy, the bytes kept as they went out. It never travels in a mail."""

from dataclasses import dataclass

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from sharedlives.documents import pdf
from sharedlives.documents.actions import issue
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.templatetags.components import words_date
from sharedlives.worklist.actions import queue_mail

from .. import rules
from ..codes import Format
from ..easy import easy_parts
from ..models import RecordCopy, Review
from ..record import record_of
from .guests import may_share_with
from .meeting import SIGHT_AFTER_RECORD, take_sight
from .remarks import went_out_with

KIND = "reviews.record"


@dataclass(frozen=True)
class Rendered:
    """The record in one format, ready to go."""

    content: bytes
    content_type: str
    filename: str


def render_record(review, format=Format.STANDARD):  # noqa: A002 - the field's own word
    """The record as a tagged PDF (PDF/UA-1): ordinary, in large print, or in easy read with pictures.

    As plain text where asked, or where no PDFs can be made; easy read then keeps its words and loses its pictures.
    """
    facts = record_of(review)
    name = f"review-{review.person.reference}-{review.held_on or review.planned_on}"
    easy = format == Format.EASY_READ
    if easy:
        facts["parts"] = easy_parts(facts)
    if format == Format.PLAIN_TEXT or not pdf.available():
        text = render_to_string(f"reviews/{'easy_read' if easy else 'record'}.txt", facts)
        return Rendered(text.encode(), "text/plain; charset=utf-8", f"{name}.txt")
    facts["large_print"] = format == Format.LARGE_PRINT
    template = f"reviews/{'easy_read' if easy else 'record'}_pdf.html"
    content = pdf.render_pdf(
        template, facts, title=f"{'My review:' if easy else 'Review of'} {review.person}"
    )
    return Rendered(content, "application/pdf", f"{name}.pdf")


@transaction.atomic
def send_record(*, review, by, version=None):
    """Hand the record to everyone invited or present: staff open it here, guests get paper. Returns the review.

    Somebody whom the person does not want, or to whom they object, gets no copy. May be sent again: each time is a
    row of its own.
    """
    review = lock(Review, review.pk, version)
    if not review.is_held:
        raise rules.NOT_HELD.broken()
    guests = getting_a_copy(review)
    if not guests:
        raise rules.NOBODY_TO_SEND_TO.broken()
    rendered = {}
    for guest in guests:
        if guest.format not in rendered:
            rendered[guest.format] = render_record(review, guest.format)
        hand_over(review, guest, rendered[guest.format], by)
    went_out_with(review, by)
    close_record(review, by)
    return review


def getting_a_copy(review):
    """The guests who are handed the record: invited or present, wanted, and not objected to."""
    guests = review.participants.select_related("user", "organisation", "contact")
    return [guest for guest in guests if guest.gets_a_copy and may_share_with(review.person, guest)]


def hand_over(review, guest, rendered, by):
    document = issue(
        kind=KIND,
        content=rendered.content,
        content_type=rendered.content_type,
        filename=rendered.filename,
        by=by,
        person_id=review.person_id,
    )
    way = RecordCopy.Way.LINK if guest.user_id else RecordCopy.Way.PAPER
    copy = RecordCopy(
        review=review,
        participant=guest,
        document=document,
        way=way,
        format=guest.format,
        sent_on=timezone.localdate(),
    )
    record(copy, by=by, why="record sent")
    if guest.user_id and guest.user.is_active:
        queue_mail(
            recipient=guest.user,
            template="review_record",
            path=review.get_absolute_url(),
            reference=review.person.reference,
        )


@transaction.atomic
def say_what_became(*, copy, arrived, arrived_on, by, arrived_words="", version=None):
    """What became of one copy: given, read together, opened, or come back; as often as more is known. Returns the copy."""
    copy = lock(RecordCopy, copy.pk, version)
    if not copy.sent_on <= arrived_on <= timezone.localdate():
        raise rules.ARRIVES_AFTER.broken("arrived_on", sent=words_date(copy.sent_on))
    copy.arrived, copy.arrived_on, copy.arrived_words = arrived, arrived_on, arrived_words.strip()
    with refusals():
        return record(copy, by=by, why="what became of the copy")


def close_record(review, by):
    """Sent the first time: nobody is reminded any more, and a reviewing officer's sight ends 28 days later."""
    if review.state == Review.State.SENT:
        return
    today = timezone.localdate()
    review.state, review.sent_on = Review.State.SENT, today
    record(review, by=by, why="record sent")
    owed = review.record_owed
    owed.sent_on, owed.next_stage_on = today, None
    record(owed, by=by, why="record sent")
    if review.by_reviewing_officer:
        take_sight(review, today + SIGHT_AFTER_RECORD, by)
