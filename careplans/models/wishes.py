"""What a person wishes for, changes that somebody must see to, and reassessment after a major change."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from people.models import Organisation, Person, Seen, User, seen_or_why_not
from people.visibility import Level
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .assessment import Assessment
from .package import Service
from .scope import own_organisations


def ends_with(words, state="open"):
    """Condition: open rows have neither day nor words of an end; closed ones have both."""
    nothing = {"closed_on": None, words: ""}
    return Q(state=state, **nothing) | (Q(closed_on__isnull=False) & ~Q(state=state) & ~Q(**{words: ""}))


def reminds_nobody(name):
    return models.CheckConstraint(condition=Q(state="open") | Q(next_stage_on=None), name=name)


class WishQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Funding teams read all; a scheme what was written there, and whoever is to see to it theirs."""
        own = Q(organisation__in=own_organisations(user)) | Q(owner=user.pk)
        supported = Q(own, person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
        former = Q(
            organisation__in=own_organisations(user),
            person__in=Person.objects.visible_to(user, least=Level.PAST),
        )
        return self.not_in_error().filter(
            Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS)) | supported | former
        )

    def not_in_error(self):
        """All but the wishes of somebody else."""
        return self.filter(entered_in_error=None)

    def open(self):
        """Not answered yet, of somebody who lives."""
        return self.not_in_error().filter(state="open", person__date_of_death=None)


class Wish(FallsDue, Row):
    """Something that the person wishes for, or a change that somebody must see to (SCIE Guide 14, S1-16).

    `owner` is whose job it is: without one, and without a date, there is no such row. It ends only with what the
    person was told.
    """

    class Kind(models.TextChoices):
        WISH = "wish", "Wish"
        CHANGE = "change", "Change to see to"

    class Said(models.TextChoices):
        PERSON = "person", "The person"
        CARER = "carer", "Their carer"
        FAMILY = "family", "Family or a friend"
        WORKER = "worker", "A worker"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        NOT_POSSIBLE = "not_possible", "Not possible"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wishes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.WISH)
    words = models.TextField("what is wished for")
    said_by = models.CharField("who said so", max_length=10, choices=Said, default=Said.PERSON)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="whose job it is"
    )
    ended_service = models.OneToOneField(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="change", editable=False,
        verbose_name="the service whose end opened it",
    )  # fmt: skip
    state = models.CharField(max_length=15, choices=State, default=State.OPEN)
    closed_on = models.DateField("told on", null=True, blank=True)
    told = models.TextField("what the person was told", blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "wishes"
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="careplans_wish_has_words"),
            models.CheckConstraint(condition=ends_with("told"), name="careplans_wish_ends_with_an_answer"),
            reminds_nobody("careplans_answered_wish_reminds_nobody"),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(state="open"), name="careplans_wish_owner"),
            models.Index(fields=["person", "-due_on"], name="careplans_wish_person"),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "kind", "state", "due_on", "next_stage_on", "closed_on",
        )  # fmt: skip
        personal = ("person", "said_by", "written_by", "owner", "ended_service")
        special = ("words", "told")

    def __str__(self):
        return f"{self.get_kind_display()}, to be seen to by {self.due_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("careplans:wish", args=[self.pk])


class ReassessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Funding teams read all of their people's; a former team what it wrote itself."""
        former = Q(
            organisation__in=own_organisations(user),
            person__in=Person.objects.visible_to(user, least=Level.PAST),
        )
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        return self.not_in_error().filter(funded | former)

    def not_in_error(self):
        """All but those about a change in somebody else's life."""
        return self.filter(entered_in_error=None)

    def open(self):
        return self.not_in_error().filter(state="open", person__date_of_death=None)


class Reassessment(FallsDue, Seen, Row):
    """A major change: needs are looked at again, by a named owner, by a day, to an outcome (SCIE At a glance 02)."""

    class Cause(models.TextChoices):
        PERSON = "person", "The person: health, behaviour, wishes, a loss"
        CARER = "carer", "The carer: illness, age, separation, work"
        HOUSEHOLD = "household", "The household: somebody moves in or out"
        PLACE = "place", "The place: another home, or the home itself"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Reassessed"
        NOT_NEEDED = "not_needed", "Not needed after all"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reassessments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField("what changed", max_length=10, choices=Cause)
    what_happened = models.TextField("what happened")
    happened_on = models.DateField("since when")
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="whose job it is"
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.TextField("what came of it", blank=True)
    assessment = models.ForeignKey(
        Assessment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="new assessment",
    )

    objects = ReassessmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(what_happened=""), name="careplans_reassessment_says_why"),
            models.CheckConstraint(
                condition=ends_with("outcome"), name="careplans_reassessment_ends_with_an_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(assessment__isnull=False),
                name="careplans_reassessed_by_an_assessment",
            ),
            reminds_nobody("careplans_closed_reassessment_reminds_nobody"),
            seen_or_why_not("careplans_reassessed_seen_or_why_not"),
        ]
        indexes = [models.Index(fields=["person", "-due_on"], name="careplans_reassess_person")]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "cause", "state", "due_on", "next_stage_on", "closed_on", "happened_on",
        )  # fmt: skip
        personal = ("person", "owner", "assessment", "seen_how", "seen_on", "seen_where")
        special = ("what_happened", "outcome")

    def __str__(self):
        return f"Reassessment, due {self.due_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("careplans:reassessment", args=[self.pk])
