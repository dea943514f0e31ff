"""Changes that a scheme noticed, and needs that somebody foresees: both are work with an owner and a date."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.permissions import Permission
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .own import own_organisations


class ChangeNoticedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The person's funding team reads all; a scheme that supports the person what its own workers noticed."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        supported = Person.objects.visible_to(user, least=Level.SUPPORTS)
        own = Q(person__in=supported, organisation__in=own_organisations(user))
        return self.not_in_error().filter(funded | own)

    def not_in_error(self):
        """All but the changes in somebody else's life."""
        return self.filter(entered_in_error=None)

    def open(self):
        """Not answered yet, of persons who live."""
        return self.not_in_error().filter(answered_on=None, person__date_of_death=None)


class ChangeNoticed(FallsDue, Row):
    """A scheme noticed that something in a person's life has changed. `organisation` is the scheme.

    `due_on` is the day by which the person's care manager answers it.
    """

    class Kind(models.TextChoices):
        HEALTH = "health", "Health"
        MOOD = "mood", "Mood or behaviour"
        SKILLS = "skills", "Does more, or less, than before"
        WISHES = "wishes", "Wants something else"
        FAMILY = "family", "Family or friends"
        CARER = "carer", "The carer, or life in the home"
        SERVICE = "service", "A day service or another support"
        MONEY = "money", "Money"
        OTHER = "other", "Something else"

    class Outcome(models.TextChoices):
        WATCH = "watch", "Keep an eye on it"
        PLAN = "plan", "The plan is changed"
        REASSESS = "reassess", "A new assessment"
        REVIEW = "review", "A review before its time"
        RISK = "risk", "The risks are looked at again"
        NOTHING = "nothing", "Nothing needs to change"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes_noticed")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("what has changed", max_length=10, choices=Kind)
    words = models.TextField("what was noticed")
    noticed_on = models.DateField("noticed on", default=timezone.localdate)
    noticed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField("what follows", max_length=10, choices=Outcome, blank=True)
    answer = models.TextField("answer to the scheme", blank=True)

    objects = ChangeNoticedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="risk_change_has_its_words"),
            models.CheckConstraint(
                condition=Q(answered_on=None, answered_by=None, outcome="", answer="")
                | Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(outcome="") & ~Q(answer=""),
                name="risk_change_answered_in_words",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "noticed_on", "due_on", "next_stage_on", "answered_on",
        )  # fmt: skip
        personal = ("person", "noticed_by", "answered_by")
        special = ("kind", "words", "outcome", "answer")

    def __str__(self):
        return f"Change noticed on {self.noticed_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("risk:change", args=[self.pk])


class ForeseenNeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The person's funding team's: a carer's age or a parent's frailty is not for everybody."""
        funded = Person.objects.visible_to(user, least=Level.FUNDS, permission=Permission.RISK_WRITE)
        return self.not_in_error().filter(person__in=funded)

    def not_in_error(self):
        """All but the needs of somebody else."""
        return self.filter(entered_in_error=None)

    def open(self):
        return self.not_in_error().filter(closed_on=None, person__date_of_death=None)


class ForeseenNeed(FallsDue, Row):
    """Something that will come, such as a carer growing old. It has an owner and, in `due_on`, a look-again date."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="foreseen_needs")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("what will come")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    what_came = models.TextField("what came of it", blank=True)

    objects = ForeseenNeedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="risk_need_has_its_words"),
            models.CheckConstraint(
                condition=Q(closed_on=None, what_came="") | Q(closed_on__isnull=False) & ~Q(what_came=""),
                name="risk_need_closed_in_words",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "due_on", "next_stage_on", "closed_on")
        personal = ("person", "owner")
        special = ("words", "what_came")

    def __str__(self):
        return f"Foreseen need, to be looked at by {self.due_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("risk:foreseen", args=[self.pk])
