"""Seen when, where and how: what a record about somebody rests on (SCIE At a glance 02: no paper exercise)."""

from django.db import models
from django.db.models import Q

from people.codes import SeenHow


class Seen(models.Model):
    """When, where and how somebody was seen for a record. Not seen: `seen_where` says why. Empty on older records."""

    seen_how = models.CharField("how they were seen", max_length=10, choices=SeenHow, blank=True)
    seen_on = models.DateField("when they were seen", null=True, blank=True)
    seen_where = models.CharField("where they were seen, or why not", max_length=200, blank=True)

    class Meta:
        abstract = True


def seen_or_why_not(name):
    """Constraint: all three, or not seen with the reason, or nothing at all on a record from before."""
    nothing = Q(seen_how="", seen_on=None, seen_where="")
    not_seen = Q(seen_how=SeenHow.NOT_SEEN, seen_on=None) & ~Q(seen_where="")
    seen = Q(seen_on__isnull=False) & ~Q(seen_how__in=["", SeenHow.NOT_SEEN]) & ~Q(seen_where="")
    return models.CheckConstraint(condition=nothing | not_seen | seen, name=name)
