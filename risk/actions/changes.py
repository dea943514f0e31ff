"""Changes that a scheme noticed, and needs that somebody foresees."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from careplans.actions import open_reassessment
from careplans.models import Reassessment
from people.access import can
from people.models import Person
from sharedlives.permissions import Permission
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import ChangeNoticed, ForeseenNeed, LookAgain
from ..moments import CHANGE_ANSWERED
from .checks import want_sooner
from .owner import owner

Outcome, Kind, Cause = ChangeNoticed.Outcome, ChangeNoticed.Kind, Reassessment.Cause
SERIOUS = (Outcome.RISK, Outcome.REASSESS)  # answers that want the risks looked at before their date
CAUSES = {Kind.CARER: Cause.CARER}  # what changed, as a reassessment says it; else the person


@transaction.atomic
def notice_change(*, person, kind, words, by, noticed_on=None):
    """The scheme noticed something. The person's care manager answers it by the policy's days."""
    person = lock(Person, person.pk)
    today = timezone.localdate()
    noticed_on = noticed_on or today
    if noticed_on > today:
        raise rules.NOT_YET_NOTICED.broken("noticed_on")
    council = person.responsible_council
    due_on = today + timedelta(days=queries.policy(council, today).change_days)
    change = ChangeNoticed(
        person=person, organisation=queries.own_organisation(by, person), kind=kind, words=words.strip(),
        noticed_on=noticed_on, noticed_by=by, due_on=due_on,
        next_stage_on=first_stage_on("risk.change", council=council, due_on=due_on),
    )  # fmt: skip
    with refusals():
        return record(change, by=by, why="change noticed")


@transaction.atomic
def answer_change(*, change, outcome, answer, by, version=None):
    """The council answers what the scheme noticed; the scheme reads the answer. What follows is work at once.

    A new assessment opens one, unless one is open already; a review before its time is asked for on the floor above;
    the risks are wanted sooner where the change is serious.
    """
    change = lock(ChangeNoticed, change.pk, version)
    if change.answered_on is not None:
        raise rules.CHANGE_ANSWERED.broken()
    if not can(by, Permission.RISK_WRITE, change.person):
        raise rules.COUNCIL_ANSWERS.broken()
    change.answered_on, change.answered_by = timezone.localdate(), by
    change.outcome, change.answer, change.next_stage_on = outcome, answer.strip(), None
    with refusals(risk_change_answered_in_words="answer"):
        record(change, by=by, why="answered")
    assessment = queries.signed_assessment(change.person)
    if outcome in SERIOUS and assessment is not None:
        want_sooner(assessment, LookAgain.Why.CHANGE, by)
    if outcome == Outcome.REASSESS:
        reassess(change, by)
    CHANGE_ANSWERED.happened(change=change, by=by)
    return change


def reassess(change, by):
    if not Reassessment.objects.open().filter(person=change.person).exists():
        cause = CAUSES.get(change.kind, Cause.PERSON)
        facts = {"what_happened": change.words, "happened_on": change.noticed_on}
        open_reassessment(person=change.person, cause=cause, by=by, **facts)


@transaction.atomic
def foresee(*, person, words, look_again_on, by, need=None, version=None):
    """Write down a need that will come, or look at one again: the writer owns it, until that date."""
    if look_again_on <= timezone.localdate():
        raise rules.LOOK_AHEAD.broken("look_again_on")
    if need is None:
        need = ForeseenNeed(person=person, organisation=owner(person, by), owner=by)
    else:
        need = lock(ForeseenNeed, need.pk, version)
    council = need.organisation.council
    need.words, need.due_on, need.owner = words.strip(), look_again_on, by
    need.next_stage_on = first_stage_on("risk.foreseen", council=council, due_on=look_again_on)
    with refusals():
        return record(need, by=by, why="need foreseen")


@transaction.atomic
def close_need(*, need, what_came, by, version=None):
    """What came of a foreseen need. It is closed from then on."""
    need = lock(ForeseenNeed, need.pk, version)
    need.closed_on, need.what_came, need.next_stage_on = timezone.localdate(), what_came.strip(), None
    with refusals():
        return record(need, by=by, why="foreseen need closed")
