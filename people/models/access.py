"""The one door outside one's own people, and what closes records to those inside."""

from django.db import models
from django.db.models import F, Q

from sharedlives.permissions import Permission
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .organisation import Organisation, User
from .person import Person


class AccessGrantQuerySet(models.QuerySet):
    def open(self, now):
        return self.filter(opened_at__lte=now, ends_at__gt=now, refused_at=None).exclude(
            kind=AccessGrant.Kind.CONTENT, approved_by=None
        )

    def unread(self):
        """Emergency access about which the manager of the team that funds the person has not read yet."""
        return self.filter(kind=AccessGrant.Kind.EMERGENCY, read_at=None, due_on__isnull=False)

    def visible_to(self, user):
        """Whoever may read who has looked at the person's record."""
        people = Person.objects.visible_to(user, permission=Permission.PERSON_LOOKED)
        return self.filter(person__in=people.values("pk"))


class AccessGrant(FallsDue, Row):
    """Emergency access for 24 hours from the minute, with a reason, told to the team manager. Reads only.

    It stays on My work of the managers of `organisation`, the team that funds the person, until one has read it;
    `due_on` is the day it was opened. `content` is the administrator's: it counts only once a team manager has
    approved it, and falls due to nobody.
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
    due_on = models.DateField(null=True, blank=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("opened_at")), name="people_grant_ends_after_it_opens"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="people_grant_has_a_reason"),
            models.CheckConstraint(
                condition=Q(read_by=None, read_at=None)
                | Q(read_by__isnull=False, read_at__isnull=False, next_stage_on=None) & ~Q(read_by=F("user")),
                name="people_grant_read_by_another",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(organisation__isnull=False), name="people_grant_due_to_a_team"
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_at"], name="people_grant_user")]

    class Privacy:
        ordinary = (
            "id", "version", "kind", "opened_at", "ends_at", "refused_at", "due_on", "next_stage_on", "organisation", "read_at",
        )  # fmt: skip
        personal = ("person", "user", "approved_by", "reason", "read_by")
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
