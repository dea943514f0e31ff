"""What has lapsed of a carer, of their home and of those who live there, on a day."""

from django.db.models import Exists, F, OuterRef

from carers.models import HouseholdScheme, Requirement, Suspension


def lapsed_for(carer, on):
    """What stops new placements with a carer on a day: of their own, of every adult in the home, and of the home itself.

    The gate of a start and the comparison of homes read this one. Each row carries `what`, the name of its kind.
    """
    return lapsed_beside(on, carer.pk, carer.household_id)


def lapsed_beside(on, carer, household):
    """As `lapsed_for`, for a carer and a home by id; takes `OuterRef`s too."""
    rows = Requirement.objects.lapsed(on).of_carer(carer, household)
    return rows.annotate(what=F("kind__name")).order_by("what", "pk")


def taking_new(carers, schemes):
    """Of these carers those of whom `takes_nobody` says nothing, for one of the schemes: whom to offer."""
    stays = HouseholdScheme.objects.filter(household=OuterRef("household"), scheme__in=schemes, until=None)
    suspended = Suspension.objects.open().filter(carer=OuterRef("pk"))
    return carers.filter(Exists(stays), ~Exists(suspended), ended_on=None)


def takes_nobody(carer, household=None, scheme=None):
    """Why nobody new is placed with a carer from now on, in words that others may read; empty where somebody may be.

    They stop (if only later), are suspended, or `scheme` has said that it leaves this home.
    """
    if carer.ended_on:
        return f"they stop being a carer on {carer.ended_on:%-d %B %Y}"
    if Suspension.objects.open().filter(carer=carer).exists():
        return "they are not available at present"
    links = HouseholdScheme.objects.filter(household=household, scheme=scheme)
    if household and scheme and links.exists() and not links.filter(until=None).exists():
        return f"{scheme} no longer works with this home"
    return ""
