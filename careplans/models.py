"""Assessment, care and support plan versions, budgets, and which version a scheme holds.

A signed version is never changed: triggers refuse it (migration `signed_versions_are_final`). That it was superseded,
or entered in error, is a row that points at it.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from people.models import AccessGrant, Organisation, Person, User
from people.visibility import Level
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .sections import SECTIONS


def own_organisations(user):
    """The organisations in which a user works today, by id."""
    return [membership.organisation_id for membership in user.current_memberships()]


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Funding teams read all of their people's; a former team what it wrote and completed itself."""
        former = Q(
            person__in=Person.objects.visible_to(user, least=Level.PAST),
            organisation__in=own_organisations(user),
            state=Assessment.State.COMPLETE,
        )
        return self.filter(Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS)) | former)


class Assessment(Row):
    """A needs assessment (Care Act 2014 s9), short. Who wrote it together is part of it: SCIE At a glance 02."""

    class Kind(models.TextChoices):
        NEEDS = "needs", "Needs assessment by the care manager"
        SCHEME = "scheme", "Assessment by the scheme alone"
        JOINT = "joint", "Joint assessment of care manager and scheme"

    class Complexity(models.TextChoices):
        ORDINARY = "ordinary", "Ordinary"
        COMPLEX = "complex", "Complex"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        COMPLETE = "complete", "Complete"

    class Outcome(models.TextChoices):
        """The ten eligibility outcomes of the Care and Support (Eligibility Criteria) Regulations 2015."""

        NUTRITION = "nutrition", "Managing and maintaining nutrition"
        HYGIENE = "hygiene", "Maintaining personal hygiene"
        TOILET = "toilet", "Managing toilet needs"
        CLOTHING = "clothing", "Being appropriately clothed"
        HOME_SAFELY = "home_safely", "Being able to use the home safely"
        HABITABLE_HOME = "habitable_home", "Maintaining a habitable home environment"
        RELATIONSHIPS = "relationships", "Developing and maintaining family or other personal relationships"
        WORK = "work", "Work, training, education or volunteering"
        COMMUNITY = "community", "Using facilities or services in the local community"
        CHILDREN = "children", "Carrying out caring responsibilities for a child"

    class Pressure(models.TextChoices):
        """What distorts an assessment when nobody says so (SCIE At a glance 02)."""

        SPEED = "speed", "To speed up the work"
        ELIGIBILITY = "eligibility", "To narrow eligibility"
        BUDGET = "budget", "To protect the budget"
        BENEFITS = "benefits", "Trouble getting benefits"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("who assesses", max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    done_on = models.DateField("day on which the person was seen")
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    took_part = models.TextField("who took part, and how", blank=True)
    summary = models.TextField("needs, in plain words")
    eligible_outcomes = ArrayField(
        models.CharField(max_length=20, choices=Outcome),
        default=list,
        blank=True,
        verbose_name="outcomes that the person cannot achieve without support",
    )
    complexity = models.CharField(max_length=10, choices=Complexity, default=Complexity.ORDINARY)
    why_not_joint = models.TextField("why it was not a joint assessment", blank=True)
    pressures = ArrayField(
        models.CharField(max_length=20, choices=Pressure),
        default=list,
        blank=True,
        verbose_name="pressures felt",
    )
    explained_shared_lives = models.BooleanField("Shared Lives was explained", default=False)
    why_not_explained = models.CharField("why Shared Lives was not explained", max_length=300, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-done_on"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="complete", complexity="complex", why_not_joint="") | Q(kind="joint"),
                name="careplans_complex_is_joint_or_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="complete", summary=""), name="careplans_complete_assessment_has_words"
            ),
        ]
        indexes = [models.Index(fields=["person", "-done_on"], name="careplans_assessed")]

    class Privacy:
        ordinary = ("id", "version", "organisation", "kind", "state", "done_on", "explained_shared_lives")
        personal = ("person", "assessor", "took_part", "why_not_joint", "why_not_explained", "pressures")
        special = ("summary", "eligible_outcomes", "complexity")

    def __str__(self):
        return f"{self.get_kind_display()}, {self.done_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("careplans:assessment", args=[self.pk])

    @property
    def eligible_outcomes_words(self):
        return [self.Outcome(code).label for code in self.eligible_outcomes]


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
        opened = Q(person__in=AccessGrant.objects.open(timezone.now()).filter(user=user).values("person"))
        opened &= Q(person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
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

    @property
    def sections(self):
        """[(section, words, why not yet)] of the whole form, in order."""
        return [(s, getattr(self, s.key), self.not_yet.get(s.key, "")) for s in SECTIONS]


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


class SignOff(Row):
    """A signature: who, in what capacity, how, before whom. A representative's names what it rests on (MCA 2005)."""

    class Capacity(models.TextChoices):
        PERSON = "person", "The person"
        REPRESENTATIVE = "representative", "The person's representative"
        CARE_MANAGER = "care_manager", "Care manager"
        MANAGER = "manager", "Team manager"

    class How(models.TextChoices):
        HERE = "here", "In this program"
        PAPER = "paper", "On paper"
        MARK = "mark", "With a mark, symbol or sign"
        SPOKEN = "spoken", "Spoken, in the presence of a witness"

    class Authority(models.TextChoices):
        NONE = "", "Not needed: signs for themselves or for the council"
        ATTORNEY = "attorney", "Attorney (lasting power for health and welfare)"
        DEPUTY = "deputy", "Deputy appointed by the Court of Protection"
        BEST_INTERESTS = "best_interests", "Best-interests decision"

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="sign_offs")
    name = models.CharField(max_length=120)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.CharField(max_length=15, choices=Capacity)
    authority = models.CharField(
        "what the representative's signature rests on", max_length=15, choices=Authority, blank=True
    )
    how = models.CharField(max_length=10, choices=How)
    before_whom = models.CharField("before whom", max_length=120, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["on", "capacity"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "capacity"], name="careplans_one_signature_per_capacity"),
            models.CheckConstraint(
                condition=~Q(capacity="representative", authority=""),
                name="careplans_representative_has_authority",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(before_whom=""), name="careplans_signature_has_a_witness"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "plan", "capacity", "how", "on")
        personal = ("name", "user", "before_whom", "authority")
        special = ()

    def __str__(self):
        return f"Signed as {self.get_capacity_display().lower()} on {self.on:%-d %B %Y}"


class Supersession(Row):
    """A newer signed version took the place of an older one, and why."""

    old = models.OneToOneField(CarePlan, on_delete=models.PROTECT, related_name="superseded_by")
    new = models.OneToOneField(CarePlan, on_delete=models.PROTECT, related_name="supersedes")
    why = models.TextField()
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("new")), name="careplans_supersedes_another"),
        ]

    class Privacy:
        ordinary = ("id", "version", "old", "new", "on")
        personal = ()
        special = ("why",)

    def __str__(self):
        return f"Superseded on {self.on:%-d %B %Y}"


class EnteredInError(Row):
    """A version that should not be on this record, and why. It is hidden; copies already sent are to be recalled."""

    plan = models.OneToOneField(CarePlan, on_delete=models.PROTECT, related_name="entered_in_error")
    why = models.TextField()
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="careplans_error_says_why")]

    class Privacy:
        ordinary = ("id", "version", "plan", "on")
        personal = ("why",)
        special = ()

    def __str__(self):
        return f"Entered in error, {self.on:%-d %B %Y}"


class PersonalBudgetQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user, least=Level.FUNDS))

    def holding(self, on):
        """The budget that holds on a day."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class PersonalBudget(Row):
    """What the council puts aside for the person, pounds a week (Care Act 2014 s26), and when it was signed off."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="budgets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    weekly_pounds = models.DecimalField("pounds a week", max_digits=8, decimal_places=2)
    since = models.DateField("from")
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")
    signed_off_on = models.DateField("signed off on", null=True, blank=True)
    signed_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PersonalBudgetQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly_pounds__gte=0), name="careplans_budget_not_below_nothing"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="careplans_budget_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(signed_off_on=None, signed_off_by=None) | Q(signed_off_on__isnull=False),
                name="careplans_budget_sign_off_has_its_day",
            ),
            ExclusionConstraint(
                name="careplans_one_budget_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (Func("since", "until", RangeBoundary(), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "since", "until", "signed_off_on")
        personal = ("person", "signed_off_by", "weekly_pounds")
        special = ()

    def __str__(self):
        return f"Personal budget from {self.since:%-d %B %Y}"


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
        ]
        indexes = [models.Index(fields=["scheme", "person"], name="careplans_share_scheme")]

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
        personal = ("person", "shared_by", "acknowledged_by")
        special = ()

    def __str__(self):
        return f"Shared with {self.scheme} on {self.shared_on:%-d %B %Y}"
