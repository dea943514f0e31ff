"""What may be missing from who is involved with a person."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from sharedlives.worklist.gaps import Gap

from .models import CommunicationNeed, ContactNote, Involvement, Person
from .queries import contact_days


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


def not_seen(as_of):
    """Persons whom the contact log knows and no council team has seen for longer than the council's policy. The team answers.

    The clock of somebody never seen starts with the first note: nothing is invented from before the log began.
    """
    notes = ContactNote.objects.not_in_error().filter(person=OuterRef("person"))
    seen = notes.council_saw().order_by("-happened_at").values("happened_at")[:1]
    first = notes.order_by("happened_at").values("happened_at")[:1]
    rows = Involvement.objects.funding().current(as_of).filter(person__date_of_death=None)
    rows = rows.filter(Exists(notes)).annotate(
        subject_id=F("person"),
        owner_organisation_id=F("organisation"),
        last_seen=Coalesce(Subquery(seen), Subquery(first)),
    )
    midnight = timezone.make_aware(datetime.combine(as_of, time()))
    councils = rows.values_list("person__responsible_council", flat=True).order_by().distinct()
    late = Q()
    for council in councils:
        days = contact_days(council, as_of)
        late |= Q(person__responsible_council=council, last_seen__lt=midnight - timedelta(days=days))
    return rows.filter(late) if late else rows.none()


NOT_SEEN = Gap(
    code="people.not_seen",
    says="Nobody of the council has seen this person for longer than its policy allows.",
    mends="Visit, and write it into the contact log; if that is not possible, write down why.",
    source="Care and support statutory guidance 13: keep plans and contact under review",
    subject="person",
    found=not_seen,
)


def never_asked(as_of):
    """Living persons whom a team funds and of whom nothing says how they communicate, nor that they were asked."""
    needs = CommunicationNeed.objects.filter(person=OuterRef("person"), asked_on__lte=as_of)
    rows = Involvement.objects.funding().current(as_of).filter(person__date_of_death=None)
    return rows.filter(~Exists(needs)).annotate(
        subject_id=F("person"), owner_organisation_id=F("organisation")
    )


NEVER_ASKED = Gap(
    code="people.never_asked_how_to_communicate",
    says="Nobody has asked this person how they communicate, or written down what they said.",
    mends="Ask, and write it down; also when there are no particular needs.",
    source="Accessible Information Standard (DCB1605): ask, record, flag, share, meet, review",
    subject="person",
    found=never_asked,
)
