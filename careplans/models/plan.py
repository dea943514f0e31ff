"""Versions of a plan, and which scheme holds which."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation, Person, User
from people.visibility import Level, opened_to
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from ..sections import BY_KEY, SECTIONS
from .scope import own_organisations


class CarePlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Funding teams read every version, drafts too; a scheme only versions shared with it; a former team its own.

        Emergency access reads signed versions. A version entered in error is shown to nobody.
        """
        own = own_organisations(user)
        signed = Q(state=CarePlan.State.SIGNED)
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        former = Q(person__in=Person.objects.visible_to(user, least=Level.PAST), organisation__in=own)
        shared = Exists(PlanShare.objects.filter(plan=OuterRef("pk"), scheme__in=own))
        shared = Q(shared, person__in=Person.objects.visible_to(user))
        opened = Q(opened_to(user), person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
        return self.not_in_error().filter(funded | signed & (former | shared | opened))

    def signed(self):
        return self.filter(state=CarePlan.State.SIGNED)

    def drafts(self):
        return self.filter(state=CarePlan.State.DRAFT)

    def not_in_error(self):
        return self.filter(entered_in_error=None)

    def latest_version(self):
        """Signed versions that no newer one supersedes, and that were not entered in error: one a person at most."""
        return self.signed().not_in_error().filter(superseded_by=None)


class CarePlan(Row):
    """One version of a person's care and support plan (Care Act 2014 s25 a–f). `organisation` is the funding team."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SIGNED = "signed", "Signed"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="care_plans")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("version of the plan")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_on = models.DateField(default=timezone.localdate)
    why_new = models.TextField("why there is a new version", blank=True)
    signed_on = models.DateField(null=True, blank=True)

    own_words = models.TextField("what I want from my life and my support", blank=True)
    needs = models.TextField("needs that the assessment found", blank=True)
    eligibility = models.TextField(
        "whether, and how far, the needs meet the eligibility criteria", blank=True
    )
    how_met = models.TextField("which needs will be met, and how", blank=True)
    wellbeing = models.TextField("wellbeing and outcomes that the support is relevant to", blank=True)
    budget_words = models.TextField("the personal budget, in words", blank=True)
    advice = models.TextField("advice on meeting, reducing, preventing or delaying needs", blank=True)
    direct_payment = models.TextField("direct payment", blank=True)
    week = models.TextField("the whole week, and who supports when", blank=True)
    took_part = models.TextField("who took part, and how", blank=True)
    not_yet = models.JSONField("sections not yet written, and why", default=dict, blank=True)

    objects = CarePlanQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="careplans_version_number_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="draft"), name="careplans_one_draft_per_person"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", signed_on=None) | Q(state="signed", signed_on__isnull=False),
                name="careplans_signed_has_its_day",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "number", "state", "drafted_on", "signed_on")
        personal = ("person", "drafted_by", "took_part", "budget_words")
        special = (
            "why_new", "own_words", "needs", "eligibility", "how_met", "wellbeing", "advice", "direct_payment", "week",
            "not_yet",
        )  # fmt: skip

    def __str__(self):
        return f"Care and support plan, version {self.number}"

    def get_absolute_url(self):
        return reverse("careplans:plan", args=[self.pk])

    kept_back = ()  # the keys of sections that are not for the eyes of whoever reads: `queries.for_reader`

    @property
    def sections(self):
        """[(section, words, why not yet)] of the form, in order, without what is kept back from the reader."""
        shown = [section for section in SECTIONS if section.key not in self.kept_back]
        return [(s, getattr(self, s.key), self.not_yet.get(s.key, "")) for s in shown]


class Outcome(Row):
    """Something the person wants to achieve. Reviews rate each one."""

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="careplans_outcome_number_once"),
            models.CheckConstraint(condition=~Q(words=""), name="careplans_outcome_has_words"),
        ]

    class Privacy:
        ordinary = ("id", "version", "plan", "number")
        personal = ()
        special = ("words",)

    def __str__(self):
        return f"Outcome {self.number}"


class PlanShareQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The funding team's people, and what was sent to one's own scheme."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        own = Q(scheme__in=own_organisations(user), person__in=Person.objects.visible_to(user))
        return self.filter(funded | own)

    def waiting(self):
        """Sent, not acknowledged, still the version that holds, and the person lives."""
        return self.filter(
            acknowledged_at=None,
            plan__superseded_by=None,
            plan__entered_in_error=None,
            person__date_of_death=None,
        )


class PlanShare(FallsDue, Row):
    """A signed version given to a scheme. Its acknowledgement falls due; the owner is the funding team of the plan."""

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="shares")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_shares")
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plan_shares")
    shared_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    shared_on = models.DateField()
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    withheld = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name="sections kept back"
    )
    why_withheld = models.CharField("why they are kept back", max_length=300, blank=True)

    objects = PlanShareQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_on"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "scheme"], name="careplans_shared_once_with_a_scheme"),
            models.CheckConstraint(
                condition=Q(acknowledged_by=None, acknowledged_at=None)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="careplans_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withheld=[]) | ~Q(why_withheld=""), name="careplans_withheld_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["scheme", "person"], name="careplans_share_scheme"),
            # Few wait of very many: My work asks for these alone.
            models.Index(
                fields=["person"], condition=Q(acknowledged_at=None), name="careplans_share_waiting"
            ),
        ]

    class Privacy:
        ordinary = (
            "id",
            "version",
            "plan",
            "scheme",
            "shared_on",
            "acknowledged_at",
            "due_on",
            "next_stage_on",
        )
        personal = ("person", "shared_by", "acknowledged_by", "withheld", "why_withheld")
        special = ()

    @property
    def withheld_titles(self):
        return [BY_KEY[key].title for key in self.withheld]

    def __str__(self):
        return f"Shared with {self.scheme} on {self.shared_on:%-d %B %Y}"


class ShareOwedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The funding team's people: what they owe a scheme is theirs to see."""
        return self.filter(person__in=Person.objects.visible_to(user, least=Level.FUNDS))

    def waiting(self):
        """Not given yet, and still the version that holds of somebody who lives."""
        return self.filter(closed_on=None, person__date_of_death=None)


class ShareOwed(FallsDue, Row):
    """A signed version is to be given to a scheme that supports the person. Owed by the funding team of the plan."""

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="shares_owed")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)

    objects = ShareOwedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "scheme"], name="careplans_share_owed_once"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(next_stage_on=None),
                name="careplans_share_given_reminds_nobody",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "plan", "scheme", "due_on", "next_stage_on", "closed_on")
        personal = ("person",)
        special = ()

    def __str__(self):
        return f"To be given to {self.scheme} by {self.due_on:%-d %B %Y}"
