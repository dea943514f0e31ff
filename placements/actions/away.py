"""Going away and coming home. The place at home is kept; a stay in hospital pulls the risk review forward, twice."""

from django.db import transaction
from django.utils import timezone

from risk import actions as risk
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .. import rules
from ..models import Away, Placement


@transaction.atomic
def go_away(*, placement, reason, since, by, expected_on=None, words="", version=None):
    """The person is away from a day that has come. Raises RuleBroken where the placement is not current."""
    placement = lock(Placement.objects.select_related("person"), placement.pk, version)
    if placement.state != Placement.State.ACTIVE:
        raise rules.STATE.broken(state=placement.get_state_display().lower())
    if since > timezone.localdate():
        raise rules.NOT_YET.broken("since", on=since)
    if since < placement.starts_on:
        raise rules.AWAY_IN_TIME.broken("since")
    away = Away(
        placement=placement, reason=reason, since=since, expected_on=expected_on, words=words.strip(), recorded_by=by
    )  # fmt: skip
    with refusals(placements_away_dates_in_order="expected_on"):
        record(away, by=by, why=f"away: {away.get_reason_display().lower()}")
    look_again(away, by)
    return away


@transaction.atomic
def come_home(*, away, until, by, version=None):
    """The person is back on a day that has come."""
    away = lock(Away, away.pk, version)
    if away.until is not None:
        raise rules.BACK_ALREADY.broken()
    if until > timezone.localdate():
        raise rules.NOT_YET.broken("until", on=until)
    away.until = until
    with refusals(placements_away_dates_in_order="until"):
        record(away, by=by, why="back")
    look_again(away, by)
    return away


def look_again(away, by):
    if away.reason == Away.Reason.HOSPITAL:
        risk.look_again_after_hospital(person=away.placement.person, by=by)


def nobody_is_away(placement, on, by):
    """The placement ends: whoever was away comes back no more."""
    for away in placement.away.open():
        away.until = max(on, away.since)
        record(away, by=by, why="the placement ended")
