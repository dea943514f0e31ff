"""The shape of every row, and the rows that keep watch over rows."""

import uuid
from functools import cache

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

ALWAYS_SAYS_WHY = 90  # per cent: whoever gets past the rule is still stopped here


class KeptHistoryManager(HistoryManager):
    """A history's manager, its class made once: the library makes a new class whenever a history is looked at.

    Each new class is a tenth of a saved row's time, and Python forgets what it knew of every other manager.
    """

    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        return super().from_queryset(queryset_class, class_name)


class Row(models.Model):
    """What every record of the domain has: a random id, a version and its history.

    The id goes into addresses, so it tells nothing. `version` counts the saves made through
    `records.actions.record`; a form that was opened on an older one is told what changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords(inherit=True, history_manager=KeptHistoryManager)

    class Meta:
        abstract = True


class Compared(models.Model):
    """A record that is held against the one before it when it becomes final (`records.rules`)."""

    likeness = models.PositiveSmallIntegerField(
        "how much of it stood in the last one, per cent", null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True


def very_like_says_why(name, reason):
    """Constraint: what is nearly all of it last time's says in the field `reason` why that is still right."""
    fresh = Q(likeness=None) | Q(likeness__lt=ALWAYS_SAYS_WHY)
    return models.CheckConstraint(condition=fresh | ~Q(**{reason: ""}), name=name)


class AccessLogEntry(models.Model):
    """Who looked at whom, when, through which page. One row a view, lists too; never changed, never deleted.

    Ids, not keys: the log must not get in the way of the live data, nor vanish with it. `person_ids` are those of
    persons, and of carers and members of their households, who may ask too.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True)
    user_id = models.UUIDField(null=True)
    person_ids = ArrayField(models.UUIDField(), default=list)
    view = models.CharField(max_length=120)
    method = models.CharField(max_length=8)
    status = models.PositiveSmallIntegerField()
    exported = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=200, blank=True)
    request_id = models.UUIDField()

    class Meta:
        indexes = [
            GinIndex(fields=["person_ids"], name="records_access_person"),
            models.Index(fields=["user_id", "-at"], name="records_access_user"),
        ]

    class Privacy:
        ordinary = ("id", "at", "view", "method", "status", "exported", "request_id")
        personal = ("user_id", "person_ids", "why")
        special = ()

    def __str__(self):
        return f"{self.view} at {self.at:%Y-%m-%d %H:%M}"


class FormKey(models.Model):
    """A form that was carried out, once. Sending it again leads to the page of the first time."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    led_to = models.CharField(max_length=300)

    class Privacy:
        ordinary = ("key", "at", "led_to")
        personal = ("user",)
        special = ()

    def __str__(self):
        return str(self.key)


class Draft(models.Model):
    """What somebody has typed into a long form so far. One per user, form and object; theirs alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=80)
    object_id = models.UUIDField()
    base_version = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "form", "object_id"], name="records_one_draft")
        ]

    class Privacy:
        ordinary = ("id", "form", "object_id", "base_version", "saved_at")
        personal = ("user",)
        special = ("answers",)

    def __str__(self):
        return f"Draft of {self.form}"


class ParkedPost(models.Model):
    """A form that arrived after its sender was signed out. Encrypted; shown only to the same user."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    sealed = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True)

    class Privacy:
        ordinary = ("id", "path", "at", "saved_at")
        personal = ("user",)
        special = ("sealed",)

    def __str__(self):
        return f"Typed at {self.at:%Y-%m-%d %H:%M}"
