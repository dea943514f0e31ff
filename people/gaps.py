"""What may be missing from who is involved with a person."""

from django.db.models import Exists, F, OuterRef

from sharedlives.worklist.gaps import Gap

from .models import Involvement, Person


def without_funding_team(as_of):
    """Living persons whom no team funds on a day. The council answers."""
    funded = Involvement.objects.funding().current(as_of).filter(person=OuterRef("pk"))
    return (
        Person.objects.living()
        .filter(~Exists(funded))
        .annotate(subject_id=F("pk"), person_id=F("pk"), owner_organisation_id=F("responsible_council"))
    )


def without_worker(as_of):
    """Persons whose funding team has named nobody, or somebody who may no longer sign in. The team answers."""
    rows = Involvement.objects.funding().current(as_of).filter(person__date_of_death=None)
    return rows.exclude(worker__is_active=True).annotate(
        subject_id=F("person"), owner_organisation_id=F("organisation")
    )


NO_FUNDING_TEAM = Gap(
    code="people.no_funding_team",
    says="No team funds this person, so nobody reviews their care.",
    mends="Record which team is responsible from when, or hand the person over to it.",
    source="Kent Shared Lives policy 26: the funding social work team carries out the review",
    subject="person",
    found=without_funding_team,
)
NO_WORKER = Gap(
    code="people.no_worker",
    says="No care manager is named for this person, or the one named no longer works here.",
    mends="Name a care manager.",
    source="SCIE At a glance 02: people need a care manager who knows them",
    subject="person",
    found=without_worker,
)
