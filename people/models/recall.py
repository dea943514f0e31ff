"""Copies of something that was entered on a wrong person's record, to be called back from whoever holds them."""

from django.db import models
from django.db.models import Q

from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from ..visibility import Level
from .organisation import Organisation, User
from .person import Person


class CopyToRecallQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The team that funds the person; and the organisation that gave the copy, while it may see the person."""
        own = [m.organisation_id for m in user.current_memberships()] if user.is_authenticated else []
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        seen = Q(person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
        return self.filter(funded | seen & Q(organisation__in=own))

    def open(self):
        """Not answered yet. What is on paper is still out there when the person has died."""
        return self.filter(answered_on=None)


class CopyToRecall(FallsDue, Row):
    """One copy, held by somebody, of a version that was entered in error. Owned by `organisation`, which wrote it.

    `record_id` is the id of the version, on whichever floor it stands; `what` its name, without a word of it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    record_id = models.UUIDField(editable=False)
    what = models.CharField(max_length=160)
    holder = models.CharField("who holds a copy", max_length=200)
    given_on = models.DateField()
    asked_on = models.DateField("asked to give it back or destroy it on", null=True, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField("what they answered", max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    objects = CopyToRecallQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "holder"]
        verbose_name = "copy to recall"
        verbose_name_plural = "copies to recall"
        constraints = [
            models.UniqueConstraint(
                fields=["record_id", "holder", "given_on"], name="people_copy_is_recalled_once"
            ),
            models.CheckConstraint(
                condition=Q(asked_on=None, asked_by=None) | Q(asked_on__isnull=False, asked_by__isnull=False),
                name="people_recall_was_asked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="")
                | Q(answered_on__isnull=False, asked_on__isnull=False, next_stage_on=None) & ~Q(answer=""),
                name="people_recall_answer_follows_asking",
            ),
        ]
        indexes = [
            models.Index(fields=["next_stage_on"], condition=Q(answered_on=None), name="people_recall_next")
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "record_id", "what", "given_on", "asked_on", "answered_on", "due_on",
            "next_stage_on",
        )  # fmt: skip
        personal = ("person", "holder", "asked_by", "answer")
        special = ()

    def __str__(self):
        return f"{self.what}: copy held by {self.holder}"
