"""Answers that somebody waits for: a scheme's to a referral, a person's and a carer's to a match."""

from django.db import models
from django.db.models import Q

from people.models import Organisation, Person
from people.visibility import Level
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .match import Match
from .referral import Referral
from .scope import own_schemes


class AnswerOwedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the team those of all its referrals; for a scheme its own, while it sees the person."""
        team = Q(referral__person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        scheme = Q(organisation__in=own_schemes(user)) & Q(
            referral__person__in=Person.objects.visible_to(user, least=Level.REFERRAL)
        )
        return self.filter(team | scheme)

    def open(self):
        return self.filter(done_on=None)


class AnswerOwed(Row, FallsDue):
    """One side has been asked, and an answer is due within the days that the council has set.

    The answer itself closes it. Owned by `organisation`: the scheme, which answers the referral and asks the others.
    """

    class Side(models.TextChoices):
        SCHEME = "scheme", "The scheme’s answer to a referral"
        PERSON = "person", "What the person says to a home"
        CARER = "carer", "What the carer says to a person"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="answers_owed")
    match = models.ForeignKey(
        Match, on_delete=models.CASCADE, null=True, blank=True, related_name="answers_owed"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    done_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=120, blank=True)

    objects = AnswerOwedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "side"]
        verbose_name_plural = "answers owed"
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "organisation", "match", "side"],
                condition=Q(done_on=None),
                nulls_distinct=False,
                name="placements_one_answer_owed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(side="scheme", match=None) | (~Q(side="scheme") & Q(match__isnull=False)),
                name="placements_answer_owed_to_referral_or_match",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, closed_because="")
                | (Q(done_on__isnull=False, next_stage_on=None) & ~Q(closed_because="")),
                name="placements_answer_owed_closed_with_reason",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "referral", "match", "organisation", "side", "due_on", "next_stage_on", "done_on",
            "closed_because",
        )  # fmt: skip
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.get_side_display()}, due {self.due_on:%-d %B %Y}"

    @property
    def person(self):
        return self.referral.person

    @property
    def person_id(self):
        return self.referral.person_id
