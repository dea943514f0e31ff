"""Everything that can happen to risk assessments, responsibility agreements and incidents."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.access import can
from people.models import Involvement, Person
from people.queries import funding_involvement, funding_team
from sharedlives.permissions import Permission
from sharedlives.records.actions import lock, record, strike
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from . import queries, rules
from .models import (
    Incident,
    IncidentPerson,
    ResponsibilityAgreement,
    Risk,
    RiskAssessment,
    RiskEnteredInError,
    RiskSupersession,
)
from .moments import INCIDENT

RISK_FIELDS = (
    "hazard", "kind", "gains", "controls", "if_it_goes_wrong", "responsible", "responsible_name", "next_review_on",
)  # fmt: skip


def owner(person, by):
    """The organisation that owns a new row: the team that funds the person, else the one of who writes it."""
    team = funding_team(person, timezone.localdate()) if person else None
    return team or next(membership.organisation for membership in by.current_memberships())


# -- Assessment versions ------------------------------------------------------------------------------


@transaction.atomic
def draft_assessment(*, by, person=None, household=None, why_new=""):
    """Begin a version for a person or a household; a later one copies the last one's risks. One draft at a time."""
    if person is not None:
        lock(Person, person.pk)
    if queries.draft_of(person=person, household=household) is not None:
        raise rules.ONE_DRAFT.broken()
    last = queries.current_version(person=person, household=household)
    assessment = RiskAssessment(
        person=person,
        household=household,
        organisation=owner(person, by),
        number=next_number(person, household),
        drafted_by=by,
        why_new=why_new.strip(),
    )
    if last is not None:
        for name in ("own_view", "took_part", "summary_shared"):
            setattr(assessment, name, getattr(last, name))
    with refusals():
        record(assessment, by=by, why=why_new or "version begun")
    if last is not None:
        write_risks(assessment, [as_facts(risk) for risk in last.risks.all()], by)
    return assessment


def next_number(person, household):
    """The number after the highest one, versions entered in error included."""
    rows = RiskAssessment.objects.filter(person=person, household=household)
    newest = rows.order_by("-number").first()
    return newest.number + 1 if newest else 1


def as_facts(risk):
    return {name: getattr(risk, name) for name in RISK_FIELDS}


def write_risks(assessment, risks, by):
    """Make the risks of a draft read as these, in this order. Each is {field: value}."""
    kept = {risk.number: risk for risk in assessment.risks.all()}
    with refusals():
        for number, facts in enumerate(risks, start=1):
            risk = kept.pop(number, None) or Risk(assessment=assessment, number=number)
            if risk._state.adding or as_facts(risk) != as_facts(Risk(**facts)):
                for name, value in facts.items():
                    setattr(risk, name, value)
                record(risk, by=by, why="risk written")
        for risk in kept.values():
            strike(risk, by=by, why="risk taken out of the draft")


@transaction.atomic
def add_risk(*, assessment, by, **facts):
    """One more risk in a draft. Raises RuleBroken without words, somebody responsible or a review date."""
    assessment = lock(RiskAssessment, assessment.pk)
    risks = [as_facts(risk) for risk in assessment.risks.all()]
    write_risks(assessment, [*risks, facts], by)
    return assessment.risks.last()


@transaction.atomic
def amend_assessment(*, assessment, risks, by, version=None, **facts):
    """Put what was typed into a draft: its risks and its words. Raises Stale when a colleague saved meanwhile."""
    assessment = lock(RiskAssessment, assessment.pk, version)
    if assessment.state == RiskAssessment.State.SIGNED:
        raise rules.SIGNED_IS_FINAL.broken()
    for name, value in facts.items():
        setattr(assessment, name, value)
    write_risks(assessment, risks, by)
    with refusals():
        record(assessment, by=by, why="draft changed")
    return assessment


@transaction.atomic
def sign_assessment(*, assessment, by, on=None, why_nothing_changed="", version=None):
    """Sign: every risk has somebody responsible and a later review date. The version is final from then on.

    The second time running that nothing changed asks why. Raises RuleBroken or Stale.
    """
    assessment = lock(RiskAssessment, assessment.pk, version)
    on = on or timezone.localdate()
    if assessment.state == RiskAssessment.State.SIGNED:
        raise rules.SIGNED_IS_FINAL.broken()
    if assessment.person is not None and not can(by, Permission.RISK_WRITE, assessment.person):
        raise rules.SIGNED_BY_COUNCIL.broken()
    risks = list(assessment.risks.all())
    if not risks:
        raise rules.AT_LEAST_ONE.broken()
    if assessment.person is not None and not assessment.own_view.strip():
        raise rules.OWN_VIEW.broken()
    rules.dates_in_time(risks, on)
    last = queries.current_version(person=assessment.person, household=assessment.household)
    note_unchanged(assessment, risks, last, why_nothing_changed)
    assessment.state, assessment.signed_by, assessment.signed_on = RiskAssessment.State.SIGNED, by, on
    assessment.due_on = rules.earliest(risks)
    council = assessment.organisation.council
    assessment.next_stage_on = first_stage_on("risk.risk_review", council=council, due_on=assessment.due_on)
    with refusals():
        record(assessment, by=by, why="signed")
    if last is not None:
        supersede(last, assessment, by)
    return assessment


def note_unchanged(assessment, risks, last, why):
    """Record that nothing changed; the second time running it needs a reason."""
    assessment.nothing_changed = last is not None and rules.unchanged(last.risks.all(), risks)
    if assessment.nothing_changed and last.nothing_changed and not why.strip():
        raise rules.UNCHANGED_TWICE.broken("why_nothing_changed")
    assessment.why_nothing_changed = why.strip() if assessment.nothing_changed else ""


def supersede(old, new, by):
    why = new.why_new or ("looked at again, nothing changed" if new.nothing_changed else "looked at again")
    record(RiskSupersession(old=old, new=new, why=why), by=by, why=why)
    stop_clock(old, by, "a newer version was signed")


def stop_clock(assessment, by, why):
    """No more reminders about a version that no longer holds."""
    if assessment.next_stage_on is not None:
        assessment.next_stage_on = None
        record(assessment, by=by, why=why)


@transaction.atomic
def enter_in_error(*, assessment, why, by):
    """Hide a version that should not be on this record."""
    assessment = lock(RiskAssessment, assessment.pk)
    with refusals():
        record(RiskEnteredInError(assessment=assessment, why=why.strip()), by=by, why="entered in error")
    stop_clock(assessment, by, "entered in error")
    return assessment


@transaction.atomic
def stop_after_death(*, person, on, by):
    """Nobody is reminded to look again at the risks of somebody who has died."""
    for assessment in (
        RiskAssessment.objects.latest_version()
        .filter(person=person)
        .select_for_update(of=("self",), no_key=True)
    ):
        stop_clock(assessment, by, f"the person died on {on:%-d %B %Y}")


# -- Who is responsible -------------------------------------------------------------------------------


def side_of(agreement, by):
    """For which side somebody may agree: `team`, `scheme` or None. Cover counts: it sees what the absent one sees."""
    own = {membership.organisation_id for membership in by.current_memberships()}
    if agreement.scheme_id in own:
        return "scheme"
    if agreement.team_id in own or can(by, Permission.RISK_WRITE, agreement.person):
        return "team"
    return None


@transaction.atomic
def draft_responsibilities(*, person, scheme, joint_needed, joint_words, carer_risk_words, change_words, by):
    """Write the three answers, or change those that wait. Whoever had agreed to other words is asked again."""
    lock(Person, person.pk)
    check_involved(person, scheme)
    team = owner(person, by)
    agreement = queries.responsibilities_open(person, scheme) or ResponsibilityAgreement(
        person=person, scheme=scheme, team=team
    )
    answers = (joint_words.strip(), carer_risk_words.strip(), change_words.strip())
    agreement.joint_needed = joint_needed
    agreement.joint_words, agreement.carer_risk_words, agreement.change_words = answers
    agreement.agreed_by_team = agreement.agreed_by_scheme = None
    agreement.agreed_by_team_on = agreement.agreed_by_scheme_on = None
    with refusals():
        return record(agreement, by=by, why="three answers written")


def check_involved(person, scheme):
    if not queries.schemes_involved(person).filter(pk=scheme.pk).exists():
        raise rules.INVOLVED_SCHEME.broken("scheme", scheme=scheme)


@transaction.atomic
def agree_responsibilities(*, agreement, side, by, version=None, on=None):
    """One side agrees to the three answers. `side` is team or scheme. Raises Stale when the words changed since."""
    agreement = lock(ResponsibilityAgreement, agreement.pk, version)
    if agreement.is_agreed:
        raise rules.AGREED_IS_FINAL.broken()
    if side_of(agreement, by) != side:
        raise rules.OWN_SIDE.broken(organisation=getattr(agreement, side))
    setattr(agreement, f"agreed_by_{side}", by)
    setattr(agreement, f"agreed_by_{side}_on", on or timezone.localdate())
    with refusals():
        return record(agreement, by=by, why=f"agreed by the {side}")


# -- Incidents ----------------------------------------------------------------------------------------


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
