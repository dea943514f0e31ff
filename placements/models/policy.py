"""What a council has set about matching: how many introductions, and how long an answer may take. Dated versions."""

from django.db import models
from django.db.models import Q

from people.models import Organisation
from risk.models.policy import DEFAULT, ONLY_COUNCILS, DatedQuerySet
from sharedlives.records.models import Row


class MatchingPolicy(Row):
    """One version of a council's usual number of introductions and its time limits, in days.

    Without any row the defaults of the fields hold.
    """

    council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to=ONLY_COUNCILS, help_text=DEFAULT,
    )  # fmt: skip
    in_force_from = models.DateField("in force from")
    introductions = models.PositiveSmallIntegerField(
        "usual number of introductions before agreeing", default=3
    )
    scheme_days = models.PositiveSmallIntegerField("days for a scheme to answer a referral", default=10)
    person_days = models.PositiveSmallIntegerField("days to hear what the person says to a home", default=14)
    carer_days = models.PositiveSmallIntegerField("days to hear what the carer says to a person", default=7)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "matching policies"
        ordering = ["council__name", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "in_force_from"],
                nulls_distinct=False,
                name="placements_one_matching_policy_a_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    introductions__range=(0, 12),
                    scheme_days__range=(1, 56),
                    person_days__range=(1, 56),
                    carer_days__range=(1, 56),
                ),
                name="placements_matching_policy_sensible",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "council", "in_force_from", "introductions", "scheme_days", "person_days", "carer_days",
        )  # fmt: skip
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.council or 'Default'}, from {self.in_force_from:%-d %B %Y}"
