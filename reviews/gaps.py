"""What is missing on this floor: the nightly sweep looks, and opens and closes flags."""

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from placements.models import Placement
from sharedlives.worklist.gaps import Gap

from .models import ReviewDue


def without_review_in_sight(as_of):
    """Placements that run, of the living, with no open review of the agreement or none of the plan."""
    running = Placement.objects.active().filter(starts_on__lte=as_of, person__date_of_death=None)
    dues = ReviewDue.objects.open()
    agreement = Exists(dues.filter(placement=OuterRef("pk")))
    plan = Exists(dues.filter(person=OuterRef("person"), subject=ReviewDue.Subject.CARE_PLAN))
    return (
        running.exclude(agreement & plan)
        .annotate(subject_id=F("pk"), owner_organisation_id=Coalesce("funding_team", "scheme"))
        .values("subject_id", "person_id", "owner_organisation_id")
    )


NO_REVIEW_IN_SIGHT = Gap(
    code="reviews.no_review_in_sight",
    says="The placement runs without a review in sight",
    mends="Put its next review on the list.",
    source="Kent Shared Lives policy 26: within 8 weeks, then at least yearly",
    subject="placement",
    found=without_review_in_sight,
)
