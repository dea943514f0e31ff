"""A carer stops or is suspended, or a scheme leaves a home: everybody there gets an owner and a date."""

from django.db import transaction
from django.utils import timezone

from carers import actions as carers
from carers.queries import takes_nobody
from carers.rules import TAKES_NOBODY
from people.queries import funding_team
from sharedlives.records.actions import lock, record
from sharedlives.worklist.deadlines import first_stage_on

from .. import rules
from ..models import Placement, ToSettle

DEADLINE = "placements.to_settle"


def check_takes(carer, household, scheme):
    """Refuse anybody new with a carer who stops or is suspended, or through a scheme that leaves. Raises RuleBroken."""
    why = takes_nobody(carer, household, scheme)
    if why:
        raise TAKES_NOBODY.broken(why=why)


@transaction.atomic
def settle_after_stopping(*, carer, why, on, by):
    """Everybody who is with this carer, or is to come, gets work: where they live from now on."""
    give_work(Placement.objects.filter(carer=carer), why, on, by)


@transaction.atomic
def settle_after_leaving(*, household, scheme, on, by):
    """Everybody whom the scheme supports in this home, or is to, gets work."""
    give_work(Placement.objects.filter(household=household, scheme=scheme), ToSettle.Why.LEFT, on, by)


def give_work(placements, why, on, by):
    today = timezone.localdate()
    rows = placements.not_ended().select_related("person", "scheme__council", "funding_team__council")
    for placement in rows.order_by("pk"):
        row = placement.to_settle.open().select_for_update(no_key=True, of=("self",)).first()
        due_on = rules.settled_by(on, today)
        row = row or ToSettle(placement=placement, person=placement.person, due_on=due_on)
        row.why, row.since, row.due_on = why, on, min(due_on, row.due_on)
        row.organisation = funding_team(placement.person, today) or placement.scheme
        row.next_stage_on = first_stage_on(DEADLINE, council=row.organisation.council, due_on=row.due_on)
        record(row, by=by, why=row.get_why_display())


@transaction.atomic
def settle_where(*, row, outcome, words, by, carer=None, version=None):
    """It was said with the person where they live from now on. `carer`: the other one of this home who goes on with it.

    Raises RuleBroken where that one is not named, takes nobody new or is close to whoever records it; and where it was
    settled before.
    """
    row = lock(ToSettle.objects.select_related("placement__carer"), row.pk, version)
    if row.done_on:
        raise rules.SETTLED_ONCE.broken()
    if (outcome == ToSettle.Outcome.OTHER_CARER) != bool(carer):
        raise rules.WITH_WHOM.broken("carer")
    if carer is not None:
        hand_to(row.placement, carer, by)
    return close_settled(row, outcome, words.strip(), by)


def hand_to(placement, carer, by):
    placement = lock(Placement.objects.select_related("household", "scheme"), placement.pk)
    carers.check_not_close(carer, by)
    if carer.pk == placement.carer_id or carer.household_id != placement.household_id:
        raise rules.WITH_WHOM.broken("carer")
    check_takes(carer, placement.household, placement.scheme)
    placement.carer = carer
    record(placement, by=by, why="goes on with another carer of this home")


def close_settled(row, outcome, words, by):
    row.done_on, row.done_by, row.next_stage_on = timezone.localdate(), by, None
    row.outcome, row.words = outcome, words
    return record(row, by=by, why=row.get_outcome_display())


def nothing_to_settle(placement, by):
    """The placement has ended."""
    for row in placement.to_settle.open().order_by("pk"):
        close_settled(row, ToSettle.Outcome.ENDED, "The placement ended.", by)


@transaction.atomic
def carer_is_back(*, carer, by):
    """The suspension was lifted: what was to be settled because of it is closed."""
    rows = ToSettle.objects.open().filter(placement__carer=carer, why=ToSettle.Why.SUSPENDED)
    for row in rows.order_by("pk"):
        close_settled(row, ToSettle.Outcome.BACK, "The suspension was lifted.", by)
