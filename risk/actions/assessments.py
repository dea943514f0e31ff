"""Versions of the risk assessment: drafting, signing, what replaces what."""

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from carers.models import Household
from people import actions as people
from people.access import can
from people.models import LegalFact, Person
from people.rules import check_seen
from sharedlives.permissions import Permission
from sharedlives.records.actions import lock, record, strike
from sharedlives.records.rules import alike, very_like_explained
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import Risk, RiskAssessment, RiskControl, RiskEnteredInError, RiskSupersession
from ..moments import SETTLED
from .checks import hush, retire
from .copies import close_copies, copies_held, give_out
from .owner import owner, owner_of_home

RISK_FIELDS = (
    "hazard", "kind", "gains", "controls", "if_it_goes_wrong", "responsible", "responsible_name", "next_review_on",
    "likelihood", "impact", "restricts", "why_restricts", "decision_id",
)  # fmt: skip
COPIED = (
    "own_view", "took_part", "summary_shared", "call_first", "out_of_hours", "who_decides", "where_to_stay",
)  # fmt: skip
MEASURE_FIELDS = ("words", "responsible", "responsible_name")


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
        organisation=owner_of_home(household, by) if household else owner(person, by),
        number=next_number(person, household),
        drafted_by=by,
        why_new=why_new.strip(),
    )
    assessment.scale = queries.scale(assessment.organisation.council, timezone.localdate())
    if last is not None:
        for name in COPIED:
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
    """What was written about one risk, what more is done about it included."""
    return own_facts(risk) | {"measures": measures_of(risk)}


def own_facts(risk):
    return {name: getattr(risk, name) for name in RISK_FIELDS}


def measures_of(risk):
    return [tuple(getattr(row, name) for name in MEASURE_FIELDS) for row in risk.measures.all()]


def write_risks(assessment, risks, by):
    """Make the risks of a draft read as these, in this order. Each is {field: value}."""
    check_decisions(assessment, risks)
    kept = {risk.number: risk for risk in assessment.risks.all()}
    with refusals():
        for number, given in enumerate(risks, start=1):
            facts = {name: value for name, value in given.items() if name != "measures"}
            risk = kept.pop(number, None) or Risk(assessment=assessment, number=number)
            if risk._state.adding or own_facts(risk) != own_facts(Risk(**facts)):
                for name, value in facts.items():
                    setattr(risk, name, value)
                record(risk, by=by, why="risk written")
            write_measures(risk, [tuple(words) for words in given.get("measures", ())], by)
        for risk in kept.values():
            write_measures(risk, [], by)
            strike(risk, by=by, why="risk taken out of the draft")


def check_decisions(assessment, risks):
    """What restricts a person rests on a decision about that person, no other one's. Raises RuleBroken."""
    named = {risk["decision_id"] for risk in risks if risk.get("decision_id")}
    own = LegalFact.objects.filter(person=assessment.person_id, pk__in=named).count() if named else 0
    if own < len(named):
        raise rules.OWN_DECISION.broken()


def write_measures(risk, measures, by):
    """Make what more is done about a risk read as these: (words, who, the name of who) each, in this order."""
    if measures == measures_of(risk):
        return
    for row in risk.measures.all():
        strike(row, by=by, why="controls written anew")
    for number, words in enumerate(measures, start=1):
        facts = dict(zip(MEASURE_FIELDS, words, strict=True))
        record(RiskControl(risk=risk, number=number, **facts), by=by, why="control written")


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
def sign_assessment(
    *, assessment, by, seen_how, seen_where, seen_on=None, on=None, why_nothing_changed="", version=None
):
    """Sign: every risk has somebody responsible and a later review date. The version is final from then on.

    It says when, where and how the person (or the home) was seen, or why not. What is very like last time says why it
    is still right; so does what is unchanged for the second time running. Raises RuleBroken or Stale.
    """
    assessment = lock(RiskAssessment, assessment.pk, version)
    on = on or timezone.localdate()
    if assessment.state == RiskAssessment.State.SIGNED:
        raise rules.SIGNED_IS_FINAL.broken()
    check_signer(assessment, by)
    prefetch_related_objects([assessment], "risks__measures")
    risks = list(assessment.risks.all())
    if not risks:
        raise rules.AT_LEAST_ONE.broken()
    if assessment.person is not None and not assessment.own_view.strip():
        raise rules.OWN_VIEW.broken()
    rules.dates_in_time(risks, on)
    check_seen(seen_how=seen_how, seen_on=seen_on, seen_where=seen_where, today=timezone.localdate())
    assessment.seen_how, assessment.seen_on, assessment.seen_where = seen_how, seen_on, seen_where.strip()
    last = queries.current_version(person=assessment.person, household=assessment.household)
    note_unchanged(assessment, risks, last, why_nothing_changed)
    assessment.state, assessment.signed_by, assessment.signed_on = RiskAssessment.State.SIGNED, by, on
    assessment.due_on = rules.earliest(risks)
    council = assessment.organisation.council
    clock = "risk.risk_review" if assessment.person else "risk.home_review"
    assessment.next_stage_on = first_stage_on(clock, council=council, due_on=assessment.due_on)
    with refusals():
        record(assessment, by=by, why="signed")
    if last is not None:
        supersede(last, assessment, by)
    if assessment.person is not None:
        give_out(assessment, by)
        SETTLED.happened(person=assessment.person, by=by)
    return assessment


def check_signer(assessment, by):
    """A person's assessment is the council's to sign, that of a home its scheme's. Raises RuleBroken."""
    if assessment.person is not None:
        if not can(by, Permission.RISK_WRITE, assessment.person):
            raise rules.SIGNED_BY_COUNCIL.broken()
        return
    homes = Household.objects.visible_to(by, Permission.HOUSEHOLD_WRITE)
    if not homes.filter(pk=assessment.household_id).exists():
        raise rules.HOME_SIGNED_BY_SCHEME.broken()
    if not assessment.summary_shared.strip():
        raise rules.HOME_SUMMARY.broken()


def note_unchanged(assessment, risks, last, why):
    """Record how much of it stood there last time. Very like it, or unchanged twice running, it needs a reason."""
    assessment.nothing_changed = last is not None and rules.unchanged(last.risks.all(), risks)
    if assessment.nothing_changed and last.nothing_changed and not why.strip():
        raise rules.UNCHANGED_TWICE.broken("why_nothing_changed")
    found = alike(last, assessment, rules.texts)
    very_like_explained(found, why, "why_nothing_changed")
    assessment.likeness = found.percent
    assessment.why_nothing_changed = why.strip() if assessment.nothing_changed or found.very else ""


def supersede(old, new, by):
    why = new.why_new or ("looked at again, nothing changed" if new.nothing_changed else "looked at again")
    record(RiskSupersession(old=old, new=new, why=why), by=by, why=why)
    retire(old, by, new.signed_on, "a newer version was signed")
    close_copies(old, by, "a newer version was signed")


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
    close_copies(assessment, by, "entered in error")
    if assessment.person is not None:
        people.recall_copies(
            person=assessment.person, organisation=assessment.organisation, record_id=assessment.pk,
            what=f"Risk assessment, version {assessment.number}", copies=copies_held(assessment), by=by,
        )  # fmt: skip
    return assessment


@transaction.atomic
def stop_after_death(*, person, on, by):
    """Nobody is reminded to look again at the risks of somebody who has died.

    Nothing is closed: were the death recorded in error, every clock runs again (`people.actions.undo_death`).
    """
    for assessment in (
        RiskAssessment.objects.latest_version()
        .filter(person=person)
        .select_for_update(of=("self",), no_key=True)
    ):
        why = f"the person died on {on:%-d %B %Y}"
        hush(assessment, by, why)
        close_copies(assessment, by, why)
