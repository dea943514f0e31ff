"""Licence and charges are looked at every year."""

from django.db import transaction
from django.utils import timezone

from carers.rules import months_later
from sharedlives.records.actions import lock, record
from sharedlives.worklist.deadlines import first_stage_on

from .. import rules
from ..models import ChargesLook, Placement

DEADLINE = "placements.charges_look"


def owe_charges_look(placement, since, by):
    """Licence and charges are to be looked at a year after a day; what was owed before is done with that."""
    no_more_looks(placement, by, words="A new agreement was signed.")
    council = placement.funding_team.council if placement.funding_team_id else None
    row = ChargesLook(placement=placement, organisation=placement.scheme, due_on=months_later(since, 12))
    row.next_stage_on = first_stage_on(DEADLINE, council=council, due_on=row.due_on)
    record(row, by=by, why="charges to look at")


@transaction.atomic
def look_at_charges(*, look, words, by, version=None):
    """Somebody has looked: what they found, and the next look in a year. Raises RuleBroken where it is done already."""
    look = lock(
        ChargesLook.objects.select_related("placement__scheme", "placement__funding_team__council"),
        look.pk,
        version,
    )
    if look.done_on:
        raise rules.CHARGES_LOOKED_AT.broken()
    close(look, words.strip(), by)
    if look.placement.state != Placement.State.ENDED:
        owe_charges_look(look.placement, timezone.localdate(), by)
    return look


def close(look, words, by):
    look.done_on, look.done_by, look.words, look.next_stage_on = timezone.localdate(), by, words, None
    record(look, by=by, why="charges looked at")


def no_more_looks(placement, by, words="The placement ended."):
    for look in placement.charges_looks.open().select_for_update(no_key=True, of=("self",)):
        close(look, words, by)
