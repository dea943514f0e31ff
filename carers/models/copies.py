"""A request for a copy of what a scheme keeps about a carer, or about somebody who lives with one."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation, User
from sharedlives.documents.models import IssuedDocument
from sharedlives.permissions import Permission
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .carer import Carer
from .home import Household, HouseholdMember, own_schemes

CARER_RECORD = "carers.copy"  # the kind of its documents


class CarerCopyQuerySet(models.QuerySet):
    def open(self):
        """Not handed over, not closed otherwise."""
        return self.filter(state=CarerCopy.State.REVIEW)

    def visible_to(self, user):
        """Of carers and homes of the schemes that the user manages; never of a carer to whom the user is close."""
        carers = Carer.objects.visible_to(user, Permission.CARER_COPY).values("pk")
        homes = Household.objects.visible_to(user, Permission.CARER_COPY).values("pk")
        own = self.filter(organisation__in=own_schemes(user, Permission.CARER_COPY))
        return own.filter(Q(carer__in=carers) | Q(member__household__in=homes))


class CarerCopy(FallsDue, Row):
    """A carer, or somebody of their household, asked for what the scheme keeps about them (UK GDPR article 15).

    Owner: `organisation`, the scheme that was asked. What it keeps is put together at once, read through, and made when
    both checks are written down: a scheme keeps some dozens of records about a carer, not thousands.
    """

    class State(models.TextChoices):
        REVIEW = "review", "To be read through"
        RELEASED = "released", "Ready to hand over"
        CLOSED = "closed", "Closed without a copy"

    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, blank=True, related_name="copies")
    member = models.ForeignKey(
        HouseholdMember, on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    identity = models.CharField("how it was checked who asks", max_length=200)
    received_on = models.DateField("received", default=timezone.localdate)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.REVIEW)
    harm_words = models.TextField("could it cause serious harm?", blank=True)
    safeguarding_words = models.TextField("is safeguarding touched?", blank=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField("why there is no copy", max_length=200, blank=True)
    documents = models.ManyToManyField(IssuedDocument, related_name="+", editable=False)

    objects = CarerCopyQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = "request of a carer for a copy"
        verbose_name_plural = "requests of carers for a copy"
        constraints = [
            models.CheckConstraint(
                condition=Q(carer=None, member__isnull=False) | Q(carer__isnull=False, member=None),
                name="carers_copy_about_a_carer_or_a_member",
            ),
            models.UniqueConstraint(
                fields=["organisation", "carer", "member"],
                condition=Q(state="review"),
                nulls_distinct=False,
                name="carers_one_open_copy_each",
            ),
            models.CheckConstraint(
                condition=~Q(state="released")
                | Q(released_by__isnull=False) & ~Q(harm_words="") & ~Q(safeguarding_words=""),
                name="carers_copy_checked_before_release",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(closed_because="")
                | Q(state="released", closed_on__isnull=False, closed_because="")
                | Q(state="review", closed_on=None, closed_because=""),
                name="carers_copy_closed_with_day_and_reason",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "received_on", "due_on", "next_stage_on", "state", "closed_on", "documents",
        )  # fmt: skip
        personal = ("carer", "member", "identity", "received_by", "released_by", "closed_because")
        special = ("harm_words", "safeguarding_words")

    def __str__(self):
        return f"Copy asked for on {self.received_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("carers:copy", args=[self.pk])

    @property
    def about(self):
        """Whom it is about: the carer, or the member of the household."""
        return self.carer or self.member

    @property
    def household(self):
        """The home of whom it is about."""
        return self.about.household

    @property
    def reference(self):
        """What files are called: never a name."""
        return self.carer.reference if self.carer_id else f"{self.household.pk.hex[:8]}-member"

    @property
    def own_name(self):
        """The words of their own name, which are never taken out."""
        if self.carer_id:
            return f"{self.carer.given_name} {self.carer.family_name} {self.carer.preferred_name}"
        return self.member.given_name


class PartOfCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of requests that the user sees: all that was put together was theirs to read."""
        return self.filter(request__in=CarerCopy.objects.visible_to(user))


class CarerCopyEntry(models.Model):
    """One record as it stood when the copy was put together: read through, given or kept back, then cleared."""

    class Decision(models.TextChoices):
        OPEN = "open", "To be decided"
        GIVE = "give", "Given"
        KEEP = "keep", "Kept back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(CarerCopy, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    part = models.CharField("what it is", max_length=80)
    title = models.CharField("record", max_length=200)
    facts = models.JSONField(default=list)
    decision = models.CharField(max_length=5, choices=Decision, default=Decision.GIVE)
    why = models.CharField("why it is kept back", max_length=200, blank=True)

    objects = PartOfCopyQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="carers_copy_entry_numbered_once"),
            models.CheckConstraint(
                condition=~Q(decision="keep") | ~Q(why=""), name="carers_copy_kept_back_for_a_reason"
            ),
        ]

    class Privacy:
        ordinary = ("id", "request", "number", "part", "decision")
        personal = ("why",)
        special = ("title", "facts")

    def __str__(self):
        return f"{self.part}: {self.title}"

    def get_absolute_url(self):
        return reverse("carers:copy_entry", args=[self.pk])


class CarerCopyName(Row):
    """The name of somebody else that stands in the copy, and whether it is taken out. Owner: the scheme of the request."""

    class Decision(models.TextChoices):
        OPEN = "", "To be decided"
        OUT = "out", "Take the name out"
        STAY = "stay", "Let it stand"

    request = models.ForeignKey(CarerCopy, on_delete=models.CASCADE, related_name="names")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    who = models.CharField("who that is", max_length=200, blank=True)
    times = models.PositiveIntegerField("in so many records", default=0)
    decision = models.CharField(max_length=5, choices=Decision, blank=True, default=Decision.OPEN)

    objects = PartOfCopyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["request", "name"], name="carers_copy_name_once")]

    class Privacy:
        ordinary = ("id", "version", "request", "organisation", "times", "decision")
        personal = ("name", "who")
        special = ()

    def __str__(self):
        return self.name
