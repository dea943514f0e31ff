"""The placement agreement: versions, requirements as rows, and who signed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.models import LegalFact, Organisation, User
from sharedlives.records.models import Row

from .. import codes
from .placement import Placement


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sees the placement; a draft only its scheme and the team that funds, who write it together.

        A version entered in error is shown to nobody here.
        """
        return self.not_in_error().filter(placement__in=Placement.objects.visible_to(user))

    def not_in_error(self):
        return self.filter(entered_in_error=None)

    def signed(self):
        return self.filter(state=PlacementAgreement.State.SIGNED)

    def in_force(self):
        """Signed, not superseded by a newer one, and not entered in error."""
        return self.signed().not_in_error().filter(newer=None)


class PlacementAgreement(Row):
    """One version of the agreement. Signed, it never changes: a newer one supersedes it and says why.

    Contents after regulation 13 (England 2004) and regulation 12 (Wales 2019). Owned by `organisation`, the scheme.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SIGNED = "signed", "Signed"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="agreements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    max_people = models.PositiveSmallIntegerField(
        "most people the carer may have under all agreements", default=3
    )
    room = models.CharField("room", max_length=120, blank=True)
    plan_elements = models.TextField("what of the care and support plan the carer meets")
    roles = models.TextField("what the scheme, the carer and the care manager each do")
    contact_every = models.CharField("how often the care manager is in touch", max_length=120, blank=True)
    independent_person = models.CharField(
        "independent person who helps to say what the person thinks", max_length=160, blank=True
    )
    fees = models.TextField("fees, and who pays what", blank=True)
    why_outside = models.CharField("why an amount is none of the scheme’s bands", max_length=300, blank=True)
    breaks = models.TextField("breaks for the carer", blank=True)
    money_and_medicines = models.TextField("money, medicines and keys", blank=True)
    notice = models.TextField("how it is changed or ended", blank=True)
    complaints = models.TextField("how to complain", blank=True)
    easy_read_given = models.BooleanField("an easy-read copy was given", default=False)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="placements_agreement_number_once"),
            models.UniqueConstraint(
                fields=["placement"], condition=Q(state="draft"), name="placements_one_agreement_draft"
            ),
            models.CheckConstraint(
                condition=Q(max_people__gte=1, max_people__lte=3),
                name="placements_agreement_three_people_at_most",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", signed_on=None) | Q(state="signed", signed_on__isnull=False),
                name="placements_agreement_signed_with_date",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "placement", "organisation", "number", "state", "max_people", "easy_read_given", "signed_on",
        )  # fmt: skip
        personal = (
            "room",
            "contact_every",
            "independent_person",
            "fees",
            "why_outside",
            "breaks",
            "notice",
            "complaints",
            "drafted_by",
        )
        special = ("plan_elements", "roles", "money_and_medicines")

    def __str__(self):
        return f"Agreement {self.number} of {self.placement}"

    def get_absolute_url(self):
        return reverse("placements:agreement", args=[self.pk])

    @property
    def person(self):
        return self.placement.person

    @property
    def person_id(self):
        return self.placement.person_id


class AgreementRequirement(Row):
    """One thing the agreement requires, as a row, so that a review can rate it (Kent policy 26)."""

    agreement = models.ForeignKey(PlacementAgreement, on_delete=models.CASCADE, related_name="requirements")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    responsible = models.CharField(max_length=15, choices=codes.Responsible, default=codes.Responsible.CARER)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="placements_requirement_number_once"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="placements_requirement_says_what"),
        ]

    class Privacy:
        ordinary = ("id", "version", "agreement", "number", "responsible")
        personal = ()
        special = ("words",)

    def __str__(self):
        return self.words


class AgreementSignature(Row):
    """Who signed, in what capacity, how, and before whom."""

    agreement = models.ForeignKey(PlacementAgreement, on_delete=models.CASCADE, related_name="signatures")
    name = models.CharField(max_length=120)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    party = models.CharField("in what capacity", max_length=15, choices=codes.Party)
    authority = models.CharField("authority to sign for the person", max_length=200, blank=True)
    rests_on = models.ForeignKey(
        LegalFact, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="the authority on our records",
    )  # fmt: skip
    how = models.CharField("how it was signed", max_length=120)
    before_whom = models.CharField("before whom", max_length=120, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["on", "party"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="placements_party_signs_once"),
            models.CheckConstraint(
                condition=~Q(party="representative") | ~Q(authority=""),
                name="placements_representative_with_authority",
            ),
            # Not checked against rows from before it: their authority was seen, and stands in words alone.
            models.CheckConstraint(
                condition=~Q(party="representative") | Q(rests_on__isnull=False),
                name="placements_representative_rests_on_a_record",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "agreement", "party", "on")
        personal = ("name", "user", "how", "before_whom", "authority", "rests_on")
        special = ()

    def __str__(self):
        return f"{self.name}, {self.get_party_display().lower()}"


class AgreementSupersession(Row):
    """A newer signed agreement takes the place of an older one, and says why."""

    old = models.OneToOneField(PlacementAgreement, on_delete=models.PROTECT, related_name="newer")
    new = models.OneToOneField(PlacementAgreement, on_delete=models.PROTECT, related_name="older")
    why = models.CharField(max_length=250)
    on = models.DateField()

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(old=models.F("new")), name="placements_agreement_not_its_own_successor"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "old", "new", "on")
        personal = ()
        special = ("why",)

    def __str__(self):
        return f"{self.new} after {self.old}"


class AgreementEnteredInError(Row):
    """A version that should not be on this placement, and why. It is hidden; copies already sent are to be recalled."""

    agreement = models.OneToOneField(
        PlacementAgreement, on_delete=models.PROTECT, related_name="entered_in_error"
    )
    why = models.TextField()
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="placements_error_says_why")]

    class Privacy:
        ordinary = ("id", "version", "agreement", "on")
        personal = ("why",)
        special = ()

    def __str__(self):
        return f"Entered in error, {self.on:%-d %B %Y}"
