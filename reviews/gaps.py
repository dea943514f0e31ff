"""What is missing on this floor: the nightly sweep looks, and opens and closes flags."""

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from placements.models import Placement
from sharedlives.worklist.gaps import Gap

from .codes import Rating
from .models import OutcomeRating, RecordRemark, RequirementRating, Review, ReviewDue


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


def not_rated_yet(as_of):
    """The living whose newest review put off how far an outcome or a requirement has been reached."""
    held = Review.objects.held()
    later = held.filter(person=OuterRef("person"), held_on__gt=OuterRef("held_on"))
    put_off = [
        Exists(rows.objects.filter(review=OuterRef("pk"), rating=Rating.NOT_YET))
        for rows in (OutcomeRating, RequirementRating)
    ]
    newest = held.filter(~Exists(later), put_off[0] | put_off[1], person__date_of_death=None)
    return (
        newest.order_by()
        .annotate(subject_id=F("person"), owner_organisation_id=F("organisation"))
        .values("subject_id", "person_id", "owner_organisation_id")
        .distinct()
    )


NOT_RATED_YET = Gap(
    code="reviews.not_rated_yet",
    says="At the newest review something could not be said yet",
    mends="Find it out, and say it at the next review; hold that sooner where it matters.",
    source="Care Act 2014, section 27: how far outcomes are met",
    subject="person",
    found=not_rated_yet,
)


def said_to_be_wrong(as_of):
    """People with a record of a review of which somebody said what is wrong, and whose words stand on no copy yet."""
    waiting = RecordRemark.objects.filter(review=OuterRef("pk"), copied_on=None)
    return (
        Review.objects.held()
        .filter(Exists(waiting))
        .order_by()
        .annotate(subject_id=F("person"), owner_organisation_id=F("organisation"))
        .values("subject_id", "person_id", "owner_organisation_id")
        .distinct()
    )


SAID_TO_BE_WRONG = Gap(
    code="reviews.said_to_be_wrong",
    says="Somebody who was at a review says that its record is wrong",
    mends="Read it with them, then send the record again: their words go out with it.",
    source="Kent Shared Lives policy 26: accurate record, to all participants",
    subject="person",
    found=said_to_be_wrong,
)
