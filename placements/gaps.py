"""What is missing from a record on this floor: the nightly sweep looks, and opens and closes flags."""

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from careplans.models import CarePlan
from people.models import Involvement, Person
from risk.models import RiskAssessment
from sharedlives.worklist.gaps import Gap

from .models import Placement

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


def without_care_manager(as_of):
    """No funding team on the day, or one that names no worker who still signs in."""
    funding = Involvement.objects.funding().current(as_of)
    named = funding.filter(person=OuterRef("person"), worker__is_active=True)
    return as_rows(running(as_of).filter(~Exists(named)))


def without_funding_team(as_of):
    """Living persons whom no team funds on the day. Their council's data officer owns the flag."""
    funding = Involvement.objects.funding().current(as_of).filter(person=OuterRef("pk"))
    rows = Person.objects.living().filter(~Exists(funding))
    return rows.annotate(
        subject_id=F("pk"), person_id=F("pk"), owner_organisation_id=F("responsible_council")
    ).values("subject_id", "person_id", "owner_organisation_id")


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
        code="placements.no_care_manager",
        says="The placement runs without a named care manager",
        mends="Name a worker of the funding team on the person’s page.",
        source="SCIE Guide 8: care managers tend to close cases after the first review",
        subject="placement",
        found=without_care_manager,
    ),
    Gap(
        code="placements.no_funding_team",
        says="No team funds this person, so nobody is asked to review",
        mends="Hand the person over to a team, or record why they left.",
        source="Kent Shared Lives policy 26: the funding social work team carries out the review",
        subject="person",
        found=without_funding_team,
    ),
)
