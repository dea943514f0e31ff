"""Times when somebody is not at home: in hospital, on holiday, on a break elsewhere. The place at home stays theirs."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import User
from sharedlives.records.models import Row

from .placement import Placement


class AwayQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def open(self):
        """Not back yet."""
        return self.filter(until=None)


class Away(Row):
    """Away from the home of a placement since a day, `until` the first day back; then never again the same time.

    The stay goes on and keeps its place; being away is no clash with anything. Owned by the placement's scheme.
    """

    class Reason(models.TextChoices):
        HOSPITAL = "hospital", "In hospital"
        HOLIDAY = "holiday", "On holiday"
        BREAK = "break", "On a break with another carer"
        FAMILY = "family", "With family or friends"
        OTHER = "other", "Elsewhere"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="away")
    reason = models.CharField("where they are", max_length=10, choices=Reason)
    since = models.DateField("first day away", default=timezone.localdate)
    expected_on = models.DateField("expected back on", null=True, blank=True)
    until = models.DateField("first day back", null=True, blank=True)
    words = models.TextField("what others need to know", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AwayQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        verbose_name_plural = "times away"
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(until=None), name="placements_away_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=(Q(until=None) | Q(until__gte=F("since")))
                & (Q(expected_on=None) | Q(expected_on__gte=F("since"))),
                name="placements_away_dates_in_order",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "placement", "since", "expected_on", "until")
        personal = ("recorded_by",)
        special = ("reason", "words")

    def __str__(self):
        return f"{self.get_reason_display()} since {self.since:%-d %B %Y}"

    @property
    def person(self):
        return self.placement.person

    @property
    def person_id(self):
        return self.placement.person_id
