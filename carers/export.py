"""This floor's part of the copy of everything about one person, and the names in the homes where they stayed."""

from django.db.models import Exists, OuterRef

from people.models import Person
from sharedlives.records.subject_access import NAMES, Part

from . import models

Part(models.Stay, "Homes where you live or stay")
Part(models.Approval, "Carers approved for you alone", path="only_for", leave=("conditions",))
Part(models.CarerTie, "Carers who are close to you otherwise", held=True)


def in_the_home(person):
    """Carers and members of the homes where the person stays or stayed, and others who were there at the same time."""
    homes = models.Stay.objects.filter(person=person).values("household")
    for carer in models.Carer.objects.filter(household__in=homes):
        yield f"{carer.preferred_name or carer.given_name} {carer.family_name}", "Shared Lives carer"
        yield f"{carer.given_name} {carer.family_name}", "Shared Lives carer"
    for member in models.HouseholdMember.objects.filter(household__in=homes):
        yield member.given_name, f"lives in the home: {member.relation}"
    together = models.Stay.objects.filter(
        person=person, household=OuterRef("household"), period__overlap=OuterRef("period")
    )
    others = models.Stay.objects.filter(Exists(together)).exclude(person=person)
    for other in Person.objects.filter(pk__in=others.values("person")):
        yield f"{other.given_name} {other.family_name}", "supported in the same home"
        yield other.known_as, "supported in the same home"


NAMES.append(in_the_home)
