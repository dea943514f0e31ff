"""What a council has set about risk: its clocks, and the scale on which it weighs a risk. Dated versions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from people.models import Organisation
from sharedlives.records.models import Row

ONLY_COUNCILS = {"kind": Organisation.Kind.COUNCIL}
DEFAULT = "Empty: the default for every council that has set none of its own."


class DatedQuerySet(models.QuerySet):
    def in_force(self, council, on):
        """The council's own newest version on a day, else the shipped default's. The first row is the one."""
        rows = self.filter(Q(council=council) | Q(council=None), in_force_from__lte=on)
        return rows.order_by(F("council").asc(nulls_last=True), "-in_force_from")


class RiskPolicy(Row):
    """One version of a council's clocks for concerns, changes, complaints and notices. All of them in days."""

    council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to=ONLY_COUNCILS, help_text=DEFAULT,
    )  # fmt: skip
    in_force_from = models.DateField("in force from")
    concern_days = models.PositiveSmallIntegerField("days to answer a concern", default=3)
    change_days = models.PositiveSmallIntegerField("days to answer a change that was noticed", default=5)
    link_days = models.PositiveSmallIntegerField("days for which a concern link opens", default=90)
    complaint_days = models.PositiveSmallIntegerField("days to answer a complaint", default=28)
    cqc_days = models.PositiveSmallIntegerField(
        "days to tell the Care Quality Commission", default=1, help_text="“Without delay”, in days."
    )
    candour_days = models.PositiveSmallIntegerField("days to say sorry in writing", default=10)
    share_days = models.PositiveSmallIntegerField("days for a scheme to read a newer version", default=7)
    look_again_days = models.PositiveSmallIntegerField(
        "days to look at the risks again after something happened", default=7
    )
    check_months = models.PositiveSmallIntegerField(
        "months until the next look where all is still right", default=12
    )
    duty_team = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to={"kind": Organisation.Kind.TEAM},
        help_text="Whose manager gets concerns that name nobody, and those about a worker of the council.",
    )  # fmt: skip

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "risk policies"
        ordering = ["council__name", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "in_force_from"], nulls_distinct=False, name="risk_one_policy_a_day"
            ),
            models.CheckConstraint(
                condition=Q(
                    concern_days__range=(1, 28), change_days__range=(1, 28), link_days__range=(1, 366),
                    complaint_days__range=(1, 183), cqc_days__range=(1, 7), candour_days__range=(1, 28),
                    share_days__range=(1, 28), look_again_days__range=(1, 56), check_months__range=(1, 12),
                ),
                name="risk_policy_sensible",
            ),
        ]  # fmt: skip

    class Privacy:
        ordinary = (
            "id", "version", "council", "in_force_from", "concern_days", "change_days", "link_days", "complaint_days",
            "cqc_days", "candour_days", "share_days", "look_again_days", "check_months", "duty_team",
        )  # fmt: skip
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.council or 'Default'}, from {self.in_force_from:%-d %B %Y}"


class RiskScale(Row):
    """The words by which a council weighs a risk, mildest first: how likely, and how bad. Two to six steps each."""

    council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to=ONLY_COUNCILS, help_text=DEFAULT,
    )  # fmt: skip
    in_force_from = models.DateField("in force from")
    likelihood = ArrayField(
        models.CharField(max_length=40),
        verbose_name="how likely",
        help_text="With commas between them, mildest first.",
    )
    impact = ArrayField(
        models.CharField(max_length=40),
        verbose_name="how bad",
        help_text="With commas between them, mildest first.",
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["council__name", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "in_force_from"], nulls_distinct=False, name="risk_one_scale_a_day"
            ),
            models.CheckConstraint(
                condition=Q(likelihood__len__range=(2, 6), impact__len__range=(2, 6)),
                name="risk_scale_two_to_six_steps",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "council", "in_force_from", "likelihood", "impact")
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.council or 'Default'}, from {self.in_force_from:%-d %B %Y}"
