"""Anyone who was there may say what is wrong with the record: their words stay with it and with its copies."""

from django.db import transaction
from django.utils import timezone

from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.actions import queue_mail

from .. import rules
from ..models import RecordRemark, Review
from ..wordings import RECORD_REMARK


def may_remark(review, user, holds):
    """Those who were at a meeting and for whom a user may write: all for who `holds` its reviews, else themself."""
    present = review.participants.filter(attended=True)
    return present if holds else present.filter(user=user)


@transaction.atomic
def say_what_is_wrong(*, review, participant, words, by, version=None):
    """Put somebody's words beside the record of a held review. It is to be sent again with them. Returns the review.

    Whoever held it hears of it by mail, unless they wrote it down themself or have left.
    """
    review = lock(Review, review.pk, version)
    if not review.is_held:
        raise rules.NOT_HELD.broken()
    if participant.review_id != review.pk or not participant.attended:
        raise rules.WAS_THERE.broken(name=participant.name)
    remark = RecordRemark(review=review, participant=participant, words=words.strip())
    with refusals(reviews_remark_in_words="words"):
        record(remark, by=by, why="said what is wrong with the record")
    if review.reviewer != by and review.reviewer.is_active:
        queue_mail(
            recipient=review.reviewer,
            template=RECORD_REMARK.slug,
            path=review.get_absolute_url(),
            reference=review.person.reference,
        )
    return review


def went_out_with(review, by):
    """The record was sent: what was said about it went out with it."""
    for remark in review.remarks.filter(copied_on=None):
        remark.copied_on = timezone.localdate()
        record(remark, by=by, why="went out with the record")
