"""A request for a copy of everything kept about one person: from its receipt to the day it is handed over."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.visibility import Level
from sharedlives.documents.models import IssuedDocument
from sharedlives.permissions import GRANTS, Permission
from sharedlives.records.models import Row
from sharedlives.records.subject_access import PARTS
from sharedlives.worklist.models import FallsDue

from .organisation import Organisation, User
from .person import Person, PersonalContact

WHOLE_RECORD = "people.copy"  # the kind of its documents


class AccessRequestQuerySet(models.QuerySet):
    def open(self):
        """Not handed over, not closed otherwise."""
        return self.exclude(state__in=(AccessRequest.State.RELEASED, AccessRequest.State.CLOSED))

    def to_work_off(self):
        return self.filter(state__in=(AccessRequest.State.GATHERING, AccessRequest.State.MAKING))

    def visible_to(self, user):
        """Of persons whose copies the user sees to: team managers, people whom their teams fund."""
        persons = Person.objects.visible_to(user, least=Level.FUNDS, permission=Permission.SUBJECT_ACCESS)
        return self.filter(person__in=persons)

    def registered_for(self, user):
        """What the register shows: to data officers their council's, by reference and dates; to others what they see."""
        councils = [
            membership.organisation.council_id
            for membership in user.current_memberships()
            if Permission.SUBJECT_ACCESS_LIST in GRANTS[membership.role]
            and Permission.SUBJECT_ACCESS not in GRANTS[membership.role]
        ]
        whole = Q(organisation__council__in=councils) & Q(
            person__in=Person.objects.not_invisible().values("pk")
        )
        return self.filter(whole | Q(pk__in=self.model.objects.visible_to(user).order_by().values("pk")))


class AccessRequest(FallsDue, Row):
    """Somebody asked for a copy of what is kept about a person (UK GDPR article 15).

    `contact` is who asks for the person, with the authority that was shown; none where the person asks. `organisation`
    is the team that funded the person when the request came: it owns it. The copy is put together, read through, and
    made by the clock; `done` of `total` steps say how far that is.
    """

    class State(models.TextChoices):
        GATHERING = "gathering", "Being put together"
        REVIEW = "review", "To be read through"
        MAKING = "making", "The copy is being made"
        RELEASED = "released", "Ready to hand over"
        CLOSED = "closed", "Closed without a copy"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="access_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(
        PersonalContact, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who asks for the person",
    )  # fmt: skip
    identity = models.CharField("how it was checked who asks", max_length=200)
    received_on = models.DateField("received", default=timezone.localdate)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.GATHERING)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    harm_words = models.TextField("could it cause serious harm?", blank=True)
    safeguarding_words = models.TextField("is safeguarding touched?", blank=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField("why there is no copy", max_length=200, blank=True)
    documents = models.ManyToManyField(IssuedDocument, related_name="+", editable=False)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = "request for a copy"
        verbose_name_plural = "requests for a copy"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=~Q(state__in=["released", "closed"]),
                name="people_one_open_copy_per_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["making", "released"])
                | Q(released_by__isnull=False) & ~Q(harm_words="") & ~Q(safeguarding_words=""),
                name="people_copy_checked_before_release",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(closed_because="")
                | Q(state="released", closed_on__isnull=False, closed_because="")
                | ~Q(state__in=["closed", "released"]) & Q(closed_on=None, closed_because=""),
                name="people_copy_closed_with_day_and_reason",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "received_on", "due_on", "next_stage_on", "state", "done", "total", "closed_on",
            "documents",
        )  # fmt: skip
        personal = ("person", "contact", "identity", "received_by", "released_by", "closed_because")
        special = ("harm_words", "safeguarding_words")

    def __str__(self):
        return f"Copy asked for on {self.received_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("people:access_request", args=[self.pk])

    @property
    def is_working(self):
        return self.state in (self.State.GATHERING, self.State.MAKING)


class AccessEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of requests that the user sees; what is kept back only where the record itself is theirs to see.

        So whoever a concern is about finds no trace of it in the copy that they read through.
        """
        closed = Q(pk__in=[])
        for part in PARTS.values():
            if part.held and hasattr(part.model.objects, "visible_to"):
                mine = part.model.objects.visible_to(user).order_by().values("pk")
                closed |= Q(of_model=part.label) & ~Q(row_id__in=mine)
        return self.filter(request__in=AccessRequest.objects.visible_to(user)).exclude(closed)


class AccessEntry(models.Model):
    """One record as it stood when a copy was put together: read through, given or kept back, then cleared."""

    class Decision(models.TextChoices):
        OPEN = "open", "To be decided"
        GIVE = "give", "Given"
        KEEP = "keep", "Kept back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    part = models.CharField("what it is", max_length=80)
    of_model = models.CharField(max_length=80)
    row_id = models.UUIDField(null=True)
    title = models.CharField("record", max_length=200)
    facts = models.JSONField(default=list)
    decision = models.CharField(max_length=5, choices=Decision, default=Decision.GIVE)
    why = models.CharField("why it is kept back", max_length=200, blank=True)

    objects = AccessEntryQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="people_copy_entry_numbered_once"),
            models.CheckConstraint(
                condition=~Q(decision="keep") | ~Q(why=""), name="people_copy_kept_back_for_a_reason"
            ),
        ]

    class Privacy:
        ordinary = ("id", "request", "number", "part", "of_model", "row_id", "decision")
        personal = ("why",)
        special = ("title", "facts")

    def __str__(self):
        return f"{self.part}: {self.title}"

    def get_absolute_url(self):
        return reverse("people:access_entry", args=[self.pk])


class AccessNameQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(request__in=AccessRequest.objects.visible_to(user))


class AccessName(Row):
    """The name of somebody else that stands in the copy, and whether it is taken out (Data Protection Act 2018 sch 2 para 16)."""

    class Decision(models.TextChoices):
        OPEN = "", "To be decided"
        OUT = "out", "Take the name out"
        STAY = "stay", "Let it stand"

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="names")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    who = models.CharField("who that is", max_length=200, blank=True)
    times = models.PositiveIntegerField("in so many records", default=0)
    decision = models.CharField(max_length=5, choices=Decision, blank=True, default=Decision.OPEN)

    objects = AccessNameQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "name"], name="people_copy_name_once"),
        ]

    class Privacy:
        ordinary = ("id", "version", "request", "organisation", "times", "decision")
        personal = ("name", "who")
        special = ()

    def __str__(self):
        return self.name
