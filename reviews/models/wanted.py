"""A review that is wanted before its date, because something happened. The due date itself stays."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation, Person, User
from people.visibility import Level
from placements.models.scope import own_schemes
from reviews.codes import Asker
from risk.models import ChangeNoticed
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .meeting import Review


class ReviewWantedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The person's funding team's; a scheme that supports the person reads what it wrote down itself.

        Of a change that it noticed the scheme reads the answer there.
        """
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS).values("pk"))
        supported = Person.objects.visible_to(user, least=Level.SUPPORTS).values("pk")
        return self.filter(funded | Q(person__in=supported, taken_by__in=own_schemes(user)))

    def open(self):
        """No meeting is arranged and nobody has said that none is needed; of persons who live."""
        return self.filter(done_on=None, person__date_of_death=None)


class ReviewWanted(FallsDue, Row):
    """Somebody asked that a person's review does not wait for its date, or a change was answered so.

    `due_on`: until whoever asked was answered, the day by which they are; then the day by which a meeting is arranged.
    `opened_on` is the day on which they asked; `taken_by` the organisation that wrote it down.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews_wanted")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    change = models.OneToOneField(
        ChangeNoticed, on_delete=models.PROTECT, null=True, blank=True, related_name="review_wanted"
    )
    asked_by = models.CharField("who asked", max_length=10, choices=Asker, blank=True)
    asked_name = models.CharField("their name", max_length=120, blank=True)
    reason = models.TextField("why they ask", blank=True)
    taken_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    acknowledged_on = models.DateField("answered on", null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField("what they were told", blank=True)
    wanted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opened_on = models.DateField(default=timezone.localdate)
    done_on = models.DateField(null=True, blank=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, blank=True, related_name="wanted")
    why_not = models.TextField("why none is needed after all", blank=True)

    objects = ReviewWantedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = "review wanted sooner"
        verbose_name_plural = "reviews wanted sooner"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None, review=None, why_not="")
                | Q(done_on__isnull=False, review__isnull=False, why_not="")
                | Q(done_on__isnull=False, review=None) & ~Q(why_not=""),
                name="reviews_wanted_ends_with_a_meeting_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(change__isnull=False, asked_by="", reason="", taken_by=None)
                | Q(change=None, taken_by__isnull=False) & ~Q(asked_by="") & ~Q(reason=""),
                name="reviews_wanted_says_who_asks_and_why",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on=None, acknowledged_by=None, answer="")
                | Q(change=None, acknowledged_on__gte=models.F("opened_on")) & ~Q(answer=""),
                name="reviews_wanted_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(next_stage_on=None), name="reviews_wanted_done_reminds_nobody"
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "opened_on", "due_on", "next_stage_on", "done_on", "review",
            "asked_by", "taken_by", "acknowledged_on",
        )  # fmt: skip
        personal = ("person", "wanted_by", "change", "asked_name", "acknowledged_by")
        special = ("why_not", "reason", "answer")

    def __str__(self):
        return f"Review wanted by {self.due_on:%-d %B %Y}"

    @property
    def is_answered(self):
        """Whoever asked has an answer; to a change that was noticed it was given there."""
        return self.change_id is not None or self.acknowledged_on is not None or self.done_on is not None

    @property
    def who_asked(self):
        return self.asked_name or self.get_asked_by_display()

    def get_absolute_url(self):
        return reverse("reviews:wanted", args=[self.pk])
