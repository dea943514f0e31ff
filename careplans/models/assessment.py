"""What a person needs, and who found it out together."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from people.codes import SeenHow
from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.records.models import Compared, Row, very_like_says_why

from .scope import own_organisations


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Funding teams read all of their people's; a former team what it wrote and completed itself.

        A scheme reads what it assesses alone, and a complete joint assessment that it had part in. What it is still
        writing alone is nobody else's.
        """
        own = own_organisations(user)
        former = Q(
            person__in=Person.objects.visible_to(user, least=Level.PAST),
            organisation__in=own,
            state=Assessment.State.COMPLETE,
        )
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        funded &= ~Q(kind=Assessment.Kind.SCHEME, state=Assessment.State.DRAFT)
        had_part = Q(kind=Assessment.Kind.SCHEME) | Q(
            kind=Assessment.Kind.JOINT, state=Assessment.State.COMPLETE
        )
        of_scheme = had_part & Q(scheme__in=own, person__in=Person.objects.visible_to(user))
        return self.not_in_error().filter(funded | former | of_scheme)

    def theirs_to_hide(self, user):
        """The funding team's; a scheme's only what it assessed alone."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        own = Q(kind=Assessment.Kind.SCHEME, scheme__in=own_organisations(user))
        return self.filter(funded | own)

    def not_in_error(self):
        """All but the assessments of somebody else."""
        return self.filter(entered_in_error=None)

    def asking(self, schemes):
        """Joint assessments that are being written, in which one of these schemes has its part."""
        return self.drafts().filter(kind=Assessment.Kind.JOINT, scheme__in=schemes)

    def complete(self):
        return self.not_in_error().filter(state=Assessment.State.COMPLETE)

    def drafts(self):
        return self.not_in_error().filter(state=Assessment.State.DRAFT)


class Assessment(Compared, Row):
    """A needs assessment (Care Act 2014 s9). Who wrote it together is part of it: SCIE At a glance 02.

    `organisation` owns it: the funding team. `scheme` is the one that assesses alone, or has its part in a joint one.
    """

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

    class NotOffered(models.TextChoices):
        """Why Shared Lives was not offered, so that the reasons can be counted (NHS and council strategies, S4-11)."""

        NONE = "", "Does not apply"
        PERSON = "person", "The person does not want it"
        NEEDS = "needs", "Needs that no Shared Lives home here can meet"
        NO_CARER = "no_carer", "No carer or place is likely"
        FUNDING = "funding", "No funding for it"
        WELL = "well", "What the person has now works well"
        OTHER = "other", "Something else"

    class Wanted(models.TextChoices):
        NOT_ASKED = "", "Not asked yet"
        YES = "yes", "Yes, wants Shared Lives"
        PERHAPS = "perhaps", "Perhaps, wants to know more or to try"
        NO = "no", "No, wants something else"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("who assesses", max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    done_on = models.DateField("day on which the person was seen")
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seen_where = models.CharField("where the person was seen", max_length=200, blank=True)
    seen_how = models.CharField(
        "how the person was seen",
        max_length=10,
        choices=[choice for choice in SeenHow.choices if choice[0] != SeenHow.NOT_SEEN],
        blank=True,
    )
    person_part = models.TextField("how the person took part", blank=True)
    took_part = models.TextField("who else took part, and how", blank=True)
    scheme = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="scheme that assesses",
    )
    why_no_part = models.CharField("why the scheme’s part is not here", max_length=300, blank=True)
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
    offered_shared_lives = models.BooleanField("Shared Lives was offered", default=False)
    why_not_offered = models.CharField(
        "why Shared Lives was not offered", max_length=10, choices=NotOffered, blank=True
    )
    wants_shared_lives = models.CharField(
        "whether the person wants Shared Lives", max_length=10, choices=Wanted, blank=True
    )

    why_alike = models.TextField("if it is very like the last one: why it is still right", blank=True)

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
            models.CheckConstraint(
                condition=~Q(kind="scheme") | Q(scheme__isnull=False), name="careplans_alone_names_the_scheme"
            ),
            models.CheckConstraint(
                condition=Q(why_not_offered="") | Q(offered_shared_lives=False),
                name="careplans_offered_needs_no_reason",
            ),
            very_like_says_why("careplans_very_like_says_why", "why_alike"),
        ]
        indexes = [models.Index(fields=["person", "-done_on"], name="careplans_assessed")]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "kind", "state", "done_on", "scheme", "explained_shared_lives",
            "offered_shared_lives", "likeness",
        )  # fmt: skip
        personal = (
            "person", "assessor", "seen_where", "seen_how", "person_part", "took_part", "why_no_part", "why_not_joint",
            "why_not_explained", "why_not_offered", "wants_shared_lives", "pressures",
        )  # fmt: skip
        special = ("summary", "eligible_outcomes", "complexity", "why_alike")

    def __str__(self):
        return f"{self.get_kind_display()}, {self.done_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("careplans:assessment", args=[self.pk])

    @property
    def eligible_outcomes_words(self):
        return [self.Outcome(code).label for code in self.eligible_outcomes]


class AssessmentPart(Row):
    """What the scheme found, in its own words: its part of a joint assessment. Final with the assessment."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="part")
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("what the scheme found")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="careplans_part_has_words")]

    class Privacy:
        ordinary = ("id", "version", "assessment", "scheme", "on")
        personal = ("written_by",)
        special = ("words",)

    def __str__(self):
        return f"Part of {self.scheme}, {self.on:%-d %B %Y}"
