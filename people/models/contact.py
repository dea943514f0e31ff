"""The contact log: who was in touch with the person, when, and whether they saw them."""

from django.db import models
from django.db.models import Q

from people.visibility import Level, opened_to
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .legal import of_own_organisation
from .organisation import Organisation, User
from .person import Person


class ContactPolicy(Row):
    """How long may pass until somebody sees the person again, and asks again how they communicate.

    A council without its own runs on the shipped row.
    """

    council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_policies"
    )
    in_force_from = models.DateField()
    days = models.PositiveSmallIntegerField("days until the person is to be seen again", default=90)
    communication_days = models.PositiveSmallIntegerField(
        "days until they are asked again how they communicate", default=365
    )

    class Meta:
        ordering = ["-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "in_force_from"], nulls_distinct=False, name="people_contact_policy_once"
            ),
            models.CheckConstraint(
                condition=Q(days__gte=7, days__lte=730), name="people_contact_policy_week_to_two_years"
            ),
            models.CheckConstraint(
                condition=Q(communication_days__gte=28, communication_days__lte=730),
                name="people_asked_again_in_month_to_two_years",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "council", "in_force_from", "days", "communication_days")
        personal = ()
        special = ()

    def __str__(self):
        return f"Seen every {self.days} days, {self.council or 'shipped'}, from {self.in_force_from}"


class ContactNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The funding team reads all; a scheme, or a former organisation, its own; emergency access all."""
        supports = Person.objects.visible_to(user, least=Level.SUPPORTS)
        own = Q(of_own_organisation(user), person__in=Person.objects.visible_to(user, least=Level.PAST))
        return self.not_in_error().filter(
            Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
            | own
            | Q(opened_to(user), person__in=supports)
        )

    def not_in_error(self):
        """All but the notes that should stand on somebody else's record."""
        return self.filter(entered_in_error=None)

    def saw(self):
        return self.not_in_error().filter(saw_person=True)

    def council_saw(self):
        """Contacts at which somebody of a council's team saw the person: a scheme's visits do not stand in for these."""
        return self.saw().filter(organisation__kind=Organisation.Kind.TEAM)

    def keeping_the_clock(self):
        """The one note of each person from which it counts by when they are to be seen again; of those who live."""
        return self.not_in_error().filter(due_on__isnull=False, person__date_of_death=None)

    def made(self):
        """Contacts that took place, those that did not left out."""
        return self.exclude(how=ContactNote.How.NONE)


class ContactNote(Row, FallsDue):
    """One contact, or one that did not happen and why: *no contact: workload* is counted as a pressure.

    One note of a person keeps the clock: the newest at which the council saw them, else the first one of all. Its
    `due_on` is the day by which they are to be seen again, by the council's policy when it was written; the others' is null.
    """

    class How(models.TextChoices):
        VISIT = "visit", "Visit"
        PHONE = "phone", "Phone call"
        VIDEO = "video", "Video call"
        MESSAGE = "message", "Text or email"
        LETTER = "letter", "Letter"
        NONE = "none", "No contact was possible"

    class Where(models.TextChoices):
        NONE = "", "Not in a place"
        CARER_HOME = "carer_home", "The carer's home"
        OWN_HOME = "own_home", "The person's own home"
        DAY = "day", "Day service, college or work"
        OFFICE = "office", "Our office"
        HOSPITAL = "hospital", "Hospital"
        OUT = "out", "Somewhere else"

    class Why(models.TextChoices):
        NONE = "", "Does not apply"
        WORKLOAD = "workload", "Workload"
        FUNDING = "funding", "Funding: no time is paid for it"
        PERSON = "person", "The person did not want it"
        OTHER = "other", "Something else"

    PRESSURES = (Why.WORKLOAD, Why.FUNDING)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_notes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How)
    where = models.CharField(max_length=12, choices=Where, blank=True)
    saw_person = models.BooleanField("saw the person", default=False)
    risk_still_right = models.BooleanField("the risk assessment is still right", default=False)
    words = models.TextField()
    no_contact_because = models.CharField(max_length=10, choices=Why, blank=True)
    due_on = models.DateField("to be seen again by", null=True, blank=True, editable=False)

    objects = ContactNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="people_contact_note_has_words"),
            models.CheckConstraint(
                condition=Q(saw_person=False) | Q(how__in=["visit", "video"]),
                name="people_seen_on_a_visit_or_video",
            ),
            models.CheckConstraint(
                condition=(Q(how="none") & ~Q(no_contact_because="")) | (~Q(how="none") & Q(no_contact_because="")),
                name="people_no_contact_says_why",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(due_on__isnull=False), name="people_one_note_keeps_the_clock"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person", "-happened_at"], name="people_contact_person"),
            models.Index(
                fields=["person", "-happened_at"], condition=Q(saw_person=True), name="people_contact_seen"
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "happened_at", "how", "no_contact_because", "due_on", "next_stage_on",
        )  # fmt: skip
        personal = ("person", "by", "where", "saw_person")
        special = ("words", "risk_still_right")

    def __str__(self):
        return f"{self.get_how_display()}, {self.happened_at:%Y-%m-%d}"
