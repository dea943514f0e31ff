"""Risk assessments as versions, who is responsible for which part of them, and incidents.

A signed version is never changed: triggers refuse it (migration `signed_versions_are_final`). That it was superseded,
or entered in error, is a row that points at it.
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from carers.models import Household
from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue


def own_organisations(user):
    """The organisations in which a user works today, by id."""
    return [membership.organisation_id for membership in user.current_memberships()]


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


class RiskAssessment(FallsDue, Row):
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
    nothing_changed = models.BooleanField("nothing changed since the last version", default=False)
    why_nothing_changed = models.TextField("why nothing changed twice running", blank=True)
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
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "number", "state", "drafted_on", "signed_on", "due_on", "next_stage_on",
            "nothing_changed",
        )  # fmt: skip
        personal = ("person", "household", "drafted_by", "signed_by", "took_part")
        special = ("why_new", "own_view", "summary_shared", "why_nothing_changed")

    def __str__(self):
        return f"Risk assessment, version {self.number}"

    def get_absolute_url(self):
        return reverse("risk:assessment", args=[self.pk])

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

    class Meta:
        ordering = ["number"]
        constraints = [
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
        ordinary = ("id", "version", "assessment", "number", "kind", "responsible", "next_review_on")
        personal = ("responsible_name",)
        special = ("hazard", "gains", "controls", "if_it_goes_wrong")

    def __str__(self):
        return f"Risk {self.number}"


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


class ResponsibilityAgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The funding team's people; and the own scheme's agreements, from the referral on."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        own = Q(scheme__in=own_organisations(user), person__in=Person.objects.visible_to(user))
        return self.filter(funded | own)

    def agreed(self):
        return self.filter(agreed_by_team_on__isnull=False, agreed_by_scheme_on__isnull=False)

    def open(self):
        """Not yet agreed by both sides: one for a person and a scheme at most."""
        return self.filter(Q(agreed_by_team_on=None) | Q(agreed_by_scheme_on=None))


class ResponsibilityAgreement(Row):
    """Who is responsible for which parts of risk assessment, in three answers (SCIE At a glance 02).

    `team` owns it. Once both sides have agreed it is final; a new one takes its place.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsibility_agreements")
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField(default=timezone.localdate)
    joint_needed = models.BooleanField("a joint risk assessment is needed")
    joint_words = models.TextField("why, and who does which part")
    carer_risk_words = models.TextField("risk issues when assessing the carer")
    change_words = models.TextField("how change over time, or things going wrong, will be assessed")
    agreed_by_team = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_by_team_on = models.DateField(null=True, blank=True)
    agreed_by_scheme = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_by_scheme_on = models.DateField(null=True, blank=True)

    objects = ResponsibilityAgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(joint_words="") & ~Q(carer_risk_words="") & ~Q(change_words=""),
                name="risk_three_answers",
            ),
            models.CheckConstraint(
                condition=(Q(agreed_by_team=None, agreed_by_team_on=None) | Q(agreed_by_team__isnull=False, agreed_by_team_on__isnull=False))
                & (Q(agreed_by_scheme=None, agreed_by_scheme_on=None) | Q(agreed_by_scheme__isnull=False, agreed_by_scheme_on__isnull=False)),
                name="risk_agreed_by_somebody_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["person", "scheme"],
                condition=Q(agreed_by_team_on=None) | Q(agreed_by_scheme_on=None),
                name="risk_one_open_agreement",
            ),
        ]  # fmt: skip

    class Privacy:
        ordinary = (
            "id", "version", "scheme", "team", "begun_on", "joint_needed", "agreed_by_team_on", "agreed_by_scheme_on",
        )  # fmt: skip
        personal = ("person", "agreed_by_team", "agreed_by_scheme")
        special = ("joint_words", "carer_risk_words", "change_words")

    def __str__(self):
        return f"Risk responsibilities with {self.scheme}"

    def get_absolute_url(self):
        return reverse("risk:responsibility", args=[self.pk])

    @property
    def is_agreed(self):
        return self.agreed_by_team_on is not None and self.agreed_by_scheme_on is not None


class IncidentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who may read one of its people may read the nameless header; and the own organisation what it recorded."""
        rows = IncidentPerson.objects.visible_to(user).filter(incident=OuterRef("pk"))
        return self.filter(Exists(rows) | Q(organisation__in=own_organisations(user)))


class Incident(Row):
    """Something that went wrong, or nearly did: the header, without names. `organisation` recorded it.

    Each person concerned has an `IncidentPerson`: a worker reads the header and the rows of their own people.
    """

    class Kind(models.TextChoices):
        ACCIDENT = "accident", "Accident or injury"
        ILLNESS = "illness", "Sudden illness or hospital"
        MEDICINES = "medicines", "Medicines"
        HARM = "harm", "Harm, or fear of harm, from somebody"
        SELF_HARM = "self_harm", "Self-harm or self-neglect"
        AWAY = "away", "Not where expected"
        PROPERTY = "property", "Fire, damage or theft"
        BREAKDOWN = "breakdown", "The arrangement is breaking down"
        CARER_AWAY = "carer_away", "The carer cannot support"
        OVER_NUMBER = "over_number", "More people in the home than allowed"
        DEATH = "death", "Death"
        OTHER = "other", "Something else"

    class CqcKind(models.TextChoices):
        """Care Quality Commission (Registration) Regulations 2009, regulations 16 and 18."""

        DEATH = "death", "Death (regulation 16)"
        INJURY = "injury", "Serious injury"
        ABUSE = "abuse", "Abuse or an allegation of abuse"
        LIBERTY = "liberty", "Deprivation of liberty: application or outcome"
        POLICE = "police", "Incident reported to, or looked into by, the police"
        STOPPED = "stopped", "Event that stops the service from being safe"

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField("day on which it happened")
    kind = models.CharField("kind of incident", max_length=15, choices=Kind)
    is_emergency = models.BooleanField("it was an emergency", default=False)
    what_happened = models.TextField("what happened, without names")
    what_was_done = models.TextField("what was done, without names")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    has_needs = models.BooleanField("has needs for care and support", null=True, blank=True)
    at_risk = models.BooleanField("is experiencing, or at risk of, abuse or neglect", null=True, blank=True)
    cannot_protect = models.BooleanField(
        "because of those needs cannot protect themselves", null=True, blank=True
    )
    test_decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cqc_notifiable = models.BooleanField("the Care Quality Commission must be told", default=False)
    cqc_kind = models.CharField("as what", max_length=10, choices=CqcKind, blank=True)
    cqc_told_on = models.DateField("told on", null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cqc_notifiable=False, cqc_kind="", cqc_told_on=None)
                | Q(cqc_notifiable=True) & ~Q(cqc_kind=""),
                name="risk_cqc_notice_has_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(has_needs=None, at_risk=None, cannot_protect=None, test_decided_by=None)
                | Q(
                    has_needs__isnull=False,
                    at_risk__isnull=False,
                    cannot_protect__isnull=False,
                    test_decided_by__isnull=False,
                ),
                name="risk_three_part_test_whole",
            ),
            models.CheckConstraint(
                condition=~Q(what_happened="") & ~Q(what_was_done=""), name="risk_incident_has_its_words"
            ),
        ]
        indexes = [models.Index(fields=["-happened_on"], name="risk_incident_day")]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "happened_on", "is_emergency", "recorded_at", "cqc_notifiable", "cqc_kind",
            "cqc_told_on",
        )  # fmt: skip
        personal = ("household", "recorded_by", "test_decided_by")
        special = ("kind", "what_happened", "what_was_done", "has_needs", "at_risk", "cannot_protect")

    def __str__(self):
        return f"Incident of {self.happened_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("risk:incident", args=[self.pk])

    @property
    def safeguarding_test(self):
        """The three answers of Care Act 2014 s42(1), None where not yet decided."""
        return (self.has_needs, self.at_risk, self.cannot_protect)


class IncidentPersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))

    def unread(self):
        return self.filter(read_at=None)


class IncidentPerson(FallsDue, Row):
    """What an incident means for one person. The person's funding worker must read it: that falls due.

    `organisation` is the team that funded the person when it was recorded (the council, where no team did).
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="incident_rows")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("what it means for this person", blank=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = IncidentPersonQuerySet.as_manager()

    class Meta:
        ordering = ["-incident__happened_on"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "person"], name="risk_person_once_in_an_incident"),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="risk_incident_read_by_somebody",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "incident", "organisation", "due_on", "next_stage_on", "read_at")
        personal = ("person", "read_by")
        special = ("words",)

    def __str__(self):
        return f"{self.incident} for one person"
