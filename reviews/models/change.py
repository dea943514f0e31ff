"""What a meeting agreed to change, who agreed it, and the draft version it was to become."""

from django.db import models
from django.db.models import Q

from careplans.models import CarePlan
from placements.models import Placement, PlacementAgreement
from sharedlives.records.models import Row

from .meeting import Review


class AgreedChange(Row):
    """One change agreed at a review, of the care plan or, with a `placement`, of its agreement. Part of the record.

    `plan` or `agreement` is the draft that was opened for it, or was open already.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()
    words = models.TextField("what changes")
    agreed_by = models.TextField("who agreed it")
    placement = models.ForeignKey(
        Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(
        PlacementAgreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="reviews_change_number_once"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(agreed_by=""), name="reviews_change_says_who_agreed"
            ),
            models.CheckConstraint(
                condition=Q(placement=None, agreement=None) | Q(placement__isnull=False, plan=None),
                name="reviews_change_of_plan_or_agreement",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "review", "number", "placement", "plan", "agreement")
        personal = ()
        special = ("words", "agreed_by")

    def __str__(self):
        return f"Change {self.number}"

    @property
    def of(self):
        """In what: the words of the record."""
        return "Placement agreement" if self.placement_id else "Care and support plan"

    @property
    def draft(self):
        """The version it was to become, or None where there was nothing yet to change."""
        return self.agreement if self.placement_id else self.plan
