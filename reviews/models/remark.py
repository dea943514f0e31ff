"""What somebody who was at the meeting says is wrong with its record: their words, beside it and on its copies."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sharedlives.records.models import Row

from .meeting import Participant, Review


class RecordRemark(Row):
    """One correction in somebody's own words. The record itself stays as it was written, and so do these words.

    `copied_on` is the day on which the record went out with these words; until then it has to be sent again.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="remarks")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="remarks")
    words = models.TextField()
    said_on = models.DateField(default=timezone.localdate)
    said_at = models.DateTimeField(default=timezone.now, editable=False)  # of one day: the order
    copied_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "remark on a record"
        verbose_name_plural = "remarks on records"
        ordering = ["said_on", "said_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="reviews_remark_in_words"),
            models.CheckConstraint(
                condition=Q(copied_on=None) | Q(copied_on__gte=F("said_on")),
                name="reviews_remark_goes_out_after_it_is_said",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "review", "said_on", "said_at", "copied_on")
        personal = ("participant",)
        special = ("words",)

    def __str__(self):
        return f"Said to be wrong, {self.said_on:%-d %B %Y}"
