"""Times when nobody new is placed with a carer: the approval is suspended, and may hold again."""

from django.db import models
from django.db.models import F, Q

from carers.codes import Suspended
from people.models import User
from sharedlives.records.models import Row

from .carer import Carer


class SuspensionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(carer__in=Carer.objects.visible_to(user))

    def open(self):
        """Not lifted yet."""
        return self.filter(until=None)


class Suspension(Row):
    """The approvals of a carer do not hold since a day; `until` the first day on which they do again. Owner: the scheme.

    Those who live there are not put out: each gets work with an owner and a date. Others only read "not available".
    """

    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="suspensions")
    because = models.CharField(max_length=10, choices=Suspended)
    words = models.CharField("more about it", max_length=300, blank=True)
    since = models.DateField("suspended from")
    until = models.DateField(
        null=True, blank=True, help_text="The first day on which the approval holds again."
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["carer"], condition=Q(until=None), name="carers_suspended_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="carers_suspension_dates_in_order"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "since", "until")
        personal = ("carer", "by")
        special = ("because", "words")

    def __str__(self):
        return f"Suspended since {self.since:%-d %B %Y}"
