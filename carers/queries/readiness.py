"""What has lapsed of a carer, of their home and of those who live there, on a day."""

from django.db.models import F

from carers.models import Requirement


def lapsed_for(carer, on):
    """What stops new placements with a carer on a day: of their own, of every adult in the home, and of the home itself.

    The gate of a start and the comparison of homes read this one. Each row carries `what`, the name of its kind.
    """
    return lapsed_beside(on, carer.pk, carer.household_id)


def lapsed_beside(on, carer, household):
    """As `lapsed_for`, for a carer and a home by id; takes `OuterRef`s too."""
    rows = Requirement.objects.lapsed(on).of_carer(carer, household)
    return rows.annotate(what=F("kind__name")).order_by("what", "pk")
