"""What went wrong: recording it, telling the workers, the council deciding."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.access import can
from people.models import Involvement, Organisation
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
    *,
    person,
    by,
    words="",
    concerns_home=False,
    household=None,
    test=(None, None, None),
    person_wants="",
    **facts,
):
    """Record what went wrong: a header without names, and one row for each person concerned.

    With `concerns_home`, everybody who lives or stays in the person's home on that day is concerned. Each one's
    funding worker is asked to read it. `test` is the three-part safeguarding test: the council's alone. Where the Care
    Quality Commission must be told, the scheme's clock for that starts.
    """
    if facts["happened_on"] > timezone.localdate():
        raise rules.NOT_YET_HAPPENED.broken("happened_on")
    home = household or (queries.home_of(person, facts["happened_on"]) if concerns_home else None)
    incident = Incident(household=home, organisation=writes_for(person, by), recorded_by=by, **facts)
    decide_test(incident, test, person_wants, person, by)
    start_cqc_clock(incident, person)
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


def start_cqc_clock(incident, person):
    """Where the Care Quality Commission must be told, the scheme that supports the person tells it, without delay."""
    if not incident.cqc_notifiable:
        return
    own = incident.organisation
    scheme = own if own.kind == Organisation.Kind.SCHEME else queries.schemes_supporting(person).first()
    if scheme is None:
        return
    council = person.responsible_council
    days = queries.policy(council, timezone.localdate()).cqc_days
    incident.cqc_owed_by, incident.due_on = scheme, incident.happened_on + timedelta(days=days)
    if incident.cqc_told_on is None:
        incident.next_stage_on = first_stage_on("risk.cqc_notice", council=council, due_on=incident.due_on)


@transaction.atomic
def tell_cqc(*, incident, on, by, version=None):
    """The scheme has told the Care Quality Commission on a day."""
    incident = lock(Incident, incident.pk, version)
    if on > timezone.localdate() or on < incident.happened_on:
        raise rules.CQC_TOLD_IN_TIME.broken("on")
    incident.cqc_told_on, incident.next_stage_on = on, None
    return record(incident, by=by, why="Care Quality Commission told")


def decide_test(incident, test, person_wants, person, by):
    """Set the three answers, if given. Only a council role that answers for the person decides them."""
    if not rules.decided(test):
        return
    if not can(by, Permission.RISK_WRITE, person):
        raise rules.COUNCIL_DECIDES.broken("has_needs")
    rules.wants_first(person_wants)
    incident.person_wants = person_wants.strip()
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
def decide_safeguarding(
    *, incident, person, person_wants, has_needs, at_risk, cannot_protect, by, version=None
):
    """The council answers the three-part test of Care Act 2014 s42(1), or changes its answers.

    What the person wants is asked first. Raises RuleBroken or Stale.
    """
    incident = lock(Incident, incident.pk, version)
    test = (has_needs, at_risk, cannot_protect)
    if not rules.decided(test):
        raise rules.TEST_WHOLE.broken("has_needs")
    decide_test(incident, test, person_wants, person, by)
    return record(incident, by=by, why="three-part test decided")
