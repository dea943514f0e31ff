"""Conflicts of interest: who must not open or approve a person's record, because it is their own or their family's."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from sharedlives.permissions import GRANTS, Permission
from sharedlives.records.models import Row

from .organisation import Organisation, User, current
from .person import Person


class ConflictQuerySet(models.QuerySet):
    def current(self, on):
        return self.filter(current(on))

    def visible_to(self, user):
        """The own ones; and those of the organisations that the user manages, which a manager lists and ends."""
        managed = Q(pk__in=[])
        for membership in user.current_memberships():
            if Permission.TEAM_VIEW in GRANTS[membership.role]:
                managed |= Q(organisation__path__startswith=membership.organisation.path)
        return self.filter(managed | Q(user=user.pk))


class Conflict(Row):
    """A user and a person are close: the record is closed to that user while this holds.

    Declared by the user or by their manager; only a manager ends it. `organisation`, where the user works, owns it.
    """

    class Tie(models.TextChoices):
        SELF = "self", "It is my own record"
        FAMILY = "family", "Family, or living together"
        FRIEND = "friend", "Close friend or neighbour"
        FORMER = "former", "Former partner"
        MONEY = "money", "Money or business between them"
        OTHER = "other", "Something else"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    tie = models.CharField("what connects them", max_length=10, choices=Tie)
    words = models.CharField("more about it", max_length=200, blank=True)
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.CharField("why it no longer holds", max_length=200, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person"], condition=Q(until=None), name="people_one_open_conflict"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="people_conflict_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(until=None, ended_by=None, ended_because="")
                | Q(until__isnull=False, ended_by__isnull=False)
                & ~Q(ended_because="")
                & ~Q(ended_by=F("user")),
                name="people_conflict_ended_by_another",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "tie", "since", "until")
        personal = ("user", "person", "declared_by", "ended_by", "words", "ended_because")
        special = ()

    def __str__(self):
        return f"{self.get_tie_display()} since {self.since:%-d %B %Y}"

    def end_path(self):
        """Where a manager ends it, or None once it has ended."""
        return None if self.until else reverse("people:end_conflict", args=[self.pk])
