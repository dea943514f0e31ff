"""What a scheme owes when somebody who lived with one of its carers has died."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .placement import Placement
from .scope import own_schemes


class OwedAfterDeathQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The scheme that owes it; and the team that funded the person, which waits for it."""
        funded = Person.objects.visible_to(user, least=Level.FUNDS)
        return self.filter(Q(organisation__in=own_schemes(user)) | Q(person__in=funded))

    def open(self):
        return self.filter(done_on=None)


class OwedAfterDeath(FallsDue, Row):
    """One thing that is still owed to others after a death. Owned by `organisation`, the scheme; outlives the person."""

    class What(models.TextChoices):
        CQC = "cqc", "Tell CQC of the death, without delay"
        FAMILY = "family", "See that the family and friends know"
        OTHERS = "others", "Be there for the others in the home, and the carer"
        BELONGINGS = "belongings", "Give the belongings and the money back"

    WITHIN = {What.CQC: 0, What.FAMILY: 0, What.OTHERS: 7, What.BELONGINGS: 28}  # days after it was recorded

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="owed_after_death")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=What)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField("what was done", max_length=300, blank=True)

    objects = OwedAfterDeathQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "what"]
        verbose_name_plural = "owed after a death"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "what"],
                condition=Q(done_on=None),
                name="placements_owed_after_death_once",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, words="")
                | Q(done_on__isnull=False, next_stage_on=None) & ~Q(words=""),
                name="placements_owed_after_death_done_in_words",
            ),
        ]
        indexes = [
            models.Index(fields=["next_stage_on"], condition=Q(done_on=None), name="placements_death_next")
        ]

    class Privacy:
        ordinary = (
            "id", "version", "placement", "organisation", "what", "due_on", "next_stage_on", "done_on",
        )  # fmt: skip
        personal = ("person", "done_by")
        special = ("words",)

    def __str__(self):
        return str(self.get_what_display())

    @classmethod
    def due_for(cls, what, today):
        return today + timedelta(days=cls.WITHIN[what])
