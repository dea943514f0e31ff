"""Actions agreed at a review, and how each stood at the next one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from people.models import Organisation, Person
from people.visibility import Level
from reviews.codes import Standing
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .meeting import Review


class ReviewActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the own people's reviews; a scheme sees those of reviews it was invited to, and its workers' own."""
        funds = Person.objects.visible_to(user, least=Level.FUNDS)
        supports = Person.objects.visible_to(user, least=Level.SUPPORTS)
        invited = Q(owner=user.pk) | Q(review__in=Review.objects.visible_to(user).values("pk"))
        rows = self.filter(review__entered_in_error=None)
        return rows.filter(Q(person__in=funds.values("pk")) | Q(person__in=supports.values("pk")) & invited)

    def open(self):
        """Neither done nor given up; nothing of a record that was entered in error."""
        return self.filter(done_on=None, gave_up_because="", review__entered_in_error=None)


class ReviewAction(FallsDue, Row):
    """Something that somebody promised at a review, by a day. Never without an owner."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="actions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="review_actions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("what was agreed")
    owner_name = models.CharField("who sees to it", max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_on = models.DateField(null=True, blank=True)
    gave_up_because = models.TextField("why it was given up", blank=True)

    objects = ReviewActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(owner_name=""), name="reviews_action_has_an_owner"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(gave_up_because=""), name="reviews_action_done_or_given_up"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, gave_up_because="") | Q(next_stage_on=None),
                name="reviews_finished_action_reminds_nobody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_on=None, gave_up_because=""),
                name="reviews_action_open",
            ),
            models.Index(fields=["person", "due_on"], name="reviews_action_person"),
        ]

    class Privacy:
        ordinary = ("id", "version", "review", "organisation", "due_on", "next_stage_on", "done_on")
        personal = ("person", "owner_name", "owner")
        special = ("words", "gave_up_because")

    def __str__(self):
        return f"Agreed at a review, by {self.due_on.day} {self.due_on:%B %Y}"

    def get_absolute_url(self):
        return reverse("reviews:action", args=[self.pk])

    @property
    def is_open(self):
        return self.done_on is None and not self.gave_up_because


class ActionAccount(Row):
    """How an action agreed earlier stood at this meeting."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="accounts")
    action = models.ForeignKey(ReviewAction, on_delete=models.PROTECT, related_name="accounts")
    standing = models.CharField(max_length=10, choices=Standing)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["action__due_on"]
        constraints = [
            models.UniqueConstraint(fields=["review", "action"], name="reviews_action_accounted_once"),
            models.CheckConstraint(
                condition=~Q(standing="gave_up") | ~Q(words=""), name="reviews_given_up_says_why"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "review", "action")
        personal = ()
        special = ("standing", "words")

    def __str__(self):
        return f"{self.action}: {self.get_standing_display().lower()}"
