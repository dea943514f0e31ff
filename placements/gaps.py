"""What is missing from a record on this floor: the nightly sweep looks, and opens and closes flags.

Who has no funding team or no care manager is a gap of the person, placed or not: `people/gaps.py`.
"""

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from careplans.models import CarePlan
from people.models import LegalFact
from risk.models import RiskAssessment
from sharedlives.worklist.gaps import Gap

from .codes import Party
from .models import AgreementSignature, Placement, PlacementAgreement

SCIE = "SCIE At a glance 02"


def as_rows(placements):
    """Placements in the form the sweep reads; the funding team owns the flag, without one the scheme."""
    return placements.annotate(
        subject_id=F("pk"), owner_organisation_id=Coalesce("funding_team", "scheme")
    ).values("subject_id", "person_id", "owner_organisation_id")


def running(as_of):
    return Placement.objects.active().filter(starts_on__lte=as_of, person__date_of_death=None)


def without_signed_plan(as_of):
    plans = CarePlan.objects.latest_version().filter(person=OuterRef("person"), signed_on__lte=as_of)
    return as_rows(running(as_of).filter(~Exists(plans)))


def without_risk_assessment(as_of):
    signed = RiskAssessment.objects.latest_version().filter(person=OuterRef("person"), signed_on__lte=as_of)
    return as_rows(running(as_of).filter(~Exists(signed)))


def signed_for_without_decision(as_of):
    """Placements whose agreement somebody signed for the person, with no decision about their capacity for the licence."""
    decided = LegalFact.objects.holding(as_of).filter(
        person=OuterRef("agreement__placement__person"), kind=LegalFact.Kind.LICENCE
    )
    signed_for = AgreementSignature.objects.filter(
        ~Exists(decided), agreement__in=PlacementAgreement.objects.in_force(),
        agreement__placement=OuterRef("pk"), party=Party.REPRESENTATIVE,
    )  # fmt: skip
    return as_rows(running(as_of).filter(Exists(signed_for)))


GAPS = (
    Gap(
        code="placements.no_signed_plan",
        says="The placement runs without a signed care and support plan",
        mends="Sign a plan, share it with the scheme, and have it acknowledged.",
        source=SCIE,
        subject="placement",
        found=without_signed_plan,
    ),
    Gap(
        code="placements.no_risk_assessment",
        says="The placement runs without a signed risk assessment",
        mends="Write and sign one; each risk names who is responsible and when it is looked at again.",
        source=SCIE,
        subject="placement",
        found=without_risk_assessment,
    ),
    Gap(
        code="placements.licence_without_capacity_decision",
        says="Somebody signed the agreement for the person, and no decision about their capacity to agree to the licence "
        "is on our records",
        mends="Decide with the person whether they can agree to it themselves, and write the decision down under legal "
        "context. If they can, they sign a new version.",
        source="Mental Capacity Act 2005 ss2–3",
        subject="placement",
        found=signed_for_without_decision,
    ),
)
