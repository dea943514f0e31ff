"""One person passes from team to team: asked, then accepted. Until then the old team stays responsible."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.actions import queue_mail
from sharedlives.worklist.deadlines import first_stage_on

from .. import rules
from ..models import Answer, Handover, Person
from ..queries import funding_team
from .clocks import follow_contact_policies
from .persons import transfer

HANDOVER = "people.handover"
ANSWER_WITHIN = timedelta(days=7)  # the receiving team's manager, before the reminder goes out as late


@transaction.atomic
def ask_handover(*, person, to, reason, on, by):
    """Ask another team to take over a person's funding from a day on. Nothing else changes yet."""
    person = lock(Person, person.pk)
    today = timezone.localdate()
    team = funding_team(person, today)
    if team is None:
        raise rules.HANDOVER_FROM_THE_FUNDER.broken(team="Your team")
    due_on = today + ANSWER_WITHIN
    row = Handover(
        person=person, team=team, to=to, reason=reason.strip(), on=on, asked_by=by, asked_on=today, due_on=due_on,
        next_stage_on=first_stage_on(HANDOVER, council=to.council, due_on=due_on),
    )  # fmt: skip
    with refusals(people_handover_to_another_team="to"):
        return record(row, by=by, why=f"handover to {to} asked for")


@transaction.atomic
def accept_handover(*, handover, by, worker=None, answer="", version=None):
    """The receiving team takes over: the old funding ends and the new one begins, in one step.

    Never before today. To a team of another council, that council becomes the responsible one; the address stays.
    """
    person = lock(Person, handover.person_id)
    row = still_asked(Handover, handover, version)
    today = timezone.localdate()
    if funding_team(person, today) != row.team:
        raise rules.HANDOVER_FROM_THE_FUNDER.broken(team=row.team)
    transfer(person=person, to=row.to, worker=worker, on=max(row.on, today), by=by)
    if row.to.council_id and person.responsible_council_id != row.to.council_id:
        person.responsible_council = row.to.council
        record(person, by=by, why="another council is responsible")
        follow_contact_policies(on=timezone.localdate(), person=person)
    row.worker = worker
    return answered(row, Answer.DONE, answer, by, f"accepted by {row.to}")


@transaction.atomic
def decline_handover(*, handover, answer, by, version=None):
    """The receiving team says no, with its reason. The old team goes on."""
    row = still_asked(Handover, handover, version)
    return answered(row, Answer.DECLINED, answer, by, "declined")


@transaction.atomic
def withdraw_handover(*, handover, by, answer=""):
    """The question is taken back."""
    row = still_asked(Handover, handover)
    return answered(row, Answer.WITHDRAWN, answer, by, "withdrawn")


def still_asked(model, row, version=None):
    """The row under a lock. Raises RuleBroken when it was answered meanwhile."""
    row = lock(model.objects.select_related("to__council", "team"), row.pk, version)
    if row.state != Answer.ASKED:
        raise rules.ANSWERED_ONCE.broken(state=row.get_state_display().lower())
    return row


def answered(row, state, answer, by, why):
    """Keep the answer, and let the one who asked know of it."""
    row.state, row.answer, row.answered_by = state, answer.strip(), by
    row.answered_on, row.next_stage_on = timezone.localdate(), None
    record(row, by=by, why=why)
    if by != row.asked_by:
        queue_mail(recipient=row.asked_by, template="handover_answered", path=row.get_absolute_url())
    return row
