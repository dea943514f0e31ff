"""The placement itself, the stays it books, and what was answered at its gate."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from carers.codes import PlacementKind
from carers.models import Carer, Household, Stay
from people.models import Organisation, Person, User
from people.visibility import Level, opened_by_emergency
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .. import codes
from .match import Match
from .scope import own_schemes, own_teams

WITHOUT_HOME = (PlacementKind.KINSHIP, PlacementKind.FLOATING)


class PlacementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Teams: of persons whom they fund, and their own of the past. Schemes: their own only, from the agreement on.

        Whoever holds emergency access reads the placements of that person too: it is where they live.
        """
        past = Person.objects.visible_to(user, least=Level.PAST)
        referred = Person.objects.visible_to(user, least=Level.REFERRAL)
        return self.filter(
            Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
            | Q(scheme__in=own_schemes(user), person__in=past)
            | Q(scheme__in=own_schemes(user), person__in=referred, state=Placement.State.AGREED)
            | Q(funding_team__in=own_teams(user), person__in=past)
            | Q(opened_by_emergency(user), person__in=past)
        )

    def active(self):
        return self.filter(state=Placement.State.ACTIVE)

    def not_ended(self):
        return self.exclude(state=Placement.State.ENDED)


class Placement(Row):
    """A person lives with, stays with or is supported by a Shared Lives carer.

    `starts_on` is the day agreed, then the day it began. Owned by `scheme`; `funding_team` is the team at the start.
    `out_of_rule` marks what is true but was not allowed, or began before the record did: shown, never bookable.
    """

    class State(models.TextChoices):
        AGREED = "agreed", "Agreed"
        ACTIVE = "active", "Current"
        ENDED = "ended", "Ended"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="placements")
    reference = models.CharField(max_length=12, unique=True)
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="placements_made")
    funding_team = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="placements_funded"
    )
    match = models.OneToOneField(
        Match, on_delete=models.PROTECT, null=True, blank=True, related_name="placement"
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="placements"
    )
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="placements")
    kind = models.CharField(max_length=15, choices=PlacementKind)
    route = models.CharField(
        "how it came about", max_length=12, choices=codes.Route, default=codes.Route.PLANNED
    )
    purpose = models.CharField(max_length=10, choices=codes.Purpose, default=codes.Purpose.HOME)
    state = models.CharField(max_length=10, choices=State, default=State.AGREED)
    agreed_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField("starts on")
    planned_end_on = models.DateField("planned end", null=True, blank=True)
    ended_on = models.DateField("ended on", null=True, blank=True)
    end_reason = models.CharField("why it ended", max_length=20, choices=codes.EndReason, blank=True)
    end_words = models.TextField("more about the ending", blank=True)
    long_term_agreed_on = models.DateField("agreed as long-term on", null=True, blank=True)
    out_of_rule = models.BooleanField("out of rule", default=False)
    out_of_rule_because = models.TextField("why it is out of rule", blank=True)
    why_emergency = models.TextField("what made it an emergency", blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")) | Q(end_reason="never_started"),
                name="placements_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(planned_end_on=None) | Q(planned_end_on__gte=F("starts_on")),
                name="placements_planned_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) & ~Q(end_reason="")
                | ~Q(state="ended") & Q(ended_on=None, end_reason=""),
                name="placements_ended_with_date_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["kinship", "floating"], household=None)
                | ~Q(kind__in=["kinship", "floating"]) & Q(household__isnull=False),
                name="placements_home_where_the_kind_has_one",
            ),
            models.CheckConstraint(
                condition=Q(long_term_agreed_on=None)
                | Q(route="emergency", long_term_agreed_on__gte=F("starts_on")) & ~Q(state="agreed"),
                name="placements_long_term_date_only_after_an_emergency",
            ),
            models.CheckConstraint(
                condition=~Q(route="emergency", purpose="home") | Q(long_term_agreed_on__isnull=False),
                name="placements_emergency_long_term_only_by_review",
            ),
            models.CheckConstraint(
                condition=Q(out_of_rule=False) | ~Q(out_of_rule_because=""),
                name="placements_out_of_rule_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(route="emergency") | ~Q(why_emergency=""), name="placements_emergency_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["scheme", "state"], name="placements_scheme"),
            models.Index(fields=["funding_team", "state"], name="placements_team"),
            models.Index(fields=["person", "state"], name="placements_person"),
            models.Index(fields=["-starts_on", "id"], name="placements_newest"),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "reference", "scheme", "funding_team", "match", "household", "kind", "route", "purpose",
            "state", "agreed_on", "starts_on", "planned_end_on", "ended_on", "end_reason", "long_term_agreed_on",
            "out_of_rule",
        )  # fmt: skip
        personal = ("person", "carer")
        special = ("end_words", "out_of_rule_because", "why_emergency")

    def __str__(self):
        return f"Placement {self.reference}"

    def get_absolute_url(self):
        return reverse("placements:placement", args=[self.pk])

    @property
    def has_home(self):
        """Whether this kind takes a place in a home (kinship and floating support do not)."""
        return self.kind not in WITHOUT_HOME


class Booking(Row):
    """Joins a placement to a stay, which counts in the home. Owned by the placement's scheme."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="bookings")
    stay = models.OneToOneField(Stay, on_delete=models.PROTECT, related_name="booking")

    class Meta:
        ordering = ["id"]

    class Privacy:
        ordinary = ("id", "version", "placement", "stay")
        personal = ()
        special = ()

    def __str__(self):
        return f"Booking for {self.placement}"


class GateAnswer(Row):
    """How one gate stood when somebody moved in: passed, or not yet and why. Owned by the placement's scheme.

    A gap was let through by a scheme manager (`by`) with a team manager (`agreed_with`), for three days.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="gate_answers")
    gate = models.CharField(max_length=20, choices=codes.GateCode)
    passed = models.BooleanField()
    why_not = models.TextField("not yet, because", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed_with = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "gate"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "gate"], name="placements_gate_answered_once"),
            models.CheckConstraint(
                condition=Q(passed=True) | ~Q(why_not=""), name="placements_gate_passed_or_why_not"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "placement", "gate", "passed", "at")
        personal = ("by", "agreed_with")
        special = ("why_not",)

    def __str__(self):
        return f"{self.get_gate_display()}: {'passed' if self.passed else 'not yet'}"


class OwedQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def open(self):
        return self.filter(done_on=None)


class OwedAfterEmergency(Row, FallsDue):
    """One thing still owed after somebody moved in: by emergency, with a named gap, or found out of rule.

    Due at the end of the third day after the start day. Owned by `organisation`: the scheme.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="owed")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, choices=codes.GateCode)
    done_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=120, blank=True)

    objects = OwedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "what"]
        verbose_name_plural = "owed after an emergency"
        constraints = [
            models.UniqueConstraint(fields=["placement", "what"], name="placements_owed_once"),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(next_stage_on=None),
                name="placements_nobody_reminded_of_what_is_done",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, closed_because="")
                | Q(done_on__isnull=False) & ~Q(closed_because=""),
                name="placements_owed_closed_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["next_stage_on"], condition=Q(done_on=None), name="placements_owed_next"),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "placement", "organisation", "what", "due_on", "next_stage_on", "done_on", "closed_because",
        )  # fmt: skip
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.get_what_display()}, owed by {self.due_on}"

    @property
    def person(self):
        return self.placement.person

    @property
    def person_id(self):
        return self.placement.person_id
