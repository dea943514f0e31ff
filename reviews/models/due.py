"""The duty: something about a person must be looked at again by a date."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from people.models import Organisation, Person
from people.visibility import Level
from placements.models import Placement
from placements.models.scope import own_teams
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .policy import ReviewPolicy


class ReviewDueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of the own people; a scheme sees those of its own placements, and of the plans of whom it supports.

        A former team sees what was closed while it was its own.
        """
        funds = Person.objects.visible_to(user, least=Level.FUNDS)
        supports = Person.objects.visible_to(user, least=Level.SUPPORTS)
        own = Q(placement=None) | Q(placement__in=Placement.objects.visible_to(user).values("pk"))
        past = Person.objects.visible_to(user, least=Level.PAST)
        closed = ~Q(state=ReviewDue.State.OPEN) & Q(organisation__in=own_teams(user))
        return self.filter(
            Q(person__in=funds.values("pk"))
            | Q(person__in=supports.values("pk")) & own
            | Q(person__in=past.values("pk")) & closed
        )

    def open(self):
        """What still has to be looked at. List, tile, export and reminder all read this one."""
        return self.filter(state=ReviewDue.State.OPEN)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def missed(self, since):
        """Still open twelve months after their date, and closed as missed after a day."""
        return self.filter(state=ReviewDue.State.MISSED, closed_on__gt=since)

    def coming(self, today, days=42):
        """Open and due within so many days, today included."""
        return self.open().filter(due_on__gte=today, due_on__lte=today + timedelta(days=days))


class ReviewDue(FallsDue, Row):
    """One review that is owed: of one subject, in one round. Lists, tiles and reminders count these.

    `organisation` is the team that funded the person when it opened: it owns the row. `first_due_on` is the date
    as first set; `due_on` differs from it only after a new policy version. `counted_from` is the start, for later
    rounds the day from which the interval runs; `agreed_on` a sooner date agreed at the last meeting.
    """

    class Subject(models.TextChoices):
        CARE_PLAN = "care_plan", "Care and support plan"
        PLACEMENT_AGREEMENT = "placement_agreement", "Placement agreement"
        SERVICE = "service", "Other service"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        MET = "met", "Met"
        MET_LATE = "met_late", "Met late"
        MISSED = "missed", "Missed"
        VOID = "void", "No longer owed"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="review_dues")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="review_dues")
    subject = models.CharField(max_length=20, choices=Subject)
    placement = models.ForeignKey(
        Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="review_dues"
    )
    service = models.CharField("which service", max_length=120, blank=True)
    cycle = models.PositiveSmallIntegerField("round", default=1)
    is_first = models.BooleanField(
        default=True, help_text="Counted in days from a start; later ones in months from the last."
    )
    policy = models.ForeignKey(ReviewPolicy, on_delete=models.PROTECT, related_name="dues")
    counted_from = models.DateField()
    agreed_on = models.DateField(null=True, blank=True)
    first_due_on = models.DateField(help_text="The date as it was first set.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True)

    objects = ReviewDueQuerySet.as_manager()

    class Meta:
        verbose_name = "review due"
        verbose_name_plural = "reviews due"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject", "placement", "service", "cycle"],
                nulls_distinct=False,
                name="reviews_one_due_per_subject_and_cycle",
            ),
            models.UniqueConstraint(
                fields=["person", "subject", "placement", "service"],
                condition=Q(state="open"),
                nulls_distinct=False,
                name="reviews_one_open_due_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(subject="care_plan", placement=None, service="")
                | Q(subject="placement_agreement", placement__isnull=False, service="")
                | (Q(subject="service", placement=None) & ~Q(service="")),
                name="reviews_due_names_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None) | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="reviews_closed_due_has_its_day",
            ),
            models.CheckConstraint(
                condition=(~Q(state="met") | Q(closed_on__lte=F("due_on")))
                & (~Q(state__in=["met_late", "missed"]) | Q(closed_on__gt=F("due_on"))),
                name="reviews_late_is_recorded_late",
            ),
            models.CheckConstraint(condition=~Q(state="void") | ~Q(why=""), name="reviews_void_due_says_why"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("counted_from"), first_due_on__gte=F("counted_from"), cycle__gte=1),
                name="reviews_due_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(next_stage_on=None), name="reviews_closed_due_reminds_nobody"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state="open"), name="reviews_due_open"),
            models.Index(
                fields=["organisation", "due_on"], condition=Q(state="open"), name="reviews_due_team"
            ),
            models.Index(fields=["person", "-due_on"], name="reviews_due_person"),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "subject", "state", "cycle", "is_first", "due_on", "first_due_on",
            "closed_on", "policy", "counted_from", "agreed_on", "next_stage_on",
        )  # fmt: skip
        personal = ("person", "placement", "service", "why")
        special = ()

    def __str__(self):
        return f"{self.what}, due {self.due_on.day} {self.due_on:%B %Y}"

    def get_absolute_url(self):
        return reverse("reviews:due", args=[self.pk])

    @property
    def what(self):
        """Which review, in words: *First review: care and support plan*."""
        about = self.service or self.get_subject_display().lower()
        return f"{'First review' if self.is_first else 'Yearly review'}: {about}"

    @property
    def moved(self):
        return self.due_on != self.first_due_on

    def is_overdue(self, today):
        return self.state == self.State.OPEN and self.due_on < today
