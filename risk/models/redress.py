"""When something was not right: complaints, and the duty of candour. Both have a clock and an answer in words.

Whom one is about sees no trace of it, as with concerns: no page, panel, list or count but through `visible_to`, no
Django admin, and where not the whole team may know, the access log keeps the row's own id in place of the person's.
"""

from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from carers.models import Carer
from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.permissions import Permission
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .concern import Concern, ConcernAbout, about_or_above, managed_by
from .incident import Incident
from .own import own_organisations

Reach = Concern.Reach


class OwnQuerySet(models.QuerySet):
    about = ""  # the key by which `RedressAbout` names such a row

    def visible_to(self, user):
        """The person's funding team; a scheme that supports the person what is its own to answer.

        Never those whom it is about. About a scheme: the council alone. About somebody at the council: the managers
        of the organisation that answers.
        """
        if not user.is_authenticated:
            return self.none()
        funded = Person.objects.visible_to(user, least=Level.FUNDS)
        supported = Person.objects.visible_to(user, least=Level.SUPPORTS)
        team = Q(reach__in=(Reach.TEAM, Reach.COUNCIL), person__in=funded)
        scheme = Q(reach=Reach.TEAM, person__in=supported, organisation__in=own_organisations(user))
        openly = Q(person__in=Person.objects.not_invisible()) | Q(person__in=funded)
        managed = managed_by(user, Permission.INCIDENT_WRITE)
        managers = Q(openly, reach=Reach.MANAGERS, organisation__in=managed)
        about = RedressAbout.objects.filter(**{self.about: OuterRef("pk")})
        return self.filter(team | scheme | managers).exclude(about_or_above(user, about))


class PastThoseItIsAbout(models.Model):
    """Who may know of a row. `reach` follows from whom it is about."""

    Reach = Reach
    reach = models.CharField(
        "who may know of it", max_length=10, choices=Reach, default=Reach.TEAM, editable=False
    )

    class Meta:
        abstract = True

    @property
    def looked_at_as(self):
        """What the access log keeps of a look: the person, or the row alone where few may know of it."""
        return self.person_id if self.reach == Reach.TEAM else self.pk


class ComplaintQuerySet(OwnQuerySet):
    about = "complaint"

    def open(self):
        """Not answered yet: also of somebody who has died, for whoever complained still waits."""
        return self.filter(answered_on=None)


class Complaint(FallsDue, PastThoseItIsAbout, Row):
    """A complaint, at one stage. `organisation` answers it by `due_on`; taken further it is a new row.

    The Local Authority Social Services and National Health Service Complaints (England) Regulations 2009 for the
    council; Health and Social Care Act 2008 (Regulated Activities) Regulations 2014, regulation 16, for the scheme.
    """

    class Stage(models.TextChoices):
        FIRST = "first", "First answer"
        SECOND = "second", "Looked at by somebody more senior"
        OMBUDSMAN = "ombudsman", "Local Government and Social Care Ombudsman"

    class Raiser(models.TextChoices):
        PERSON = "person", "The person"
        RELATIVE = "relative", "A relative or friend"
        CARER = "carer", "A carer"
        ADVOCATE = "advocate", "An advocate"
        OTHER = "other", "Somebody else"

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "Upheld"
        PARTLY = "partly", "Upheld in part"
        NOT_UPHELD = "not_upheld", "Not upheld"
        WITHDRAWN = "withdrawn", "Taken back by who complained"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="complaints")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.FIRST)
    takes_further = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_further_by"
    )
    raiser = models.CharField("who complains", max_length=10, choices=Raiser)
    raiser_name = models.CharField("name, and how to reach them", max_length=200, blank=True)
    received_on = models.DateField("received on", default=timezone.localdate)
    words = models.TextField("what the complaint is")
    wants = models.TextField("what would put it right", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField("acknowledged on", null=True, blank=True)
    answered_on = models.DateField("answered on", null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField("the answer that was given", blank=True)
    put_right = models.TextField("what was put right", blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="risk_complaint_has_its_words"),
            models.CheckConstraint(
                condition=Q(answered_on=None, answered_by=None, outcome="", answer="")
                | Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(outcome="") & ~Q(answer=""),
                name="risk_complaint_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("received_on")),
                name="risk_complaint_answered_after_it_came",
            ),
            models.CheckConstraint(
                condition=Q(stage="first", takes_further=None) | ~Q(stage="first") & Q(takes_further__isnull=False),
                name="risk_complaint_stage_follows_another",
            ),
        ]  # fmt: skip

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "stage", "takes_further", "received_on", "acknowledged_on", "due_on",
            "next_stage_on", "answered_on",
        )  # fmt: skip
        personal = ("person", "raiser", "raiser_name", "recorded_by", "answered_by")
        special = ("reach", "words", "wants", "outcome", "answer", "put_right")

    def __str__(self):
        return f"Complaint of {self.received_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("risk:complaint", args=[self.pk])


class CandourQuerySet(OwnQuerySet):
    about = "candour"

    def open(self):
        """The written apology has not gone out."""
        return self.filter(in_writing_on=None)


class DutyOfCandour(FallsDue, PastThoseItIsAbout, Row):
    """Saying openly what went wrong in an incident, and sorry: at once in person, then in writing by `due_on`.

    Health and Social Care Act 2008 (Regulated Activities) Regulations 2014, regulation 20. `organisation` owes it.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="candours")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    told_whom = models.CharField("who was told", max_length=200)
    told_on = models.DateField("told and said sorry on")
    account = models.TextField("what was said, all the facts known then")
    apology = models.TextField("how sorry was said")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    in_writing_on = models.DateField("said again in writing on", null=True, blank=True)
    in_writing_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    findings = models.TextField("what further enquiries found", blank=True)

    objects = CandourQuerySet.as_manager()

    class Meta:
        ordering = ["-told_on", "-id"]
        verbose_name = "duty of candour"
        verbose_name_plural = "duties of candour"
        constraints = [
            # One that few may know of must not be told by the refusal of another.
            models.UniqueConstraint(
                fields=["incident", "person"], condition=Q(reach="team"), name="risk_candour_once_each"
            ),
            models.CheckConstraint(
                condition=~Q(told_whom="") & ~Q(account="") & ~Q(apology=""),
                name="risk_candour_has_its_words",
            ),
            models.CheckConstraint(
                condition=Q(in_writing_on=None, in_writing_by=None)
                | Q(
                    in_writing_on__isnull=False, in_writing_on__gte=F("told_on"), in_writing_by__isnull=False
                ),
                name="risk_candour_in_writing_after_it_was_said",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "incident", "organisation", "told_on", "due_on", "next_stage_on", "in_writing_on",
        )  # fmt: skip
        personal = ("person", "told_whom", "recorded_by", "in_writing_by")
        special = ("reach", "account", "apology", "findings")

    def __str__(self):
        return f"Duty of candour, {self.told_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("risk:candour", args=[self.pk])


class RedressAbout(Row):
    """Whom a complaint, or what is said under the duty of candour, is about. They see no trace of it."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, null=True, blank=True, related_name="about"
    )
    candour = models.ForeignKey(
        DutyOfCandour, on_delete=models.PROTECT, null=True, blank=True, related_name="about"
    )
    kind = models.CharField(max_length=15, choices=ConcernAbout.Kind)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(complaint=None, candour__isnull=False) | Q(complaint__isnull=False, candour=None),
                name="risk_redress_about_one_row",
            ),
            models.CheckConstraint(
                condition=Q(user=None) | Q(kind__in=("scheme", "care_manager", "team_manager", "council")),
                name="risk_redress_about_a_user_who_works_there",
            ),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(kind__in=("scheme", "service")),
                name="risk_redress_about_an_organisation",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "complaint", "candour")
        personal = ("user", "organisation", "carer")
        special = ("kind",)

    def __str__(self):
        return self.get_kind_display()
