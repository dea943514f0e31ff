"""What went wrong: recording it, telling the workers, the council deciding."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.access import can
from people.models import Involvement
from people.queries import funding_involvement, funding_team
from sharedlives.permissions import Permission
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import Incident, IncidentPerson
from ..moments import INCIDENT


@transaction.atomic
def record_incident(
    *, person, by, words="", concerns_home=False, household=None, test=(None, None, None), **facts
):
    """Record what went wrong: a header without names, and one row for each person concerned.

    With `concerns_home`, everybody who lives or stays in the person's home on that day is concerned. Each one's
    funding worker is asked to read it. `test` is the three-part safeguarding test: the council's alone.
    """
    if facts["happened_on"] > timezone.localdate():
        raise rules.NOT_YET_HAPPENED.broken("happened_on")
    home = household or (queries.home_of(person, facts["happened_on"]) if concerns_home else None)
    incident = Incident(household=home, organisation=writes_for(person, by), recorded_by=by, **facts)
    decide_test(incident, test, person, by)
    fields = {"risk_cqc_notice_has_its_kind": "cqc_kind", "risk_three_part_test_whole": "has_needs"}
    with refusals(**fields):
        record(incident, by=by, why="incident recorded")
    concerned = {person.pk: person}
    if concerns_home and home is not None:
        concerned |= {other.pk: other for other in queries.staying_at(home, incident.happened_on)}
    for one in concerned.values():
        name_person(incident, one, words if one == person else "", by)
    INCIDENT.happened(incident=incident, by=by)
    return incident


def writes_for(person, by):
    """The organisation whose incident it is: the one of the writer that is involved with the person."""
    own = [membership.organisation for membership in by.current_memberships()]
    rows = Involvement.objects.current(timezone.localdate()).filter(person=person, organisation__in=own)
    involvement = rows.select_related("organisation").first()
    return involvement.organisation if involvement else own[0]


def decide_test(incident, test, person, by):
    """Set the three answers, if given. Only a council role that answers for the person decides them."""
    if not rules.decided(test):
        return
    if not can(by, Permission.RISK_WRITE, person):
        raise rules.COUNCIL_DECIDES.broken("has_needs")
    incident.has_needs, incident.at_risk, incident.cannot_protect = test
    incident.test_decided_by = by


def name_person(incident, person, words, by):
    """One person's row of an incident, owned by the team that funds them: the council, where no team does."""
    today = timezone.localdate()
    row = IncidentPerson(
        incident=incident,
        person=person,
        organisation=funding_team(person, today) or person.responsible_council,
        words=words.strip(),
        due_on=today + timedelta(days=rules.READ_WITHIN),
    )
    return record(row, by=by, why="concerned by an incident")


@transaction.atomic
def tell_workers(*, incident, by):
    """Ask each person's worker to read it. Whoever recorded it about their own person has read it."""
    for row in incident.people.select_related("person", "organisation__council"):
        funding = funding_involvement(row.person, timezone.localdate())
        if funding is not None and funding.worker_id == by.pk:
            row.read_by, row.read_at = by, timezone.now()
        else:
            council = row.organisation.council
            row.next_stage_on = first_stage_on("risk.incident_read", council=council, due_on=row.due_on)
        record(row, by=by, why="the worker is asked to read it")


@transaction.atomic
def read_incident(*, row, by):
    """The person's own team has read it. A second reading changes nothing."""
    row = lock(IncidentPerson, row.pk)
    if row.read_at is not None:
        return row
    row.read_by, row.read_at, row.next_stage_on = by, timezone.now(), None
    return record(row, by=by, why="read")


@transaction.atomic
def decide_safeguarding(*, incident, person, has_needs, at_risk, cannot_protect, by, version=None):
    """The council answers the three-part test of Care Act 2014 s42(1), or changes its answers."""
    incident = lock(Incident, incident.pk, version)
    test = (has_needs, at_risk, cannot_protect)
    if not rules.decided(test):
        raise rules.TEST_WHOLE.broken("has_needs")
    decide_test(incident, test, person, by)
    return record(incident, by=by, why="three-part test decided")
