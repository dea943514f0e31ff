"""What a meeting rated and considered, row by row; and what became of its record."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from careplans.models import Outcome
from people.models import Organisation, Person
from people.visibility import Level
from placements.models import AgreementRequirement
from reviews.codes import Arrived, Format, Rating
from risk.models import Incident
from sharedlives.documents.models import IssuedDocument
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .meeting import Participant, Review


class OutcomeRating(Row):
    """How far one outcome of the plan has been reached, and how the support helped."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="outcome_ratings")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(max_length=10, choices=Rating)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["outcome__number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "outcome"], name="reviews_outcome_rated_once")
        ]

    class Privacy:
        ordinary = ("id", "version", "review", "outcome")
        personal = ()
        special = ("rating", "words")

    def __str__(self):
        return f"{self.outcome}: {self.get_rating_display().lower()}"


class RequirementRating(Row):
    """How far one requirement of the placement agreement has been kept."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="requirement_ratings")
    requirement = models.ForeignKey(AgreementRequirement, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(max_length=10, choices=Rating)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["requirement__number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "requirement"], name="reviews_requirement_rated_once")
        ]

    class Privacy:
        ordinary = ("id", "version", "review", "requirement")
        personal = ()
        special = ("rating", "words")

    def __str__(self):
        return f"{self.requirement}: {self.get_rating_display().lower()}"


class IncidentConsidered(Row):
    """An emergency or incident of the period, and what the meeting made of it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="incidents_considered")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        ordering = ["incident__happened_on"]
        constraints = [
            models.UniqueConstraint(fields=["review", "incident"], name="reviews_incident_considered_once"),
            models.CheckConstraint(condition=~Q(words=""), name="reviews_incident_considered_in_words"),
        ]

    class Privacy:
        ordinary = ("id", "version", "review", "incident")
        personal = ()
        special = ("words",)

    def __str__(self):
        return f"Considered: {self.incident}"


class RecordOwedQuerySet(models.QuerySet):
    def visible_to(self, user):
        people = Person.objects.visible_to(user, least=Level.FUNDS).values("pk")
        return self.filter(person__in=people, review__entered_in_error=None)

    def open(self):
        return self.filter(sent_on=None)

    def late(self, today):
        """Not sent to everybody who took part, though its day has passed."""
        return self.open().filter(due_on__lt=today)


class RecordOwed(FallsDue, Row):
    """The record of a held review has to reach everyone who took part, by a day. `organisation` owns the row."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="record_owed")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)

    objects = RecordOwedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "records owed"
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(next_stage_on=None), name="reviews_sent_record_reminds_nobody"
            )
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(sent_on=None), name="reviews_record_unsent")]

    class Privacy:
        ordinary = ("id", "version", "review", "organisation", "due_on", "next_stage_on", "sent_on")
        personal = ("person",)
        special = ()

    def __str__(self):
        return f"Record to send by {self.due_on.day} {self.due_on:%B %Y}"

    def get_absolute_url(self):
        return self.review.get_absolute_url()


class RecordCopy(Row):
    """One copy of the record to one participant: the very bytes, how it goes and when; later how it arrived, or not."""

    class Way(models.TextChoices):
        LINK = "link", "Opens it here"
        PAPER = "paper", "On paper, given by hand or by post"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="copies")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="copies")
    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    format = models.CharField(max_length=15, choices=Format)
    sent_on = models.DateField()
    arrived = models.CharField("what became of it", max_length=10, choices=Arrived, blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    arrived_words = models.CharField("more about it", max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "record copies"
        ordering = ["sent_on", "participant__name"]
        constraints = [
            models.UniqueConstraint(fields=["document"], name="reviews_one_row_a_copy"),
            models.CheckConstraint(
                condition=Q(arrived="", arrived_on=None) | ~Q(arrived="") & Q(arrived_on__isnull=False),
                name="reviews_copy_arrived_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on=None) | Q(arrived_on__gte=F("sent_on")),
                name="reviews_copy_arrives_after_it_is_sent",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "review", "way", "sent_on", "arrived", "arrived_on")
        personal = ("participant", "document", "format", "arrived_words")
        special = ()

    def __str__(self):
        return f"Copy of {self.sent_on.day} {self.sent_on:%B %Y}"


class RecordEnteredInError(Row):
    """A record of a meeting that should not be on this person's record, and why. It is hidden; copies are recalled."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="entered_in_error")
    why = models.TextField()
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="reviews_error_says_why")]

    class Privacy:
        ordinary = ("id", "version", "review", "on")
        personal = ("why",)
        special = ()

    def __str__(self):
        return f"Entered in error, {self.on:%-d %B %Y}"
