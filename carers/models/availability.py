"""When in the week a carer can, or cannot, support: as they said it themselves, from a day on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from carers.codes import EVERY_DAY, Part, together, weekday_names
from people.models.organisation import current
from sharedlives.records.models import Row

from .carer import Carer


class AvailabilityQuerySet(models.QuerySet):
    def current(self, on):
        return self.filter(current(on))

    def visible_to(self, user):
        return self.filter(carer__in=Carer.objects.visible_to(user))


class Availability(Row):
    """What a carer said about their week. Owner: the carer's scheme.

    Nothing said means that they can. One who said when they *can* cannot at any other time (`rules.not_there`).
    """

    class Says(models.TextChoices):
        CANNOT = "cannot", "Cannot support then"
        CAN = "can", "Can support then, and at no other time"

    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="availability")
    says = models.CharField("what the carer says", max_length=6, choices=Says)
    weekdays = models.PositiveSmallIntegerField(help_text="Monday 1, Tuesday 2, Wednesday 4 … Sunday 64.")
    parts = ArrayField(models.CharField(max_length=10, choices=Part), verbose_name="parts of the day")
    words = models.CharField("more about it", max_length=200, blank=True)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "availability"
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekdays__gte=1, weekdays__lte=EVERY_DAY), name="carers_availability_on_weekdays"
            ),
            models.CheckConstraint(
                condition=Q(parts__len__gt=0, parts__contained_by=Part.values),
                name="carers_availability_for_a_part_of_the_day",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="carers_availability_dates_in_order"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "says", "since", "until")
        personal = ("carer", "weekdays", "parts", "words")
        special = ()

    def __str__(self):
        days = weekday_names(self.weekdays)
        when = "Every day" if len(days) == 7 else together(days)
        return f"{when}: {together([Part(part).name.lower() for part in self.parts])}"
