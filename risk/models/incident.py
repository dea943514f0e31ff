"""Incidents: a header without names, and one row for each person concerned."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from carers.models import Household
from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .own import own_organisations
from .safeguarding import TEST_IS_WHOLE, ThreePartTest


class IncidentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who may read one of its people may read the nameless header; and the own organisation what it recorded."""
        rows = IncidentPerson.objects.visible_to(user).filter(incident=OuterRef("pk"))
        return self.filter(Exists(rows) | Q(organisation__in=own_organisations(user)))


class Incident(FallsDue, ThreePartTest, Row):
    """Something that went wrong, or nearly did: the header, without names. `organisation` recorded it.

    Each person concerned has an `IncidentPerson`: a worker reads the header and the rows of their own people.
    `due_on` is the day by which the scheme `cqc_owed_by` tells the Care Quality Commission, where it must be told.
    """

    class Kind(models.TextChoices):
        ACCIDENT = "accident", "Accident or injury"
        ILLNESS = "illness", "Sudden illness or hospital"
        MEDICINES = "medicines", "Medicines"
        HARM = "harm", "Harm, or fear of harm, from somebody"
        SELF_HARM = "self_harm", "Self-harm or self-neglect"
        AWAY = "away", "Not where expected"
        PROPERTY = "property", "Fire, damage or theft"
        BREAKDOWN = "breakdown", "The arrangement is breaking down"
        CARER_AWAY = "carer_away", "The carer cannot support"
        OVER_NUMBER = "over_number", "More people in the home than allowed"
        DEATH = "death", "Death"
        OTHER = "other", "Something else"

    class CqcKind(models.TextChoices):
        """Care Quality Commission (Registration) Regulations 2009, regulations 16 and 18."""

        DEATH = "death", "Death (regulation 16)"
        INJURY = "injury", "Serious injury"
        ABUSE = "abuse", "Abuse or an allegation of abuse"
        LIBERTY = "liberty", "Deprivation of liberty: application or outcome"
        POLICE = "police", "Incident reported to, or looked into by, the police"
        STOPPED = "stopped", "Event that stops the service from being safe"

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField("day on which it happened")
    kind = models.CharField("kind of incident", max_length=15, choices=Kind)
    is_emergency = models.BooleanField("it was an emergency", default=False)
    what_happened = models.TextField("what happened, without names")
    what_was_done = models.TextField("what was done, without names")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    cqc_notifiable = models.BooleanField("the Care Quality Commission must be told", default=False)
    cqc_kind = models.CharField("as what", max_length=10, choices=CqcKind, blank=True)
    cqc_told_on = models.DateField("told on", null=True, blank=True)
    cqc_owed_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who tells it",
    )
    due_on = models.DateField("to be told by", null=True, blank=True, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cqc_notifiable=False, cqc_kind="", cqc_told_on=None)
                | Q(cqc_notifiable=True) & ~Q(cqc_kind=""),
                name="risk_cqc_notice_has_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None, cqc_owed_by=None)
                | Q(cqc_notifiable=True, due_on__isnull=False, cqc_owed_by__isnull=False),
                name="risk_cqc_notice_owed_by_a_scheme",
            ),
            models.CheckConstraint(condition=TEST_IS_WHOLE, name="risk_three_part_test_whole"),
            models.CheckConstraint(
                condition=~Q(what_happened="") & ~Q(what_was_done=""), name="risk_incident_has_its_words"
            ),
        ]
        indexes = [models.Index(fields=["-happened_on"], name="risk_incident_day")]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "happened_on", "is_emergency", "recorded_at", "cqc_notifiable", "cqc_kind",
            "cqc_told_on", "cqc_owed_by", "due_on", "next_stage_on",
        )  # fmt: skip
        personal = ("household", "recorded_by", "test_decided_by")
        special = (
            "kind", "what_happened", "what_was_done", "has_needs", "at_risk", "cannot_protect", "person_wants",
        )  # fmt: skip

    def __str__(self):
        return f"Incident of {self.happened_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("risk:incident", args=[self.pk])


class IncidentPersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.not_in_error().filter(person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))

    def not_in_error(self):
        """All but the rows of persons whom it did not concern."""
        return self.filter(entered_in_error=None)

    def unread(self):
        return self.not_in_error().filter(read_at=None)


class IncidentPerson(FallsDue, Row):
    """What an incident means for one person. The person's funding worker must read it: that falls due.

    `organisation` is the team that funded the person when it was recorded (the council, where no team did).
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="incident_rows")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("what it means for this person", blank=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = IncidentPersonQuerySet.as_manager()

    class Meta:
        ordering = ["-incident__happened_on"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "person"], name="risk_person_once_in_an_incident"),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="risk_incident_read_by_somebody",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "incident", "organisation", "due_on", "next_stage_on", "read_at")
        personal = ("person", "read_by")
        special = ("words",)

    def __str__(self):
        return f"{self.incident} for one person"
