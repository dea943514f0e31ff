"""A review that is wanted before its date, because something happened. The due date itself stays."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation, Person, User
from people.visibility import Level
from risk.models import ChangeNoticed
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .meeting import Review


class ReviewWantedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The person's funding team's: the scheme reads the answer to what it noticed."""
        return self.filter(person__in=Person.objects.visible_to(user, least=Level.FUNDS))

    def open(self):
        """No meeting is arranged and nobody has said that none is needed; of persons who live."""
        return self.filter(done_on=None, person__date_of_death=None)


class ReviewWanted(FallsDue, Row):
    """Somebody decided that a person's review cannot wait for its date. `due_on`: a meeting is arranged by then."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews_wanted")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    change = models.OneToOneField(ChangeNoticed, on_delete=models.PROTECT, related_name="review_wanted")
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
                condition=Q(done_on=None) | Q(next_stage_on=None), name="reviews_wanted_done_reminds_nobody"
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "opened_on", "due_on", "next_stage_on", "done_on", "review",
        )  # fmt: skip
        personal = ("person", "wanted_by", "change")
        special = ("why_not",)

    def __str__(self):
        return f"Review wanted by {self.due_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("reviews:wanted", args=[self.pk])
