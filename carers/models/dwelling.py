"""Two rows that are one dwelling: closed to bookings until they are joined (the one exception to “never merged”)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import User
from sharedlives.records.models import Row

from .home import Household


class SameDwellingQuerySet(models.QuerySet):
    def to_join(self):
        return self.filter(joined_on=None)

    def visible_to(self, user):
        """Whoever works with one of the two homes."""
        homes = Household.objects.visible_to(user).values("pk")
        return self.filter(Q(kept__in=homes) | Q(other__in=homes))


class SameDwelling(Row):
    """Somebody has seen that two rows are one dwelling. Until they are joined nothing new is booked at either.

    Joined, everything that goes on is at `kept`; `other` stays as the record of what was written there, and takes no
    stay ever again. Owners: the schemes of both.
    """

    kept = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="twins")
    other = models.OneToOneField(Household, on_delete=models.PROTECT, related_name="same_as")
    why = models.CharField("how it was found", max_length=200)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField(default=timezone.localdate)
    joined_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    joined_on = models.DateField(null=True, blank=True)

    objects = SameDwellingQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("other")), name="carers_two_rows_of_one_dwelling"),
            models.CheckConstraint(condition=~Q(why=""), name="carers_same_dwelling_says_why"),
            models.CheckConstraint(
                condition=Q(joined_on=None, joined_by=None)
                | Q(joined_on__isnull=False, joined_by__isnull=False),
                name="carers_joined_by_somebody_on_a_day",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "said_on", "joined_on")
        personal = ("kept", "other", "why", "said_by", "joined_by")
        special = ()

    def __str__(self):
        return f"One dwelling, {'joined' if self.joined_on else 'to be joined'}"
