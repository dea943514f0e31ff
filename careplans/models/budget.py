"""What the council puts aside for a person."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.records.models import Row


class PersonalBudgetQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user, least=Level.FUNDS))

    def holding(self, on):
        """The budget that holds on a day."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class PersonalBudget(Row):
    """What the council puts aside for the person, pounds a week (Care Act 2014 s26), and when it was signed off."""

    class Sufficient(models.TextChoices):
        NOT_CHECKED = "", "Not checked yet"
        YES = "yes", "Yes, it pays for all that the plan says"
        NO = "no", "No, it falls short"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="budgets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    weekly_pounds = models.DecimalField("pounds a week", max_digits=8, decimal_places=2)
    since = models.DateField("from")
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")
    sufficient = models.CharField("whether it is enough", max_length=5, choices=Sufficient, blank=True)
    short_because = models.CharField(
        "what it falls short of, and what is done about it", max_length=300, blank=True
    )
    direct_payment_pounds = models.DecimalField(
        "direct payment, pounds a week", max_digits=8, decimal_places=2, null=True, blank=True
    )
    paid_to = models.CharField("who manages the direct payment", max_length=120, blank=True)
    signed_off_on = models.DateField("signed off on", null=True, blank=True)
    signed_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PersonalBudgetQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly_pounds__gte=0), name="careplans_budget_not_below_nothing"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="careplans_budget_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(signed_off_on=None, signed_off_by=None) | Q(signed_off_on__isnull=False),
                name="careplans_budget_sign_off_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(sufficient="no") | ~Q(short_because=""),
                name="careplans_short_budget_says_of_what",
            ),
            models.CheckConstraint(
                condition=Q(direct_payment_pounds=None)
                | (Q(direct_payment_pounds__range=(0, F("weekly_pounds"))) & ~Q(paid_to="")),
                name="careplans_direct_payment_within_budget",
            ),
            ExclusionConstraint(
                name="careplans_one_budget_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (Func("since", "until", RangeBoundary(), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "since", "until", "signed_off_on")
        personal = (
            "person", "signed_off_by", "weekly_pounds", "sufficient", "short_because", "direct_payment_pounds",
            "paid_to",
        )  # fmt: skip
        special = ()

    def __str__(self):
        return f"Personal budget from {self.since:%-d %B %Y}"
