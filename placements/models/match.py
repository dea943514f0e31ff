"""A match: one home or carer held against what one person wants and needs."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from carers.codes import PlacementKind
from carers.models import Carer, Household
from people.models import Organisation, Person
from people.visibility import Level
from sharedlives.records.models import Row

from .. import codes
from .referral import Referral
from .scope import own_schemes


class MatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All matches of persons whom the team funds; for a scheme its own, while it sees the person."""
        team = Q(referral__person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        scheme = Q(scheme__in=own_schemes(user)) & Q(
            referral__person__in=Person.objects.visible_to(user, least=Level.REFERRAL)
        )
        return self.filter(team | scheme)

    def open(self):
        return self.exclude(state=Match.State.ENDED)


class Match(Row):
    """A scheme proposes a home or carer for a referred person. Owned by `scheme`.

    `fits` keeps the comparison as it stood that day: a list of {need, fit yes|no|unknown, words}. No score.
    `reasons` says why this one; `why_not` keeps what speaks against it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        AGREED = "agreed", "Agreed"
        ENDED = "ended", "Ended"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="matches")
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="matches"
    )
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="matches")
    kind = models.CharField(max_length=15, choices=PlacementKind)
    fits = models.JSONField(default=list)
    reasons = models.TextField("why this home", blank=True)
    why_not = models.TextField("what speaks against it", blank=True)
    person_answer = models.CharField(max_length=10, choices=codes.Says, default=codes.Says.NOT_ASKED)
    person_says = models.TextField("what the person says", blank=True)
    person_asked_on = models.DateField(null=True, blank=True)
    carer_answer = models.CharField(max_length=10, choices=codes.Says, default=codes.Says.NOT_ASKED)
    carer_says = models.TextField("what the carer says", blank=True)
    carer_asked_on = models.DateField(null=True, blank=True)
    introductions_usual = models.PositiveSmallIntegerField(
        "usual number of introductions when it was agreed", null=True, blank=True
    )
    introductions_held = models.PositiveSmallIntegerField(
        "introductions when it was agreed", null=True, blank=True
    )
    fewer_because = models.CharField(
        "why fewer introductions than usual", max_length=10, choices=codes.Fewer, blank=True
    )
    fewer_words = models.CharField("more about the reason for fewer", max_length=250, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=250, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_on", "id"]
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "carer", "kind"],
                condition=Q(state__in=["proposed", "agreed"]),
                name="placements_carer_proposed_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["kinship", "floating"], household=None)
                | ~Q(kind__in=["kinship", "floating"]) & Q(household__isnull=False),
                name="placements_match_has_a_home_where_the_kind_has_one",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) & ~Q(ended_because="")
                | ~Q(state="ended") & Q(ended_on=None, ended_because=""),
                name="placements_match_ended_with_date_and_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(person_answer="yes", carer_answer="yes"),
                name="placements_match_agreed_by_both_sides",
            ),
            models.CheckConstraint(
                condition=Q(introductions_usual=None)
                | Q(introductions_held__gte=F("introductions_usual"))
                | (~Q(fewer_because="") & ~Q(fewer_because="other", fewer_words="")),
                name="placements_fewer_introductions_say_why",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "referral", "scheme", "household", "kind", "person_answer", "person_asked_on",
            "carer_answer", "carer_asked_on", "state", "proposed_on", "ended_on",
            "introductions_usual", "introductions_held", "fewer_because",
        )  # fmt: skip
        personal = ("carer",)
        special = ("fits", "reasons", "why_not", "person_says", "carer_says", "ended_because", "fewer_words")

    def __str__(self):
        return f"{self.get_kind_display()} with {self.carer}"

    def get_absolute_url(self):
        return reverse("placements:match", args=[self.pk])

    @property
    def person(self):
        return self.referral.person

    @property
    def person_id(self):
        return self.referral.person_id
