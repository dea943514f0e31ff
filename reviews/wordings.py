"""The words of the mails that this floor sends."""

from sharedlives.worklist.wordings import Shipped

RECORD_REMARK = Shipped(
    slug="record_remark",
    title="Somebody says what is wrong with a record",
    subject="Said to be wrong in the record of a review: {reference}",
    body="""Somebody who was at a review of yours says what is wrong with its record: {reference}

Their words stand beside the record. Read them, and send the record again:
{link}

This mail holds no name on purpose. {product}""",
)
REVIEW_RECORD = Shipped(
    slug="review_record",
    title="The record of a review is ready",
    subject="The record of a review is ready for you: {reference}",
    body="""The record of a review in which you took part is ready: {reference}

Open it here, signed in:
{link}

This mail holds no name on purpose. {product}""",
)
