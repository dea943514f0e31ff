"""Risk assessments as versions.

A signed version is never changed: triggers refuse it (migration `signed_versions_are_final`). That it was superseded,
or entered in error, is a row that points at it.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from carers.models import Household
from people.models import LegalFact, Organisation, Person, Seen, User, seen_or_why_not
from people.visibility import Level
from sharedlives.records.models import Compared, Row, very_like_says_why
from sharedlives.worklist.models import FallsDue

from .own import own_organisations
from .policy import RiskScale

STEPS = (1, 6)  # the longest scale that a council may set has six steps


class RiskAssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of a person: funding teams read all, supporting schemes signed versions, a former team its own.

        Of a household: its scheme alone. What others may know of it is the signed `summary_shared`.
        """
        own = own_organisations(user)
        signed = Q(state=RiskAssessment.State.SIGNED)
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        shared = Q(person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
        former = Q(person__in=Person.objects.visible_to(user, least=Level.PAST), organisation__in=own)
        home = Q(household__isnull=False, organisation__in=own)
        return self.not_in_error().filter(funded | home | signed & (shared | former))

    def signed(self):
        return self.filter(state=RiskAssessment.State.SIGNED)

    def drafts(self):
        return self.filter(state=RiskAssessment.State.DRAFT)

    def not_in_error(self):
        return self.filter(entered_in_error=None)

    def latest_version(self):
        """Signed versions that no newer one supersedes, and that were not entered in error."""
        return self.signed().not_in_error().filter(superseded_by=None)


class RiskAssessment(FallsDue, Compared, Seen, Row):
    """One version of the risk assessment of a person or of a household. `organisation` wrote it.

    `due_on`, the day on which it must be looked at again, is the earliest of its risks' (SCIE At a glance 02: record
    timescales, so that it does not become static). A draft has none.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SIGNED = "signed", "Signed"

    due_on = models.DateField("next review", null=True, blank=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="risk_assessments"
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="risk_assessments"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("version of the assessment")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_on = models.DateField(default=timezone.localdate)
    why_new = models.TextField("why there is a new version", blank=True)
    own_view = models.TextField("what the person says about these risks", blank=True)
    took_part = models.TextField("how the person, the carer and the scheme took part", blank=True)
    summary_shared = models.TextField("what others supporting the person need to know", blank=True)
    call_first = models.TextField("who is called first, with the number", blank=True)
    out_of_hours = models.TextField("who is called at night and at weekends, with the number", blank=True)
    who_decides = models.TextField("who decides what happens then", blank=True)
    where_to_stay = models.TextField("where the person can stay", blank=True)
    scale = models.ForeignKey(
        RiskScale, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The scale on which the risks of this version are weighed: its words stay the ones of that day.",
    )  # fmt: skip
    nothing_changed = models.BooleanField("nothing changed since the last version", default=False)
    why_nothing_changed = models.TextField("why what stood there last time is still right", blank=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField(null=True, blank=True)

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, household=None) | Q(person=None, household__isnull=False),
                name="risk_of_a_person_or_a_household",
            ),
            models.UniqueConstraint(fields=["person", "number"], name="risk_version_number_once"),
            models.UniqueConstraint(
                fields=["household", "number"], name="risk_household_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="draft"), name="risk_one_draft_per_person"
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="draft"), name="risk_one_draft_per_household"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", signed_on=None, signed_by=None, due_on=None)
                | Q(state="signed", signed_on__isnull=False, due_on__isnull=False),
                name="risk_signed_has_a_review_date",
            ),
            seen_or_why_not("risk_seen_or_why_not"),
            very_like_says_why("risk_very_like_says_why", "why_nothing_changed"),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "number", "state", "drafted_on", "signed_on", "due_on", "next_stage_on",
            "nothing_changed", "scale", "likeness",
        )  # fmt: skip
        personal = (
            "person", "household", "drafted_by", "signed_by", "took_part", "call_first", "out_of_hours", "who_decides",
            "where_to_stay", "seen_how", "seen_on", "seen_where",
        )  # fmt: skip
        special = ("why_new", "own_view", "summary_shared", "why_nothing_changed")

    def __str__(self):
        return f"Risk assessment, version {self.number}"

    def get_absolute_url(self):
        return reverse("risk:assessment" if self.person_id else "risk:home_assessment", args=[self.pk])

    @property
    def next_review_on(self):
        """The earliest review date of its risks, or None for a draft."""
        return self.due_on


class Risk(Row):
    """One risk: what may happen, what is gained by taking it, what is done, who answers for it, until when."""

    class Kind(models.TextChoices):
        PERSON = "person", "The person"
        ENVIRONMENT = "environment", "Surroundings"
        HOUSEHOLD = "household", "The home and who lives there"
        ACTIVITY = "activity", "An activity"

    class Responsible(models.TextChoices):
        PERSON = "person", "The person"
        CARER = "carer", "The Shared Lives carer"
        SCHEME = "scheme", "The scheme"
        CARE_MANAGER = "care_manager", "The care manager"
        OTHER = "other", "Somebody else"

    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="risks")
    number = models.PositiveSmallIntegerField()
    hazard = models.TextField("what may happen")
    kind = models.CharField("where the risk lies", max_length=15, choices=Kind)
    gains = models.TextField("why it is worth it: what the person gains", blank=True)
    controls = models.TextField("what is done about it")
    if_it_goes_wrong = models.TextField("when it goes wrong: who is called first, who decides")
    responsible = models.CharField("who is responsible", max_length=15, choices=Responsible)
    responsible_name = models.CharField("name of the one responsible", max_length=120, blank=True)
    next_review_on = models.DateField("to be looked at again by")
    likelihood = models.PositiveSmallIntegerField("how likely: a step of the scale", null=True, blank=True)
    impact = models.PositiveSmallIntegerField("how bad: a step of the scale", null=True, blank=True)
    restricts = models.BooleanField("what is done restricts the person", default=False)
    why_restricts = models.TextField("how it restricts, and why nothing milder will do", blank=True)
    decision = models.ForeignKey(
        LegalFact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="risks",
        verbose_name="the decision that it rests on",
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood=None, impact=None)
                | Q(
                    likelihood__isnull=False,
                    likelihood__range=STEPS,
                    impact__isnull=False,
                    impact__range=STEPS,
                ),
                name="risk_weighed_both_ways",
            ),
            models.CheckConstraint(
                condition=Q(restricts=False, why_restricts="", decision=None)
                | Q(restricts=True) & ~Q(why_restricts=""),
                name="risk_restriction_in_words",
            ),
            models.UniqueConstraint(fields=["assessment", "number"], name="risk_number_once"),
            models.CheckConstraint(
                condition=~Q(hazard="") & ~Q(controls="") & ~Q(if_it_goes_wrong=""), name="risk_has_its_words"
            ),
            models.CheckConstraint(
                condition=~Q(responsible="") & ~Q(responsible="other", responsible_name=""),
                name="risk_has_somebody_responsible",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "assessment", "number", "kind", "responsible", "next_review_on", "likelihood", "impact",
        )  # fmt: skip
        personal = ("responsible_name",)
        special = (
            "hazard", "gains", "controls", "if_it_goes_wrong", "restricts", "why_restricts", "decision",
        )  # fmt: skip

    def __str__(self):
        return f"Risk {self.number}"

    @property
    def what_else(self):
        """What more is done about it, as words: part of what makes two versions say the same."""
        measures = [] if self._state.adding else self.measures.all()
        return "; ".join(f"{m.words} ({m.responsible} {m.responsible_name})" for m in measures)

    @property
    def weight(self):
        """How likely and how bad, in the words of the scale of its version; empty where it was not weighed."""
        scale = self.assessment.scale
        if scale is None or self.likelihood is None:
            return ""
        return f"{step(scale.likelihood, self.likelihood)}, {step(scale.impact, self.impact).lower()}"


def step(words, number):
    """The words of one step of a scale, counted from 1; its number where the scale is shorter."""
    return words[number - 1] if number <= len(words) else f"step {number}"


class RiskControl(Row):
    """Something more that is done about a risk, by somebody who may be another than the one for the whole risk."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="measures")
    number = models.PositiveSmallIntegerField()
    words = models.TextField("what is done")
    responsible = models.CharField("who does it", max_length=15, choices=Risk.Responsible)
    responsible_name = models.CharField("name of who does it", max_length=120, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "number"], name="risk_control_number_once"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(responsible="") & ~Q(responsible="other", responsible_name=""),
                name="risk_control_has_words_and_somebody",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "risk", "number", "responsible")
        personal = ("responsible_name",)
        special = ("words",)

    def __str__(self):
        return f"Control {self.number}"


class RiskSupersession(Row):
    """A newer signed version took the place of an older one, and why."""

    old = models.OneToOneField(RiskAssessment, on_delete=models.PROTECT, related_name="superseded_by")
    new = models.OneToOneField(RiskAssessment, on_delete=models.PROTECT, related_name="supersedes")
    why = models.TextField()
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(old=F("new")), name="risk_supersedes_another")]

    class Privacy:
        ordinary = ("id", "version", "old", "new", "on")
        personal = ()
        special = ("why",)

    def __str__(self):
        return f"Superseded on {self.on:%-d %B %Y}"


class RiskEnteredInError(Row):
    """A version that should not be on this record, and why. It is hidden from then on."""

    assessment = models.OneToOneField(
        RiskAssessment, on_delete=models.PROTECT, related_name="entered_in_error"
    )
    why = models.TextField()
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="risk_error_says_why")]

    class Privacy:
        ordinary = ("id", "version", "assessment", "on")
        personal = ("why",)
        special = ()

    def __str__(self):
        return f"Entered in error, {self.on:%-d %B %Y}"
