"""Between two versions: “checked, still right”, and being wanted sooner because something happened."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from people.access import can
from people.models import Person
from sharedlives.permissions import Permission
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import LookAgain, RiskAssessment, RiskCheck


@transaction.atomic
def still_right(*, assessment, seen_where, by, why="", on=None):
    """Checked with the person, still right: the whole assessment at once. Its next date follows the policy.

    The second time running asks why. Raises RuleBroken.
    """
    assessment = lock(RiskAssessment, assessment.pk)
    on = on or timezone.localdate()
    if not RiskAssessment.objects.latest_version().filter(pk=assessment.pk).exists():
        raise rules.CHECK_THE_NEWEST.broken()
    if not can(by, Permission.RISK_WRITE, assessment.person):
        raise rules.SIGNED_BY_COUNCIL.broken()
    if queries.unchanged_before(assessment) and not why.strip():
        raise rules.UNCHANGED_TWICE.broken("why")
    retire(assessment, by, on, "checked again")
    council = assessment.organisation.council
    due_on = on + relativedelta(months=queries.policy(council, on).check_months)
    check = RiskCheck(
        assessment=assessment, person=assessment.person, organisation=assessment.organisation, checked_on=on, checked_by=by,
        seen_where=seen_where.strip(), why=why.strip(), due_on=due_on,
        next_stage_on=first_stage_on("risk.still_right", council=council, due_on=due_on),
    )  # fmt: skip
    with refusals():
        return record(check, by=by, why="checked with the person, still right")


def confirm_by_note(*, note, wish, by):
    """A note of a contact ticked “still right”: the check of the whole assessment. Follows `people.contact_written`."""
    if not note.risk_still_right:
        return None
    on = timezone.localdate(note.happened_at)
    assessment = queries.signed_assessment(note.person, on)
    if assessment is None or not note.saw_person or queries.unchanged_before(assessment):
        raise rules.CONFIRMED_BY_A_NOTE.broken("risk_still_right")
    seen_where = note.get_where_display() if note.where else note.get_how_display()
    return still_right(assessment=assessment, seen_where=seen_where, by=by, on=on)


def hush(assessment, by, why):
    """Nobody is reminded of a version any more, nor of its check or of what wanted it sooner; all of them stay open."""
    newest, wanted = assessment.checks.filter(is_newest=True), assessment.look_agains.filter(done_on=None)
    for row in [assessment, *newest, *wanted]:
        if row.next_stage_on is not None:
            row.next_stage_on = None
            record(row, by=by, why=why)


def retire(assessment, by, on, why):
    """The clocks of a version stop: its own, that of its newest check, and whatever wanted it sooner."""
    if assessment.next_stage_on is not None:
        assessment.next_stage_on = None
        record(assessment, by=by, why=why)
    for check in assessment.checks.filter(is_newest=True):
        check.is_newest, check.next_stage_on = False, None
        record(check, by=by, why=why)
    for wanted in assessment.look_agains.filter(done_on=None):
        wanted.done_on, wanted.next_stage_on = on, None
        record(wanted, by=by, why=why)


@transaction.atomic
def look_again_after_incident(*, incident, by):
    """An incident pulls the risk review of everybody concerned forward. What is wanted sooner already stays so."""
    for row in incident.people.select_related("person"):
        assessment = queries.signed_assessment(row.person)
        if assessment is not None:
            want_sooner(assessment, LookAgain.Why.INCIDENT, by, incident=incident)


@transaction.atomic
def look_again_after_move(*, stays, on, by):
    """Whoever lives or stays in another home has other risks there. Two rows of one dwelling joined are no move."""
    moved = {old.person_id for old, new in stays if old.pk != new.pk}
    for person in Person.objects.filter(pk__in=moved).order_by("pk"):
        assessment = queries.signed_assessment(person)
        if assessment is not None:
            want_sooner(assessment, LookAgain.Why.HOUSEHOLD, by)


@transaction.atomic
def look_again_at_home(*, household, by):
    """Who lives in a home has changed: everybody who lives or stays there has other risks."""
    for person in queries.staying_at(household, timezone.localdate()).order_by("pk"):
        assessment = queries.signed_assessment(person)
        if assessment is not None:
            want_sooner(assessment, LookAgain.Why.HOUSEHOLD, by)


def look_again_after_hospital(*, person, by):
    """A stay in hospital, and coming home from it: what was safe before may not be now."""
    assessment = queries.signed_assessment(person)
    if assessment is not None:
        want_sooner(assessment, LookAgain.Why.HOSPITAL, by)


def want_sooner(assessment, why, by, incident=None):
    """Ask for another look within the policy's days, unless one is due before that."""
    today = timezone.localdate()
    council = assessment.organisation.council
    due_on = today + timedelta(days=queries.policy(council, today).look_again_days)
    if queries.due_in_force(assessment) <= due_on or assessment.look_agains.filter(done_on=None).exists():
        return None
    wanted = LookAgain(
        assessment=assessment, person=assessment.person, organisation=assessment.organisation, why=why, incident=incident, due_on=due_on,
        next_stage_on=first_stage_on("risk.look_again", council=council, due_on=due_on),
    )  # fmt: skip
    return record(wanted, by=by, why=f"wanted sooner: {wanted.get_why_display().lower()}")
