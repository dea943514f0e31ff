"""Introductions: how a person and a carer got to know each other, and what each of them made of it."""

from django.db import models
from django.db.models import Q

from people.models import User
from sharedlives.records.models import Row

from .. import codes
from .match import Match


class IntroductionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(match__in=Match.objects.visible_to(user))


class Introduction(Row):
    """One visit of a match that took place. Owned by the match's scheme.

    The person's view comes with how they showed it, also without words. Views may follow later than the visit.
    """

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="introductions")
    kind = models.CharField("what kind of visit", max_length=10, choices=codes.Visit)
    on = models.DateField("day, or first day")
    where = models.CharField(max_length=120)
    person_view = models.TextField("what the person made of it", blank=True)
    showed_by = models.CharField("how they showed it", max_length=10, choices=codes.Showed, blank=True)
    carer_view = models.TextField("what the carer made of it", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["match", "kind", "on"], name="placements_visit_recorded_once"),
            models.CheckConstraint(
                condition=Q(person_view="", showed_by="") | (~Q(person_view="") & ~Q(showed_by="")),
                name="placements_view_with_how_it_was_shown",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "match", "kind", "on")
        personal = ("where", "recorded_by")
        special = ("person_view", "showed_by", "carer_view")

    def __str__(self):
        return f"{self.get_kind_display()}, {self.on:%-d %B %Y}"

    @property
    def person(self):
        return self.match.person

    @property
    def person_id(self):
        return self.match.person_id
