"""A person who lives with, or is supported by, a Shared Lives carer; and those around them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone

from people import codes
from people.visibility import Level, PersonQuerySet
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .organisation import Organisation, User, current

NAME_WORDS = Func(
    F("search_name"),
    Value(" "),
    function="string_to_array",
    output_field=ArrayField(models.TextField()),
)


class NameWord(models.Model):
    """Every word that stands, or once stood, in somebody's names: what a misspelt word is compared with.

    Kept by the trigger `people_keep_name_words`; it says of nobody who bears the word.
    """

    word = models.CharField(max_length=300, primary_key=True)

    class Privacy:
        ordinary = ("word",)
        personal = ()
        special = ()

    def __str__(self):
        return self.word


class Identity(Row):
    """Several records that are one human being. Linking grants no sight, and can be undone."""

    class Privacy:
        ordinary = ("id", "version")
        personal = ()
        special = ()

    def __str__(self):
        return f"Identity {str(self.pk)[:8]}"


class Person(Row):
    """Somebody whom a scheme supports, or may. The record is theirs; the words about them are kept plain."""

    identity = models.ForeignKey(
        Identity, on_delete=models.PROTECT, null=True, blank=True, related_name="persons"
    )
    reference = models.CharField(
        max_length=12, unique=True, help_text="What mails and printed sheets say instead of a name."
    )
    given_name = models.CharField("given name", max_length=80)
    family_name = models.CharField("family name", max_length=80)
    preferred_name = models.CharField("preferred name", max_length=80, blank=True)
    search_name = models.CharField(
        max_length=300, editable=False, help_text="All names, plain letters, lower case."
    )
    sort_name = models.CharField(max_length=200, editable=False)
    date_of_birth = models.DateField("date of birth")
    date_of_death = models.DateField("date of death", null=True, blank=True)
    nhs_number = models.CharField("NHS number", max_length=10, blank=True, db_index=True)
    no_nhs_number_because = models.CharField("why there is no NHS number", max_length=200, blank=True)
    council_reference = models.CharField("council's own number", max_length=30, blank=True, db_index=True)
    responsible_council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    gender = models.CharField(max_length=10, choices=codes.Gender, default=codes.Gender.UNKNOWN)
    ethnicity = models.CharField(max_length=20, choices=codes.Ethnicity, default=codes.Ethnicity.UNKNOWN)
    first_language = models.CharField(max_length=60, blank=True, default="English")
    religion = models.CharField("faith", max_length=60, blank=True)
    primary_support_reason = models.CharField(
        max_length=20, choices=codes.SupportReason, default=codes.SupportReason.UNKNOWN
    )
    accommodation_status = models.CharField(
        max_length=20, choices=codes.AccommodationStatus, default=codes.AccommodationStatus.UNKNOWN
    )
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=8, blank=True, db_index=True)
    phone = models.CharField(max_length=40, blank=True)
    what_matters = models.TextField("what matters most to me, in my own words", blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nhs_number="") | Q(nhs_number__regex=r"^[0-9]{10}$"),
                name="people_nhs_number_ten_digits",
            ),
            models.CheckConstraint(
                condition=Q(date_of_death=None) | Q(date_of_death__gte=F("date_of_birth")),
                name="people_death_not_before_birth",
            ),
        ]
        indexes = [
            GinIndex(NAME_WORDS, name="people_person_words"),
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="people_person_name_trgm"),
            models.Index(fields=["sort_name", "id"], name="people_person_sort"),
            models.Index(fields=["date_of_birth"], name="people_person_born"),
        ]

    class Privacy:
        ordinary = ("id", "version", "identity", "reference", "responsible_council")
        personal = (
            "given_name", "family_name", "preferred_name", "search_name", "sort_name", "date_of_birth", "date_of_death",
            "nhs_number", "no_nhs_number_because", "council_reference", "gender", "first_language", "address",
            "postcode", "phone", "accommodation_status",
        )  # fmt: skip
        special = ("ethnicity", "religion", "primary_support_reason", "what_matters")

    def __str__(self):
        return self.known_as

    @property
    def known_as(self):
        """The name on screen: preferred name and family name."""
        return f"{self.preferred_name or self.given_name} {self.family_name}"

    def get_absolute_url(self):
        return reverse("people:person", args=[self.pk])

    @property
    def nhs_number_spaced(self):
        n = self.nhs_number
        return f"{n[:3]} {n[3:6]} {n[6:]}" if n else ""

    def age(self, on=None):
        """Age in years on a day (today unless told), or at death."""
        on = self.date_of_death or on or timezone.localdate()
        born = self.date_of_birth
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


class CommunicationNeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever supports or funds the person reads how they communicate."""
        return self.filter(person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))

    def held(self):
        """What holds now."""
        return self.filter(until=None)

    def keeping_the_clock(self):
        """The one row of each living person from which it counts by when they are asked again."""
        return self.held().filter(due_on__isnull=False, person__date_of_death=None)


class CommunicationNeed(Row, FallsDue):
    """What others must do to be understood, and to understand (Accessible Information Standard, DCB1605).

    That somebody was asked and has no particular needs is a row too, of the kind *none*: nothing written down means
    that nobody asked. `asked_on` is the day on which it was last asked and found to be so. The row of a person that
    was asked about longest ago keeps the clock: its `due_on` is the day by which they are asked again.
    """

    class Kind(models.TextChoices):
        METHOD = "method", "How to contact"
        FORMAT = "format", "Format of information"
        PROFESSIONAL = "professional", "Communication professional"
        SUPPORT = "support", "Communication support"
        NONE = "none", "Asked, and no particular needs"

    class Format(models.TextChoices):
        NONE = "", "Does not set a format"
        EASY_READ = "easy_read", "Easy read"
        LARGE_PRINT = "large_print", "Large print"
        PLAIN_TEXT = "plain_text", "Plain text by email"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="communication_needs")
    kind = models.CharField(max_length=15, choices=Kind)
    words = models.CharField("what to do", max_length=200)
    format = models.CharField(max_length=15, choices=Format, blank=True)
    asked_on = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    due_on = models.DateField("to be asked again by", null=True, blank=True, editable=False)

    objects = CommunicationNeedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(due_on__isnull=False),
                name="people_one_need_keeps_the_clock",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(until=None), name="people_ended_need_keeps_no_clock"
            ),
            models.CheckConstraint(
                condition=~Q(kind="none") | Q(format=""), name="people_no_need_sets_no_format"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "asked_on", "until", "due_on", "next_stage_on")
        personal = ("person",)
        special = ("kind", "words", "format")

    def __str__(self):
        return self.words


class PersonalContact(Row):
    """Somebody in the person's own life: family, representative, named person, advocate."""

    class Kind(models.TextChoices):
        FAMILY = "family", "Family"
        FRIEND = "friend", "Friend"
        REPRESENTATIVE = "representative", "Representative"
        NAMED_PERSON = "named_person", "Named person"
        ADVOCATE = "advocate", "Advocate"
        PROFESSIONAL = "professional", "Worker from another service"

    class Tie(models.TextChoices):
        """What ties the contact to the services: it decides independence."""

        NONE = "none", "No tie to the services"
        CARER = "carer", "Is the person's Shared Lives carer"
        SCHEME = "scheme", "Works for the scheme"
        COUNCIL = "council", "Is the person's care manager or works for their team"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=15, choices=Kind)
    name = models.CharField(max_length=120)
    relation = models.CharField(
        max_length=80, blank=True, help_text="Such as mother, brother, key worker at the day service."
    )
    tie = models.CharField("tie to the services", max_length=10, choices=Tie, default=Tie.NONE)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    agreed_by_person = models.BooleanField("the person agrees to this contact", default=False)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "name"]

    class Privacy:
        ordinary = ("id", "version", "kind", "tie", "until", "agreed_by_person")
        personal = ("person", "name", "relation", "phone", "email")
        special = ()

    def __str__(self):
        return f"{self.name} ({self.relation or self.get_kind_display().lower()})"

    @property
    def is_independent(self):
        """Named persons and advocates must not be the carer, scheme staff or the care manager (SCIE Guide 14)."""
        return self.tie == self.Tie.NONE


class InvolvementQuerySet(models.QuerySet):
    def current(self, on):
        return self.filter(current(on))

    def funding(self):
        return self.filter(role=Involvement.Role.FUNDS)


class Involvement(Row):
    """Which organisation knows a person, as what, through whom, from when until when. It decides who may see."""

    class Role(models.TextChoices):
        FUNDS = "funds", "Funds (responsible team)"
        CO_FUNDS = "co_funds", "Also funds"
        SUPPORTS = "supports", "Supports (scheme)"
        REFERRED = "referred", "Was sent a referral (scheme)"
        KNOWS = "knows", "Knows the person (other service)"
        HOLDS_REVIEW = "holds_review", "Holds a review"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="involvements")
    role = models.CharField(max_length=15, choices=Role)
    worker = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        constraints = [
            ExclusionConstraint(
                name="people_one_funding_team_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        Func("since", "until", RangeBoundary(), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(role="funds"),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="people_involvement_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(role="holds_review") | (Q(worker__isnull=False) & Q(until__isnull=False)),
                name="people_review_holder_is_named_and_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "role", "person"], name="people_inv_org"),
            models.Index(fields=["person", "role", "organisation"], name="people_inv_person"),
            models.Index(fields=["worker", "role", "person"], name="people_inv_worker"),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "role", "since", "until")
        personal = ("person", "worker")
        special = ()

    def __str__(self):
        return f"{self.organisation} {self.get_role_display().lower()} since {self.since:%-d %B %Y}"
