"""About me: the person's own page, in their own words (PRSB About Me standard v1.2)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.visibility import Level, opened_to
from sharedlives.records.models import Row

from .legal import of_own_organisation
from .organisation import Organisation, User
from .person import Person
from .sharing import objected_to, schemes_of


class AboutMeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who fund the person; a scheme that supports them, unless they object to that; emergency access too.

        What one's own organisation wrote down it reads as long as the person is its own, or was.
        """
        own = Q(of_own_organisation(user), person__in=Person.objects.visible_to(user, least=Level.PAST))
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        supported = Q(person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
        for scheme in schemes_of(user):
            supported &= ~objected_to("about_me", scheme)
        return self.filter(funded | own | opened_to(user) | supported, entered_in_error=None)


class AboutMe(Row):
    """One version. It never changes: whoever writes again writes a new version, stamped with who wrote it for whom.

    The headings stand in `people/about.py`; form, page, PDF and easy read are made from that one list.
    """

    class Writer(models.TextChoices):
        PERSON = "person", "The person, alone"
        SUPPORTED = "supported", "The person, with help"
        FOR_PERSON = "for_person", "Somebody for the person"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="about_me")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("version", editable=False)
    writer = models.CharField("who wrote it", max_length=12, choices=Writer)
    supported_by = models.CharField("who helped, or wrote it for the person", max_length=120, blank=True)
    why_for_person = models.CharField("why the person did not write it", max_length=200, blank=True)
    written_on = models.DateField(default=timezone.localdate)
    typed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    most_important = models.TextField("what is most important to me", blank=True)
    people = models.TextField("people who are important to me", blank=True)
    communicate = models.TextField("how I communicate and how to communicate with me", blank=True)
    wellness = models.TextField("my wellness", blank=True)
    please_do = models.TextField("please do", blank=True)
    please_do_not = models.TextField("please do not", blank=True)
    support = models.TextField("how and when to support me", blank=True)
    worth_knowing = models.TextField("also worth knowing about me", blank=True)

    objects = AboutMeQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="people_about_me_version_once"),
            models.CheckConstraint(
                condition=Q(writer="person") | ~Q(supported_by=""), name="people_about_me_names_the_helper"
            ),
            models.CheckConstraint(
                condition=~Q(writer="for_person") | ~Q(why_for_person=""),
                name="people_about_me_says_why_for_person",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "number", "written_on", "writer")
        personal = ("person", "supported_by", "typed_by")
        special = (
            "why_for_person", "most_important", "people", "communicate", "wellness", "please_do", "please_do_not",
            "support", "worth_knowing",
        )  # fmt: skip

    def __str__(self):
        return f"About me, version {self.number}"

    @property
    def stamp(self):
        """Who wrote it, in words: *Written by Priya Nair for Ahmad Rahman*."""
        if self.writer == self.Writer.PERSON:
            return f"Written by {self.person}"
        if self.writer == self.Writer.SUPPORTED:
            return f"Written by {self.person}, with help from {self.supported_by}"
        return f"Written by {self.supported_by} for {self.person}: {self.why_for_person}"
