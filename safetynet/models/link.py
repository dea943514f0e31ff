"""How rows of lists stand to persons: decided by the rules or by somebody, and what was decided against."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Person, User
from sharedlives.records.models import Row

from .roster import RosterRow, RosterSource


class LinkDecisionQuerySet(models.QuerySet):
    def standing(self):
        """Decisions that were not undone."""
        return self.filter(undone_at=None)

    def possible(self):
        return self.standing().filter(verdict="possible")

    def linked(self):
        return self.standing().filter(verdict="linked")


class LinkDecision(Row):
    """A row is this person, may be this person, or is nobody on our records. Owner: the council of the source.

    `decided_by` is empty where the rules decided. Linking grants no sight, and can be undone.
    """

    class Verdict(models.TextChoices):
        LINKED = "linked", "The same person"
        POSSIBLE = "possible", "Perhaps the same person"
        NOT_ON_OUR_RECORDS = "not_on_our_records", "Not on our records"

    row = models.ForeignKey(RosterRow, on_delete=models.CASCADE, related_name="decisions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(max_length=20, choices=Verdict)
    weight = models.SmallIntegerField(default=0, help_text="Ranks the possible ones; decides nothing.")
    reasons = models.JSONField("why, in words", default=list)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_because = models.CharField(max_length=200, blank=True)

    objects = LinkDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-weight", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["row"],
                condition=Q(verdict__in=["linked", "not_on_our_records"], undone_at=None),
                name="safetynet_row_decided_one_way",
            ),
            models.UniqueConstraint(
                fields=["row", "person"], condition=Q(undone_at=None), name="safetynet_row_and_person_once"
            ),
            models.CheckConstraint(
                condition=Q(verdict="not_on_our_records", person=None)
                | ~Q(verdict="not_on_our_records") & Q(person__isnull=False),
                name="safetynet_link_names_a_person",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_because="")
                | Q(undone_at__isnull=False, undone_at__gte=F("at")) & ~Q(undone_because=""),
                name="safetynet_undone_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(undone_at=None), name="safetynet_link_person"),
        ]

    class Privacy:
        ordinary = ("id", "version", "row", "verdict", "weight", "at", "undone_at")
        personal = ("person", "reasons", "decided_by", "undone_by", "undone_because")
        special = ()

    def __str__(self):
        return f"{self.get_verdict_display()} ({self.at:%Y-%m-%d})"


class NotSamePerson(Row):
    """Somebody decided that two are not one human being: remembered, so that nobody is asked again.

    Either two records (`person` and `other`), or a record and whoever has this fingerprint in the lists of a
    source. Owner: the council of the person.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    source = models.ForeignKey(
        RosterSource, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    fingerprint = models.CharField(max_length=64, blank=True)
    why = models.CharField("why they are two people", max_length=200, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-decided_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False, source=None, fingerprint="")
                | Q(other=None, source__isnull=False) & ~Q(fingerprint=""),
                name="safetynet_not_same_as_one_other",
            ),
            models.CheckConstraint(
                condition=Q(other=None) | Q(person__lt=F("other")), name="safetynet_not_same_pair_in_order"
            ),
            models.UniqueConstraint(
                fields=["person", "other"], condition=Q(source=None), name="safetynet_not_same_pair_once"
            ),
            models.UniqueConstraint(
                fields=["person", "source", "fingerprint"],
                condition=Q(other=None),
                name="safetynet_not_same_row_once",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "source", "decided_on")
        personal = ("fingerprint", "person", "other", "why", "decided_by")
        special = ()

    def __str__(self):
        return f"Not the same person (decided {self.decided_on})"
