"""Reminder ladders, per council: when somebody is told before and after a date."""

from django.db import models
from django.db.models import Q

from sharedlives.records.models import Row

from .organisation import Organisation


class Ladder(Row):
    """The ladder of one deadline for one council. A council without one runs on the shipped default."""

    class Tells(models.TextChoices):
        WORKER = "worker", "The named worker, else cover, else the manager"
        MANAGER = "manager", "The team or scheme manager"

    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ladders")
    deadline = models.CharField(max_length=80, help_text="Such as reviews.review_due.")

    class Meta:
        ordering = ["council", "deadline"]
        constraints = [
            models.UniqueConstraint(fields=["council", "deadline"], name="people_one_ladder_per_deadline")
        ]

    class Privacy:
        ordinary = ("id", "version", "council", "deadline")
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.deadline}, {self.council}"


class LadderStage(Row):
    """One rung: so many days before (negative) or after (positive) the due date."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=40)
    offset = models.SmallIntegerField(help_text="Days from the due date; before it is negative.")
    tells = models.CharField(max_length=10, choices=Ladder.Tells, default=Ladder.Tells.WORKER)

    class Meta:
        ordering = ["offset"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "stage"], name="people_stage_once_per_ladder"),
            models.UniqueConstraint(fields=["ladder", "offset"], name="people_one_stage_per_day"),
            models.CheckConstraint(
                condition=Q(offset__gte=-365, offset__lte=365), name="people_stage_within_a_year"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "ladder", "stage", "offset", "tells")
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.stage} ({self.offset:+d} days)"
