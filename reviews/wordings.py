"""The words of the mails that this floor sends."""

from sharedlives.worklist.wordings import Shipped

REVIEW_RECORD = Shipped(
    slug="review_record",
    title="The record of a review is ready",
    subject="The record of a review is ready for you: {reference}",
    body="""The record of a review in which you took part is ready: {reference}

Open it here, signed in:
{link}

This mail holds no name on purpose. {product}""",
)
