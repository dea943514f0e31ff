"""A new version of a council's policy, and the open dates it moves."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from people.models import Organisation
from sharedlives.records.actions import record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import rules
from ..models import ReviewDue, ReviewPolicy
from ..queries import policy_for
from .dues import DUE


@dataclass(frozen=True)
class Move:
    """One open due whose date a policy changes."""

    due: ReviewDue
    to: date


def under(due, policy):
    """The date that a policy gives to an open due."""
    return rules.due_under(
        is_first=due.is_first,
        counted_from=due.counted_from,
        agreed_on=due.agreed_on,
        first_days=policy.first_review_days,
        months=policy.interval_months,
    )


def dues_under(policy, on):
    """The open dues to which this version applies on a day: of its council, or of all that have none of their own."""
    rows = ReviewDue.objects.open().select_related("organisation__council", "person__responsible_council")
    if policy.council_id:
        return rows.filter(organisation__council=policy.council_id)
    own = ReviewPolicy.objects.filter(in_force_from__lte=on).exclude(council=None)
    return rows.exclude(organisation__council__in=own.values("council"))


def preview(policy, on=None):
    """The open dues whose date this version would change, soonest first: [Move]. Changes nothing."""
    on = on or max(policy.in_force_from, timezone.localdate())
    moves = [Move(due, under(due, policy)) for due in dues_under(policy, on).order_by("due_on", "id")]
    return [move for move in moves if move.to != move.due.due_on]


@transaction.atomic
def set_policy(*, policy, by):
    """Save a new version. In force already, it moves the open dates at once; else on its day. Returns how many."""
    with refusals(reviews_policy_within_the_law="first_review_days"):
        record(policy, by=by, why=f"policy from {policy.in_force_from}")
    return apply_policies(on=timezone.localdate(), by=by)


@transaction.atomic
def apply_policies(*, on, by=None):
    """Bring every open due under the policy that is in force for its council on a day. Returns how many dates moved."""
    councils = Organisation.objects.councils().filter(review_policies__in_force_from__lte=on).distinct()
    in_force = [policy_for(council, on) for council in councils] + [policy_for(None, on)]
    return sum(bring_under(policy, on, by) for policy in in_force if policy is not None)


def bring_under(policy, on, by):
    moved = 0
    stale = dues_under(policy, on).exclude(policy=policy).order_by("pk")
    for due in stale.select_for_update(no_key=True, of=("self",)):
        to = under(due, policy)
        moved += to != due.due_on
        move(due, to, policy, by)
    return moved


def move(due, to, policy, by):
    """Put an open due under a policy. Its first date stays on the row beside the new one."""
    due.policy = policy
    if to != due.due_on:
        council = due.organisation.council or due.person.responsible_council
        due.due_on = to
        due.next_stage_on = first_stage_on(DUE, council=council, due_on=to)
    record(due, by=by, why=f"policy: {policy}")
