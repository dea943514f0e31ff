"""How often a council looks again: dated versions, so that what was promised stays known."""

from django.db import models
from django.db.models import Q

from people.models import Organisation
from sharedlives.records.models import Row


class ReviewPolicyQuerySet(models.QuerySet):
    def in_force(self, council, on):
        """The council's own newest version on a day, else the shipped default's."""
        rows = self.filter(Q(council=council) | Q(council=None), in_force_from__lte=on)
        return rows.order_by(models.F("council").asc(nulls_last=True), "-in_force_from")


class ReviewPolicy(Row):
    """One version of a council's review policy. Without a council: the default that all others run on."""

    council = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="review_policies",
        limit_choices_to={"kind": Organisation.Kind.COUNCIL},
        help_text="Empty: the default for every council without a policy of its own.",
    )
    in_force_from = models.DateField("in force from")
    first_review_days = models.PositiveSmallIntegerField(
        "days to the first review", default=56, help_text="After the start. 56 at most (8 weeks)."
    )
    interval_months = models.PositiveSmallIntegerField(
        "months between reviews", default=12, help_text="Calendar months. 12 at most."
    )
    window_days = models.PositiveSmallIntegerField(
        "days within which one meeting may meet several reviews", default=42
    )
    record_days = models.PositiveSmallIntegerField(
        "working days to send the record", default=10, help_text="Counted from the day of the review."
    )
    wanted_days = models.PositiveSmallIntegerField(
        "days to arrange a review wanted sooner", default=28, help_text="From the day on which it is wanted."
    )
    answer_days = models.PositiveSmallIntegerField(
        "days to answer whoever asks for a review", default=5, help_text="From the day on which they ask."
    )

    objects = ReviewPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "review policy"
        verbose_name_plural = "review policies"
        ordering = ["council__name", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "in_force_from"],
                nulls_distinct=False,
                name="reviews_one_policy_version_a_day",
            ),
            models.CheckConstraint(
                condition=Q(first_review_days__range=(1, 56), interval_months__range=(1, 12)),
                name="reviews_policy_within_the_law",
            ),
            models.CheckConstraint(
                condition=Q(window_days__lte=183, record_days__range=(1, 60)), name="reviews_policy_sensible"
            ),
            models.CheckConstraint(
                condition=Q(wanted_days__range=(1, 56)), name="reviews_policy_wanted_soon"
            ),
            models.CheckConstraint(
                condition=Q(answer_days__range=(1, 28)), name="reviews_policy_answers_soon"
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "council", "in_force_from", "first_review_days", "interval_months", "window_days",
            "record_days", "wanted_days", "answer_days",
        )  # fmt: skip
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.council or 'Default'}, from {self.in_force_from:%d %B %Y}"
