"""The panel: its meetings, what it decided on each application, and the conditions it set."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from carers.codes import Outcome, PlacementKind
from people.models import Organisation, Person, User
from sharedlives.documents.models import IssuedDocument
from sharedlives.permissions import Permission
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .application import Application
from .home import own_schemes


class PanelMeetingQuerySet(models.QuerySet):
    def visible_to(self, user, permission=Permission.CARER_VIEW):
        return self.filter(organisation__in=own_schemes(user, permission))


class PanelMeeting(Row):
    """The panel meets on a day. Owner: the scheme."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("day of the meeting")
    members = models.TextField(help_text="One a line, with what they are: Ann Grey, independent chair.")

    objects = PanelMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "on"], name="carers_one_panel_a_day"),
            models.CheckConstraint(condition=~Q(members=""), name="carers_panel_has_members"),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "on")
        personal = ("members",)
        special = ()

    def __str__(self):
        return f"Panel of {self.on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("carers:panel", args=[self.pk])


class PanelDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(application__in=Application.objects.visible_to(user))


class PanelDecision(Row):
    """What a panel decided on an application, on which papers, and why. Owner: the application's scheme.

    The approvals of the carers are made from it. `policy` names the policy, with its version, that it was decided under.
    """

    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="decisions")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    papers = models.TextField("what was before the panel", help_text="One a line.")
    outcome = models.CharField("decision", max_length=12, choices=Outcome)
    reasons = models.TextField()
    kinds = ArrayField(
        models.CharField(max_length=12, choices=PlacementKind),
        default=list,
        blank=True,
        verbose_name="approved for",
    )
    emergency = models.BooleanField("emergencies too", default=False)
    only_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField("approved from", null=True, blank=True)
    probation_until = models.DateField(
        null=True, blank=True, help_text="The first day after the trial period."
    )
    policy = models.CharField("policy and its version", max_length=120)
    appeal_by = models.DateField(null=True, blank=True)
    letter = models.ForeignKey(
        IssuedDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    letter_on = models.DateField(null=True, blank=True)

    objects = PanelDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting__on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "application"], name="carers_decided_once_a_meeting"),
            models.CheckConstraint(
                condition=~Q(reasons="") & ~Q(papers=""), name="carers_decision_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["deferred", "not_approved"], kinds__len=0, since=None)
                | Q(outcome__in=["approved", "conditions"], kinds__len__gt=0, since__isnull=False),
                name="carers_decision_says_for_what",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_approved") | Q(appeal_by__isnull=False),
                name="carers_refusal_can_be_appealed",
            ),
            models.CheckConstraint(
                condition=Q(probation_until=None) | Q(probation_until__gt=F("since")),
                name="carers_probation_dates_in_order",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "meeting", "application", "outcome", "kinds", "emergency", "since", "probation_until", "policy",
            "appeal_by", "letter_on",
        )  # fmt: skip
        personal = ("only_for", "papers", "letter")
        special = ("reasons",)

    def __str__(self):
        return f"{self.get_outcome_display()}, {self.meeting}"

    @property
    def kind_names(self):
        return [PlacementKind(kind).label for kind in self.kinds]


class ApprovalConditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(decision__in=PanelDecision.objects.visible_to(user))

    def unmet(self):
        return self.filter(met_on=None)


class ApprovalCondition(FallsDue, Row):
    """Something that an approval hangs on: who sees to it, and by when. Owner: the application's scheme."""

    decision = models.ForeignKey(PanelDecision, on_delete=models.PROTECT, related_name="conditions")
    words = models.CharField(max_length=300)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    met_on = models.DateField(null=True, blank=True)
    met_words = models.CharField("how it was met", max_length=300, blank=True)

    objects = ApprovalConditionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="carers_condition_has_words"),
            models.CheckConstraint(
                condition=Q(met_on=None, met_words="") | Q(met_on__isnull=False) & ~Q(met_words=""),
                name="carers_condition_met_how",
            ),
            models.CheckConstraint(
                condition=Q(met_on=None) | Q(next_stage_on=None), name="carers_condition_met_reminds_nobody"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(met_on=None), name="carers_condition_due")]

    class Privacy:
        ordinary = ("id", "version", "decision", "due_on", "next_stage_on", "met_on")
        personal = ("owner", "words", "met_words")
        special = ()

    def __str__(self):
        return self.words
