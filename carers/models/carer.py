"""Carers: who they are, what they are approved for, what they have learnt and until when that lasts."""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from carers.codes import PlacementKind, Stopped
from people.models import Organisation, Person, User
from people.models.organisation import current
from sharedlives.permissions import Permission
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .home import Household, HouseholdScheme, own_schemes


class CarerQuerySet(models.QuerySet):
    def visible_to(self, user, permission=Permission.CARER_VIEW, on=None):
        """The carers of the homes of the user's own schemes, but those to whom the user is close."""
        on = on or timezone.localdate()
        links = HouseholdScheme.objects.filter(current(on), scheme__in=own_schemes(user, permission))
        ties = apps.get_model("carers", "CarerTie").objects.filter(current(on), carer=OuterRef("pk"))
        return self.filter(~Exists(ties.filter(user=user.pk)), household__in=links.values("household"))

    def active(self, on):
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on))


class Carer(Row):
    """A Shared Lives carer. Owner: `organisation`, the scheme that assesses and approves them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="carers")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="carers")
    reference = models.CharField(max_length=12, unique=True, help_text="What mails say instead of a name.")
    given_name = models.CharField("given name", max_length=80)
    family_name = models.CharField("family name", max_length=80)
    preferred_name = models.CharField("preferred name", max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    languages = models.CharField(max_length=200, blank=True, help_text="With commas between them.")
    faith = models.CharField(max_length=60, blank=True)
    culture = models.CharField(max_length=120, blank=True)
    skills = models.TextField(blank=True)
    interests = models.TextField(blank=True)
    ended_on = models.DateField("no longer a carer since", null=True, blank=True)
    ended_because = models.CharField("why they stopped", max_length=15, choices=Stopped, blank=True)
    ended_words = models.CharField("more about it", max_length=300, blank=True)
    worker = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="scheme worker"
    )

    objects = CarerQuerySet.as_manager()

    class Meta:
        ordering = ["family_name", "given_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=False) | Q(ended_because="", ended_words=""),
                name="carers_stopped_for_a_reason_on_a_day",
            )
        ]
        indexes = [models.Index(fields=["family_name", "given_name", "id"], name="carers_carer_name")]

    class Privacy:
        ordinary = ("id", "version", "organisation", "reference", "ended_on")
        personal = (
            "household", "given_name", "family_name", "preferred_name", "email", "phone", "languages", "culture", "skills", "interests",
            "worker",
        )  # fmt: skip
        special = ("faith", "ended_because", "ended_words")

    def __str__(self):
        return self.known_as

    @property
    def known_as(self):
        """The name on screen: preferred name and family name."""
        return f"{self.preferred_name or self.given_name} {self.family_name}"

    def get_absolute_url(self):
        return reverse("carers:carer", args=[self.pk])


class ApprovalQuerySet(models.QuerySet):
    def current(self, on):
        return self.filter(current(on))

    def visible_to(self, user):
        return self.filter(carer__in=Carer.objects.visible_to(user))


class Approval(Row):
    """What a carer may be asked to do, from a day until a day. Owner: the carer's scheme."""

    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="approvals")
    kinds = ArrayField(models.CharField(max_length=12, choices=PlacementKind), verbose_name="approved for")
    emergency = models.BooleanField("emergencies too", default=False)
    only_for = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="only for one person",
    )
    conditions = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")
    decision = models.ForeignKey(
        "carers.PanelDecision", on_delete=models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    suspension = models.ForeignKey(
        "carers.Suspension", on_delete=models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    would_end_on = models.DateField(
        null=True, blank=True, help_text="Ended by a suspension: when it would have ended without."
    )

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kinds__len__gt=0), name="carers_approval_for_something"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="carers_approval_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(suspension=None, would_end_on=None)
                | Q(suspension__isnull=False, until__isnull=False),
                name="carers_approval_suspended_from_a_day",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "kinds", "emergency", "since", "until", "decision", "suspension", "would_end_on",
        )  # fmt: skip
        personal = ("carer", "only_for", "conditions", "approved_by")
        special = ()

    def __str__(self):
        return f"Approved since {self.since:%-d %B %Y}"

    @property
    def kind_names(self):
        return [PlacementKind(kind).label for kind in self.kinds]

    def holds(self, on):
        """Does it hold on a day?"""
        return self.since <= on and (self.until is None or self.until > on)


class TrainingCourse(Row):
    """A course that carers take, and how often it must be refreshed. Set-up: no case content, no owner."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    refresh_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Calendar months until it must be refreshed; empty: once only."
    )
    for_emergencies = models.BooleanField("needed before emergency placements", default=False)
    mandatory = models.BooleanField("every carer needs it", default=False)

    class Meta:
        ordering = ["name"]

    class Privacy:
        ordinary = ("id", "version", "slug", "name", "refresh_months", "for_emergencies", "mandatory")
        personal = ()
        special = ()

    def __str__(self):
        return self.name


class TrainingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(carer__in=Carer.objects.visible_to(user))

    def to_renew(self):
        """The newest of each course of those who are still carers, where it does not last for ever."""
        return self.filter(due_on__isnull=False, carer__ended_on=None)


class Training(FallsDue, Row):
    """A carer did a course on a day; it lasts up to the day before `expires_on`. Owner: the carer's scheme.

    Exempt for a reason: as if it had been done, until the exemption ends.

    `due_on` is when it must be renewed: empty once it was, and where it lasts for ever.
    """

    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="trainings")
    course = models.ForeignKey(TrainingCourse, on_delete=models.PROTECT, related_name="trainings")
    done_on = models.DateField()
    expires_on = models.DateField(
        null=True, blank=True, help_text="The first day on which it no longer counts."
    )
    due_on = models.DateField("to be renewed by", null=True, blank=True, editable=False)
    exempt_because = models.CharField("exempt, because", max_length=300, blank=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        ordering = ["-done_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["carer", "course", "done_on"], name="carers_training_once_a_day"),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gt=F("done_on")),
                name="carers_training_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None, next_stage_on=None) | Q(due_on=F("expires_on")),
                name="carers_training_due_when_it_expires",
            ),
            models.CheckConstraint(
                condition=Q(exempt_because="") | Q(expires_on__isnull=False),
                name="carers_training_exempt_until",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_on"], name="carers_training_expiry"),
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="carers_training_due"),
        ]

    class Privacy:
        ordinary = ("id", "version", "course", "done_on", "expires_on", "due_on", "next_stage_on")
        personal = ("carer", "exempt_because")
        special = ()

    def __str__(self):
        return f"{self.course}, {self.done_on}"

    def lasts(self, on):
        """Does it still count on a day?"""
        return self.done_on <= on and (self.expires_on is None or self.expires_on > on)
