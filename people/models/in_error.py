"""What should not be on this record: a note, words, a fact, a decision that is about somebody else."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sharedlives.records.models import Row

from .about import AboutMe
from .contact import ContactNote
from .legal import LegalFact
from .person import Person
from .sharing import AdvocacyTest, SharingDecision


class InError(Row):
    """Why a row should not be on a person's record. It is hidden from everybody but the data officer from then on.

    Each floor that has such rows has one model of this: a key to each kind, exactly one of them filled.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    on = models.DateField(default=timezone.localdate)

    class Meta:
        abstract = True

    def __str__(self):
        return f"Entered in error, {self.on:%-d %B %Y}"


def points_at(model):
    """A key to a row that may be entered in error, once."""
    return models.OneToOneField(
        model, on_delete=models.PROTECT, null=True, blank=True, related_name="entered_in_error"
    )


def says_why(name):
    return models.CheckConstraint(condition=~Q(why=""), name=name)


def is_of_one(keys, name):
    """Exactly one of these keys is filled."""
    one = Q()
    for key in keys:
        one |= Q(**{f"{other}__isnull": other != key for other in keys})
    return models.CheckConstraint(condition=one, name=name)


class NoteEnteredInError(InError):
    """A note of contact, a version of About me, a legal fact, a decision about sharing, a test for an advocate."""

    note = points_at(ContactNote)
    about_me = points_at(AboutMe)
    fact = points_at(LegalFact)
    sharing = points_at(SharingDecision)
    advocacy = points_at(AdvocacyTest)

    class Meta:
        verbose_name_plural = "notes entered in error"
        constraints = [
            says_why("people_error_says_why"),
            is_of_one(("note", "about_me", "fact", "sharing", "advocacy"), "people_error_is_of_one_row"),
        ]

    class Privacy:
        ordinary = ("id", "version", "note", "about_me", "fact", "sharing", "advocacy", "on")
        personal = ("person", "why")
        special = ()
