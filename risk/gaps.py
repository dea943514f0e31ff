"""What is missing from a record on this floor: the nightly sweep looks, and opens and closes flags."""

from django.db.models import Exists, F, OuterRef, Q, Subquery

from people.models import Involvement
from sharedlives.worklist.gaps import Gap

from .models import RiskAssessment, RiskCopy


def holding_older_risks(as_of):
    """Persons of whom a supporting scheme was given an older version, and has not read the one that holds in time."""
    newest = RiskAssessment.objects.latest_version().filter(person=OuterRef("person"), signed_on__lt=as_of)
    given = RiskCopy.objects.filter(person=OuterRef("person"), scheme=OuterRef("organisation"))
    rows = Involvement.objects.current(as_of).filter(
        Exists(given), role=Involvement.Role.SUPPORTS, person__date_of_death=None
    )
    rows = rows.annotate(
        newest=Subquery(newest.values("pk")[:1]),
        owner_organisation_id=Subquery(newest.values("organisation")[:1]),
    )
    in_hand = given.filter(Q(done_on__isnull=False) | Q(due_on__gte=as_of), assessment=OuterRef("newest"))
    rows = rows.exclude(newest=None).filter(
        Exists(given.exclude(assessment=OuterRef("newest"))), ~Exists(in_hand)
    )
    return (
        rows.annotate(subject_id=F("person"))
        .values("subject_id", "person_id", "owner_organisation_id")
        .distinct()
    )


GAPS = (
    Gap(
        code="risk.scheme_holds_older_assessment",
        says="A scheme that supports the person holds an older risk assessment",
        mends="Give the newest version to the scheme, and have it read.",
        source="SCIE At a glance 02",
        subject="person",
        found=holding_older_risks,
    ),
)
