"""What should not be on this record: a note, a version of About me, or a legal fact that is about somebody else."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sharedlives.records.models import Row

from .about import AboutMe
from .contact import ContactNote
from .legal import LegalFact
from .person import Person


class NoteEnteredInError(Row):
    """One of the three, and why it is wrong here. It is hidden from everybody but the data officer from then on."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.OneToOneField(
        ContactNote, on_delete=models.PROTECT, null=True, blank=True, related_name="entered_in_error"
    )
    about_me = models.OneToOneField(
        AboutMe, on_delete=models.PROTECT, null=True, blank=True, related_name="entered_in_error"
    )
    fact = models.OneToOneField(
        LegalFact, on_delete=models.PROTECT, null=True, blank=True, related_name="entered_in_error"
    )
    why = models.TextField()
    on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name_plural = "notes entered in error"
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="people_error_says_why"),
            models.CheckConstraint(
                condition=Q(note__isnull=False, about_me=None, fact=None)
                | Q(note=None, about_me__isnull=False, fact=None)
                | Q(note=None, about_me=None, fact__isnull=False),
                name="people_error_is_of_one_row",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "note", "about_me", "fact", "on")
        personal = ("person", "why")
        special = ()

    def __str__(self):
        return f"Entered in error, {self.on:%-d %B %Y}"
