"""Teams merge, split and close: seen before, accepted by the receiving manager, taken back within thirty days."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sharedlives.carried import REGISTRY as CARRIED
from sharedlives.permissions import Role
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.together import how_many
from sharedlives.worklist.deadlines import first_stage_on

from .. import moments, rules
from ..models import (
    Answer,
    Handover,
    Involvement,
    Membership,
    Organisation,
    OrganisationChange,
    OrganisationMove,
)
from .handovers import ANSWER_WITHIN, answered, still_asked
from .persons import end_involvement, involve

TEAM_CHANGE = "people.team_change"
UNDO_WITHIN = timedelta(days=30)
CHANGED_SINCE = "changed since"


@dataclass(frozen=True)
class Preview:
    """What a change would move: querysets and counts, nothing changed yet."""

    involvements: object
    memberships: object
    carried: list
    persons: int
    staying: int


def preview(*, kind, team, workers):
    """What moves when a team merges, closes (everything) or splits (what is these workers')."""
    involvements, memberships = what_moves(kind, team, workers)
    persons = involvements.order_by().values("person")
    everybody, _members = what_moves(OrganisationChange.Kind.CLOSE, team, ())
    kinds = [found.rows(persons, team) for found in CARRIED]
    moving, held, *carried = how_many(involvements, everybody, *kinds)
    return Preview(
        involvements=involvements.select_related("person", "worker").order_by("person__reference"),
        memberships=memberships.select_related("user").order_by("user__name"),
        carried=[(found.label, number) for found, number in zip(CARRIED, carried, strict=True)],
        persons=moving,
        staying=held - moving,
    )


def what_moves(kind, team, workers):
    """The involvements and memberships that hold today or later; of a split only those of the workers."""
    today = timezone.localdate()
    holds = Q(until=None) | Q(until__gt=today)
    involvements = Involvement.objects.filter(holds, organisation=team, role__in=("funds", "co_funds"))
    memberships = Membership.objects.filter(holds, organisation=team)
    if kind == OrganisationChange.Kind.SPLIT:
        involvements = involvements.filter(worker__in=workers)
        memberships = memberships.filter(user__in=workers)
    return involvements, memberships


@transaction.atomic
def ask_change(*, kind, team, to, reason, by, workers=()):
    """Ask the receiving team's manager to accept a change of teams. Nothing moves yet."""
    today = timezone.localdate()
    check_change(kind, team, to, list(workers), today)
    due_on = today + ANSWER_WITHIN
    row = OrganisationChange(
        kind=kind, team=team, to=to, reason=reason.strip(), asked_by=by, asked_on=today, due_on=due_on,
        next_stage_on=first_stage_on(TEAM_CHANGE, council=to.council, due_on=due_on),
    )  # fmt: skip
    with refusals(people_change_to_another_team="to"):
        record(row, by=by, why=f"asked: {row}")
    if kind == OrganisationChange.Kind.SPLIT:
        row.workers.set(workers)
    return row


def check_change(kind, team, to, workers, today):
    if kind == OrganisationChange.Kind.SPLIT:
        if not workers:
            raise rules.SPLIT_NAMES_WORKERS.broken("workers")
    elif team.children.teams().current(today).exists():
        raise rules.NO_TEAM_BENEATH.broken(team=team)
    managers = Membership.objects.current(today).filter(
        role=Role.TEAM_MANAGER, user__is_active=True, organisation__in=[pk for pk in to.path.split("/") if pk]
    )
    if not managers.exists():
        raise rules.RECEIVER_HAS_A_MANAGER.broken("to", to=to)


@transaction.atomic
def accept_change(*, change, by, answer="", version=None):
    """Carry a change out: people, workers and open work pass on today; a merged or closed team ends.

    Each involvement ends and begins in one step, so that nobody is without a team at any moment.
    """
    row = still_asked(OrganisationChange, change, version)
    today = timezone.localdate()
    workers = list(row.workers.all())
    involvements, memberships = what_moves(row.kind, row.team, workers)
    close_questions(row, by)
    for old in involvements.select_related("person", "worker").order_by("person", "pk"):
        move_person(row, old, today, by)
    for old in memberships.select_related("user").order_by("pk"):
        became = move_member(old, row.to, today, by)
        record(OrganisationMove(change=row, member_was=old, member_became=became), by=by, why=str(row))
    if row.closes:
        set_closed(row.team, today, by)
    return answered(row, Answer.DONE, answer, by, f"accepted by {row.to}")


@transaction.atomic
def decline_change(*, change, answer, by, version=None):
    """The receiving manager says no, with the reason. Everything stays."""
    return answered(still_asked(OrganisationChange, change, version), Answer.DECLINED, answer, by, "declined")


@transaction.atomic
def withdraw_change(*, change, by):
    """The question is taken back before it was answered."""
    return answered(still_asked(OrganisationChange, change), Answer.WITHDRAWN, "", by, "withdrawn")


def close_questions(change, by):
    """Open handovers that the change overtakes: of its people withdrawn, those asked of a closing team passed on."""
    involvements, _memberships = what_moves(change.kind, change.team, change.workers.all())
    of_moved = Handover.objects.open().filter(team=change.team, person__in=involvements.values("person"))
    for row in of_moved.select_for_update(of=("self",)):
        answered(row, Answer.WITHDRAWN, f"Overtaken: {change}", by, "overtaken")
    if change.closes:
        for row in Handover.objects.open().filter(to=change.team).exclude(team=change.to):
            row.to = change.to
            record(row, by=by, why=f"asked of {change.to} instead: {change}")


def move_person(change, old, today, by):
    became = pass_on(old, change.to, today, by)
    record(OrganisationMove(change=change, was=old, became=became), by=by, why=str(change))


def pass_on(old, to, today, by):
    """End an involvement and open the same one for another team; worker and last day stay. Returns the new one."""
    on, until = max(today, old.since), old.until
    end_involvement(involvement=old, on=on, by=by, why="the team changed")
    new = involve(
        person=old.person, organisation=to, role=old.role, worker=old.worker, since=on, until=until, by=by
    )
    if old.role == Involvement.Role.FUNDS and on <= today:
        moments.FUNDING_MOVED.happened(person=old.person, on=on, by=by)
    return new


def move_member(old, to, today, by):
    """End a membership and open the same one elsewhere, unless it is there already. Returns the new one, or None."""
    on, until = max(today, old.since), old.until
    old.until = on
    record(old, by=by, why="the team changed")
    there = Membership.objects.filter(Q(until=None) | Q(until__gt=today), organisation=to)
    if there.filter(user=old.user, role=old.role).exists():
        return None
    return record(
        Membership(user=old.user, organisation=to, role=old.role, since=on, until=until),
        by=by,
        why="the team changed",
    )


def set_closed(team, on, by):
    team = lock(Organisation, team.pk)
    team.closed_on = on
    record(team, by=by, why="closed" if on else "open again")


@transaction.atomic
def undo_change(*, change, by, version=None):
    """Move back what has not changed since, and say of the rest that it stayed. The old team is open again."""
    row = lock(OrganisationChange.objects.select_related("team", "to"), change.pk, version)
    today = timezone.localdate()
    if not may_undo(row, today):
        raise rules.UNDO_IN_TIME.broken()
    set_closed(row.team, None, by)
    moves = row.moves.select_related("became__person", "became__worker", "member_was__user", "member_became")
    for move in moves.order_by("pk"):
        move.moved_back = (
            person_back(move, row, today, by) if move.was_id else member_back(move, row, today, by)
        )
        move.left_because = "" if move.moved_back else CHANGED_SINCE
        record(move, by=by, why="undone" if move.moved_back else "left as it is")
    row.state, row.undone_by, row.undone_on = Answer.UNDONE, by, today
    return record(row, by=by, why="undone")


def may_undo(change, today):
    return change.state == Answer.DONE and today <= change.answered_on + UNDO_WITHIN


def person_back(move, change, today, by):
    """Whether a person passed back: only where nobody has touched the new involvement."""
    if move.became is None or move.became.version > 1:
        return False
    pass_on(move.became, change.team, today, by)
    return True


def member_back(move, change, today, by):
    if move.member_became and move.member_became.version > 1:
        return False
    if move.member_became:
        move_member(move.member_became, change.team, today, by)
        return True
    old = move.member_was  # was a member of both teams: stays in the other
    there = Membership.objects.filter(user=old.user, organisation=change.team, role=old.role, until=None)
    if there.exists():
        return False
    again = Membership(user=old.user, organisation=change.team, role=old.role, since=today)
    record(again, by=by, why="the change of teams was undone")
    return True
