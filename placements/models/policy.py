"""What a council has set about matching, and about the rest of its carers. Dated versions."""

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


class BreaksPolicy(Row):
    """One version of what a council wants of the rest of its carers. Without any row the defaults of the fields hold."""

    council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to=ONLY_COUNCILS, help_text=DEFAULT,
    )  # fmt: skip
    in_force_from = models.DateField("in force from")
    nights_a_year = models.PositiveSmallIntegerField(
        "nights off a year that carers are entitled to", default=28
    )
    weeks_without = models.PositiveSmallIntegerField("weeks without a night off before a warning", default=12)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "breaks policies"
        ordering = ["council__name", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "in_force_from"],
                nulls_distinct=False,
                name="placements_one_breaks_policy_a_day",
            ),
            models.CheckConstraint(
                condition=Q(nights_a_year__range=(0, 183), weeks_without__range=(1, 52)),
                name="placements_breaks_policy_sensible",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "council", "in_force_from", "nights_a_year", "weeks_without")
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.council or 'Default'}, from {self.in_force_from:%-d %B %Y}"
