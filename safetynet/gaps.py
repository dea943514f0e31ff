"""Where a scheme's own list and our records disagree about who is supported (both must tell the same)."""

from django.db.models import Exists, F, OuterRef, Q, Subquery, UUIDField
from django.db.models.functions import Coalesce

from people.models import Involvement, Person
from people.models.organisation import current
from sharedlives.worklist.gaps import Gap

from .models import LinkDecision, Roster, RosterRow, RosterSource

SOURCE = "SCIE At a glance 02: people must be on the information system, so that nobody falls through the net"


def newest():
    """The newest whole list of each scheme."""
    return Roster.objects.filter(replaced_at=None, source__kind=RosterSource.Kind.SCHEME)


def linked_rows():
    return LinkDecision.objects.linked().filter(row__roster__in=newest())


def on_the_list_only(as_of):
    """Living persons whom a scheme's newest list names, and whom our records do not show as supported by it."""
    supported = Involvement.objects.current(as_of).filter(
        person=OuterRef("person"), organisation=OuterRef("row__roster__source__organisation"), role="supports"
    )
    named = linked_rows().filter(~Exists(supported)).values("person")
    funding = (
        Involvement.objects.funding()
        .filter(current(as_of), person=OuterRef("pk"))
        .values("organisation_id")[:1]
    )
    return (
        Person.objects.living()
        .filter(pk__in=named)
        .annotate(
            subject_id=F("pk"),
            person_id=F("pk"),
            owner_organisation_id=Coalesce(
                Subquery(funding), "responsible_council_id", output_field=UUIDField()
            ),
        )
    )


def on_our_records_only(as_of):
    """Living persons whom our records show as supported by a scheme, and whom its newest list does not name.

    Only where every row of that list is decided: an open one may be the person.
    """
    open_rows = RosterRow.objects.filter(roster=OuterRef("pk"), state__in=["waiting", "possible", "refused"])
    lists = newest().filter(~Exists(open_rows))
    named = linked_rows().filter(
        person=OuterRef("person"), row__roster__source__organisation=OuterRef("organisation")
    )
    sent = lists.filter(
        source__organisation=OuterRef("organisation"), uploaded_at__date__gte=OuterRef("since")
    )
    rows = Involvement.objects.current(as_of).filter(role="supports", person__date_of_death=None)
    return rows.filter(Q(Exists(sent)), ~Exists(named)).annotate(
        subject_id=F("person"), owner_organisation_id=F("organisation")
    )


ON_THE_LIST_ONLY = Gap(
    code="safetynet.on_the_list_only",
    says="A scheme’s list names this person, and our records do not say that the scheme supports them.",
    mends="Find out whether the scheme supports them. If so record the placement; if not have the list put right.",
    source=SOURCE,
    subject="person",
    found=on_the_list_only,
)
ON_OUR_RECORDS_ONLY = Gap(
    code="safetynet.on_our_records_only",
    says="Our records say that the scheme supports this person, and its newest list does not name them.",
    mends="Ask the scheme. If the support has ended, end it on our records; if not have the list put right.",
    source=SOURCE,
    subject="person",
    found=on_our_records_only,
)
