"""What must be settled for somebody whose carer stops or is suspended, or whose scheme leaves the home."""

from django.db import models
from django.db.models import Q

from people.models import Organisation, Person, User
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .placement import Placement


class ToSettleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def open(self):
        return self.filter(done_on=None)


class ToSettle(FallsDue, Row):
    """Where somebody lives from now on is to be said with them, by a day. Nobody is put out meanwhile.

    Owned by `organisation`: the team that funds the person, without one the scheme. `since`: from when the carer or the
    scheme is no longer there.
    """

    class Why(models.TextChoices):
        STOPPED = "stopped", "The carer stops being a carer"
        SUSPENDED = "suspended", "The approval of the carer is suspended"
        LEFT = "left", "The scheme no longer works with this home"

    class Outcome(models.TextChoices):
        OTHER_CARER = "other_carer", "Goes on here, with another carer of this home"
        ELSEWHERE = "elsewhere", "Another home is looked for"
        OTHER_SCHEME = "other_scheme", "Goes on here, with the scheme that takes over"
        STAYS = "stays", "Stays for now, watched over"
        ENDED = "ended", "The support has ended"
        BACK = "back", "The carer is back"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="to_settle")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    why = models.CharField("what has happened", max_length=10, choices=Why)
    since = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField("what happens now", max_length=12, choices=Outcome, blank=True)
    words = models.CharField("what was said with the person", max_length=500, blank=True)

    objects = ToSettleQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name_plural = "to settle"
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(done_on=None), name="placements_settled_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, outcome="", words="")
                | Q(done_on__isnull=False, next_stage_on=None) & ~Q(outcome="") & ~Q(words=""),
                name="placements_settled_in_words",
            ),
        ]
        indexes = [
            models.Index(fields=["next_stage_on"], condition=Q(done_on=None), name="placements_settle_next")
        ]

    class Privacy:
        ordinary = (
            "id", "version", "placement", "organisation", "why", "since", "due_on", "next_stage_on", "done_on",
        )  # fmt: skip
        personal = ("person", "done_by")
        special = ("outcome", "words")

    def __str__(self):
        return f"{self.get_why_display()}: say where the person lives from now on"
