"""Monitoring: the scheme's visits to a home, what was seen of each person there, and the visit that is owed next."""

from django.db import models
from django.db.models import Q

from carers.models import Carer, Household
from people.models import Organisation, User
from risk.models.policy import DEFAULT, ONLY_COUNCILS, DatedQuerySet
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .placement import Placement
from .scope import own_schemes


class MonitoringPolicy(Row):
    """One version of how often a council wants placements visited by their scheme. Without any row the defaults hold."""

    council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to=ONLY_COUNCILS, help_text=DEFAULT,
    )  # fmt: skip
    in_force_from = models.DateField("in force from")
    months = models.PositiveSmallIntegerField("months of closer visits after the start", default=6)
    every_days = models.PositiveSmallIntegerField("days between visits in those months", default=30)
    then_days = models.PositiveSmallIntegerField("days between visits afterwards (0: none)", default=90)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "monitoring policies"
        ordering = ["council__name", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "in_force_from"],
                nulls_distinct=False,
                name="placements_one_monitoring_policy_a_day",
            ),
            models.CheckConstraint(
                condition=Q(months__range=(0, 24), every_days__range=(7, 92), then_days__range=(0, 366)),
                name="placements_monitoring_policy_sensible",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "council", "in_force_from", "months", "every_days", "then_days")
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.council or 'Default'}, from {self.in_force_from:%-d %B %Y}"


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The scheme whose visit it was: it tells of a whole home. What was seen of one person is the note's."""
        return self.filter(organisation__in=own_schemes(user))


class MonitoringVisit(Row):
    """A visit of a scheme worker to a carer, for everybody there. Owned by `organisation`, the scheme."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="visits")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    visited_on = models.DateField("day of the visit")
    home_words = models.TextField("about the home", blank=True)
    carer_says = models.TextField("what the carer says, in their own words")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(carer_says=""), name="placements_visit_asks_the_carer")
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "household", "visited_on")
        personal = ("carer", "written_by")
        special = ("home_words", "carer_says")

    def __str__(self):
        return f"Visit on {self.visited_on:%-d %B %Y}"


class NoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(placement__in=Placement.objects.visible_to(user))


class MonitoringNote(Row):
    """What was seen of one person on a visit: how it goes, and what they say or show. Owned by the visit's scheme."""

    visit = models.ForeignKey(MonitoringVisit, on_delete=models.CASCADE, related_name="notes")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="monitoring")
    saw_person = models.BooleanField("the person was seen")
    words = models.TextField("how it goes, and what the person says or shows")

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-visit__visited_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "placement"], name="placements_one_note_a_visit"),
            models.CheckConstraint(condition=~Q(words=""), name="placements_monitoring_in_words"),
        ]

    class Privacy:
        ordinary = ("id", "version", "visit", "placement", "saw_person")
        personal = ()
        special = ("words",)

    def __str__(self):
        return f"What was seen on the {self.visit}"


class VisitOwedQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def open(self):
        return self.filter(done_on=None)


class VisitOwed(FallsDue, Row):
    """The next visit that a placement is owed, by its council's policy. Owned by `organisation`, the scheme."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="visits_owed")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)

    objects = VisitOwedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name_plural = "visits owed"
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(done_on=None), name="placements_one_visit_owed"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(next_stage_on=None),
                name="placements_nobody_reminded_of_a_visit_paid",
            ),
        ]
        indexes = [
            models.Index(fields=["next_stage_on"], condition=Q(done_on=None), name="placements_visit_next")
        ]

    class Privacy:
        ordinary = ("id", "version", "placement", "organisation", "due_on", "next_stage_on", "done_on")
        personal = ()
        special = ()

    def __str__(self):
        return f"A visit, owed by {self.due_on:%-d %B %Y}"

    @property
    def person(self):
        return self.placement.person

    @property
    def person_id(self):
        return self.placement.person_id
