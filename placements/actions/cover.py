"""The carer of a home cannot support tonight: somebody else takes the person in, and their place at home is kept."""

from django.db import transaction
from django.utils import timezone

from carers import actions as carers
from carers.codes import Claim, PlacementKind
from sharedlives.records.actions import lock

from .. import queries, rules
from ..models import Away, Placement
from .away import go_away
from .starts import start_emergency


@transaction.atomic
def cover(*, placement, scheme, carer, household, why, by, until=None):
    """Another carer takes the person in tonight, by emergency: what that asks is owed within three days.

    Whoever lives in the home is away from it and keeps the place; a short break there ends today. Returns the new
    placement. Raises RuleBroken where the other carer may not take them in.
    """
    today = timezone.localdate()
    carers.lock_places(persons=[placement.person], households=[placement.household, household])
    placement = lock(Placement.objects.select_related("person", "household"), placement.pk)
    if placement.state != Placement.State.ACTIVE:
        raise rules.STATE.broken(state=placement.get_state_display().lower())
    stay = queries.stays_of(placement).counted().on(today).first()
    if stay is not None and stay.claim == Claim.NIGHT:
        carers.end_stay(stay=stay, leaving_on=today, by=by, why="the carer cannot support")
    taken_in = start_emergency(
        person=placement.person, scheme=scheme, carer=carer, household=household, kind=PlacementKind.SHORT_BREAK,
        why=why, until=until, by=by,
    )  # fmt: skip
    lives_here = stay is None or stay.claim == Claim.HOME
    if lives_here and not placement.away.open().exists():
        go_away(
            placement=placement, reason=Away.Reason.BREAK, since=max(today, placement.starts_on), expected_on=until,
            words=f"With {carer}: {why.strip()}", by=by,
        )  # fmt: skip
    return taken_in
