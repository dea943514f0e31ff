"""The one door outside one's own people, and what closes records to those inside."""

from django.db import models
from django.db.models import F, Q

from sharedlives.records.models import Row

from .organisation import User
from .person import Person


class AccessGrantQuerySet(models.QuerySet):
    def open(self, now):
        return self.filter(opened_at__lte=now, ends_at__gt=now, refused_at=None).exclude(
            kind=AccessGrant.Kind.CONTENT, approved_by=None
        )


class AccessGrant(Row):
    """Emergency access for 24 hours from the minute, with a reason, told to the team manager. Reads only.

    `content` is the administrator's: it counts only once a team manager has approved it.
    """

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", "Emergency access"
        CONTENT = "content", "Content for an administrator"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="access_grants")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="access_grants")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EMERGENCY)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("opened_at")), name="people_grant_ends_after_it_opens"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="people_grant_has_a_reason"),
        ]
        indexes = [models.Index(fields=["user", "ends_at"], name="people_grant_user")]

    class Privacy:
        ordinary = ("id", "version", "kind", "opened_at", "ends_at", "refused_at")
        personal = ("person", "user", "approved_by", "reason")
        special = ()

    def __str__(self):
        return f"{self.get_kind_display()} until {self.ends_at:%Y-%m-%d %H:%M}"


class Restriction(Row):
    """A record that few may open. Masked: others see that there is one. Invisible: others see nothing."""

    class Kind(models.TextChoices):
        MASKED = "masked", "Masked"
        INVISIBLE = "invisible", "Invisible"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="people_one_open_restriction_per_person"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "kind", "since", "until")
        personal = ("person",)
        special = ("reason",)

    def __str__(self):
        return f"{self.get_kind_display()} since {self.since}"


class RestrictionAllows(Row):
    """Somebody who may open a restricted record all the same."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="allows")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["restriction", "user"], name="people_restriction_allows_once")
        ]

    class Privacy:
        ordinary = ("id", "version", "restriction")
        personal = ("user",)
        special = ()

    def __str__(self):
        return f"{self.user} may open it"
