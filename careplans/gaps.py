"""What is missing from a record on this floor: the nightly sweep looks, and opens and closes flags."""

from django.db.models import Exists, F, OuterRef, Subquery

from people.models import Involvement
from sharedlives.worklist.gaps import Gap

from .models import CarePlan, PlanShare


def holding_older_plans(as_of):
    """Persons of whom a scheme that supports them holds an older version than the one that holds."""
    newest = CarePlan.objects.latest_version().filter(person=OuterRef("person"), signed_on__lt=as_of)
    given = PlanShare.objects.filter(person=OuterRef("person"), scheme=OuterRef("organisation"))
    rows = Involvement.objects.current(as_of).filter(
        Exists(given), role=Involvement.Role.SUPPORTS, person__date_of_death=None
    )
    rows = rows.annotate(
        newest=Subquery(newest.values("pk")[:1]),
        owner_organisation_id=Subquery(newest.values("organisation")[:1]),
    )
    rows = rows.exclude(newest=None).filter(~Exists(given.filter(plan=OuterRef("newest"))))
    return (
        rows.annotate(subject_id=F("person"))
        .values("subject_id", "person_id", "owner_organisation_id")
        .distinct()
    )


GAPS = (
    Gap(
        code="careplans.scheme_holds_older_plan",
        says="A scheme that supports the person holds an older version of the plan",
        mends="Give the newest version to the scheme, and have it acknowledged.",
        source="SCIE At a glance 02",
        subject="person",
        found=holding_older_plans,
    ),
)
