"""Each home's plan B: what happens on the evening on which its carer cannot support."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import User
from sharedlives.records.models import Row

from .carer import Carer
from .home import Household


class PlanBQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(household__in=Household.objects.visible_to(user))

    def in_force(self):
        return self.filter(until=None)


class PlanB(Row):
    """What is agreed with a home for the evening on which its carer is ill. The newest counts. Owner: the home's schemes.

    `stands_in`: a carer who has said that they would; whether they may take somebody in is asked on the evening itself.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="plans_b")
    words = models.TextField("what happens then")
    stands_in = models.ForeignKey(
        Carer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who stands in"
    )
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")

    objects = PlanBQuerySet.as_manager()

    class Meta:
        verbose_name = "plan B"
        verbose_name_plural = "plans B"
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(until=None), name="carers_one_plan_b_in_force"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="carers_plan_b_in_words"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="carers_plan_b_dates_in_order"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "since", "until")
        personal = ("household", "words", "stands_in", "agreed_by")
        special = ()

    def __str__(self):
        return f"Plan B since {self.since:%-d %B %Y}"
