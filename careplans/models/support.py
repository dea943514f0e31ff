"""The scheme's own plan of the person's days: versions, and what is done, for which outcome."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.records.models import Row

from .plan import Outcome
from .scope import own_organisations


class SupportPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The scheme that writes it reads all its versions; the funding team those in use; no other scheme any."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS), state="in_use")
        own = Q(
            organisation__in=own_organisations(user),
            person__in=Person.objects.visible_to(user, least=Level.PAST),
        )
        return self.not_in_error().filter(funded | own)

    def not_in_error(self):
        """All but the versions that are about somebody else."""
        return self.filter(entered_in_error=None)

    def drafts(self):
        return self.filter(state="draft")

    def in_use(self):
        """The newest version in use of each scheme."""
        rows = self.not_in_error().filter(state="in_use").order_by("person_id", "organisation_id", "-number")
        return rows.distinct("person_id", "organisation_id")


class SupportPlan(Row):
    """One version of a scheme's day-to-day plan (the *service user plan* of SCIE Guide 14). `organisation` wrote it."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_USE = "in_use", "In use"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="support_plans")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("version of the support plan")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why_new = models.CharField("why there is a new version", max_length=300, blank=True)
    about = models.TextField("what a good day looks like", blank=True)
    agreed_with = models.CharField("with whom it was agreed", max_length=200, blank=True)
    in_use_from = models.DateField(null=True, blank=True)

    objects = SupportPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "number"], name="careplans_support_number_once"
            ),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(state="draft"),
                name="careplans_one_support_draft",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", in_use_from=None)
                | (Q(state="in_use", in_use_from__isnull=False) & ~Q(agreed_with="")),
                name="careplans_support_in_use_was_agreed",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "number", "state", "in_use_from")
        personal = ("person", "drafted_by", "agreed_with")
        special = ("why_new", "about")

    def __str__(self):
        return f"Support plan, version {self.number}"

    def get_absolute_url(self):
        return reverse("careplans:support_plan", args=[self.pk])


class SupportStep(Row):
    """One thing that is done, day to day, and which outcome of the care and support plan it serves."""

    plan = models.ForeignKey(SupportPlan, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    words = models.TextField("what is done")
    who = models.CharField("by whom", max_length=120, blank=True)
    outcome = models.ForeignKey(
        Outcome,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="for which outcome",
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="careplans_step_number_once"),
            models.CheckConstraint(condition=~Q(words=""), name="careplans_step_has_words"),
        ]

    class Privacy:
        ordinary = ("id", "version", "plan", "number")
        personal = ("who",)
        special = ("words", "outcome")

    def __str__(self):
        return f"Step {self.number}"
