"""What a council asks of its plans: dated versions, so that what was promised stays known."""

from django.db import models
from django.db.models import Q

from people.models import Organisation
from sharedlives.records.models import Row


class PlanPolicyQuerySet(models.QuerySet):
    def in_force(self, council, on):
        """The council's own newest version on a day, before the default's."""
        rows = self.filter(Q(council=council) | Q(council=None), in_force_from__lte=on)
        return rows.order_by(models.F("council").asc(nulls_last=True), "-in_force_from")


class PlanPolicy(Row):
    """One version of what a council asks of its plans. Without a council: the default that all others run on."""

    council = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_policies",
        limit_choices_to={"kind": Organisation.Kind.COUNCIL},
        help_text="Empty: the default for every council without a policy of its own.",
    )
    in_force_from = models.DateField("in force from")
    months_up_to_date = models.PositiveSmallIntegerField(
        "months that a signed plan counts as up to date", default=12
    )
    manager_signs = models.BooleanField("a team manager signs every plan, too", default=False)
    share_days = models.PositiveSmallIntegerField("days to give a new version to each scheme", default=5)
    acknowledge_days = models.PositiveSmallIntegerField("days for a scheme to acknowledge a plan", default=5)
    wish_days = models.PositiveSmallIntegerField("days to see to a wish, where none are set", default=28)
    reassess_days = models.PositiveSmallIntegerField("days to reassess after a major change", default=28)
    hours_alone = models.PositiveSmallIntegerField(
        "hours a week on the carer alone above which a plan warns",
        default=60,
        help_text="Hours of the day (7 in the morning to 10 at night) without any other support.",
    )

    objects = PlanPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "plan policy"
        verbose_name_plural = "plan policies"
        ordering = ["council__name", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "in_force_from"],
                nulls_distinct=False,
                name="careplans_one_policy_version_a_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    months_up_to_date__range=(1, 24),
                    share_days__range=(1, 60),
                    acknowledge_days__range=(1, 60),
                    wish_days__range=(1, 365),
                    reassess_days__range=(1, 183),
                    hours_alone__lte=105,
                ),
                name="careplans_policy_sensible",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "council", "in_force_from", "months_up_to_date", "manager_signs", "share_days",
            "acknowledge_days", "wish_days", "reassess_days", "hours_alone",
        )  # fmt: skip
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.council or 'Default'}, from {self.in_force_from:%d %B %Y}"
