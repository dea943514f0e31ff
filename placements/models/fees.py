"""What somebody pays for a placement, line by line; the scheme's bands; and the yearly look at licence and charges."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from people.models import Organisation, User
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from ..codes import FeeFor, Payer
from .agreement import PlacementAgreement
from .placement import Placement

MOST = 5000  # pounds a week: more is a slip of the keys


class AgreementFee(Row):
    """One line of what is paid, in pounds a week, and by whom. Final with its agreement. Owned by the scheme."""

    agreement = models.ForeignKey(PlacementAgreement, on_delete=models.CASCADE, related_name="fee_lines")
    what = models.CharField("what for", max_length=10, choices=FeeFor)
    pounds = models.DecimalField("pounds a week", max_digits=7, decimal_places=2)
    payer = models.CharField("who pays", max_length=10, choices=Payer)

    class Meta:
        ordering = ["agreement", "what"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "what"], name="placements_fee_line_once"),
            models.CheckConstraint(
                condition=Q(pounds__gte=0, pounds__lte=MOST), name="placements_fee_sensible"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "agreement", "what", "payer")
        personal = ("pounds",)
        special = ()

    def __str__(self):
        return f"{self.get_what_display()}: £{self.pounds} a week"


class FeeBandQuerySet(models.QuerySet):
    def current(self, on):
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class FeeBand(Row):
    """One band of a scheme's fees, in pounds a week, from a day until a day. Kept by administrators. Owned by the scheme."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="fee_bands", verbose_name="scheme",
        limit_choices_to={"kind": "scheme"},
    )  # fmt: skip
    what = models.CharField("what for", max_length=10, choices=FeeFor)
    name = models.CharField("name of the band", max_length=60)
    pounds = models.DecimalField(
        "pounds a week", max_digits=7, decimal_places=2, validators=[MinValueValidator(0)]
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")

    objects = FeeBandQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "what", "pounds", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "what", "name", "since"], name="placements_fee_band_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="placements_fee_band_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(pounds__gte=0, pounds__lte=MOST), name="placements_fee_band_sensible"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "what", "name", "pounds", "since", "until")
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.name}: £{self.pounds} a week"


class ChargesQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def open(self):
        return self.filter(done_on=None)


class ChargesLook(FallsDue, Row):
    """Licence and charges of a placement are looked at by a day, a year after they were. Owned by the scheme."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="charges_looks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField("what was found", max_length=300, blank=True)

    objects = ChargesQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(done_on=None), name="placements_charges_looked_at_once"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, words="")
                | Q(done_on__isnull=False, next_stage_on=None) & ~Q(words=""),
                name="placements_charges_looked_at_in_words",
            ),
        ]
        indexes = [
            models.Index(fields=["next_stage_on"], condition=Q(done_on=None), name="placements_charges_next")
        ]

    class Privacy:
        ordinary = ("id", "version", "placement", "organisation", "due_on", "next_stage_on", "done_on")
        personal = ("done_by", "words")
        special = ()

    def __str__(self):
        return f"Licence and charges, to look at by {self.due_on:%-d %B %Y}"

    @property
    def person(self):
        return self.placement.person

    @property
    def person_id(self):
        return self.placement.person_id
