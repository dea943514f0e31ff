"""What is missing from a record on this floor: the nightly sweep looks, and opens and closes flags."""

from django.db.models import Exists, F, OuterRef, Q, Subquery

from people.models import Involvement, LegalFact
from sharedlives.worklist.gaps import Gap

from .models import Risk, RiskAssessment, RiskCopy


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


def restricted_without_decision(as_of):
    """Persons whose signed version restricts them, resting on no decision, or on one that holds no longer."""
    holding = LegalFact.objects.holding(as_of).filter(pk=OuterRef("decision"))
    risks = Risk.objects.filter(~Exists(holding), assessment=OuterRef("pk"), restricts=True)
    rows = RiskAssessment.objects.latest_version().filter(
        Exists(risks), person__isnull=False, person__date_of_death=None, signed_on__lt=as_of
    )
    rows = rows.annotate(subject_id=F("person"), owner_organisation_id=F("organisation"))
    return rows.values("subject_id", "person_id", "owner_organisation_id").distinct()


GAPS = (
    Gap(
        code="risk.restricted_without_decision",
        says="What is done about a risk restricts the person, and no decision that holds is named",
        mends="Decide about capacity, or in best interests; write it down under legal context, and name it in a new "
        "version of the risk assessment.",
        source="Mental Capacity Act 2005 ss1–5",
        subject="person",
        found=restricted_without_decision,
    ),
    Gap(
        code="risk.scheme_holds_older_assessment",
        says="A scheme that supports the person holds an older risk assessment",
        mends="Give the newest version to the scheme, and have it read.",
        source="SCIE At a glance 02",
        subject="person",
        found=holding_older_risks,
    ),
)
