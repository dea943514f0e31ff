"""Booking short breaks and days of support ahead, one or a whole series, and cancelling one."""

from django.db import transaction
from django.utils import timezone

from carers import actions as carers
from carers import rules as carer_rules
from carers.codes import EVERY_DAY
from carers.models import Stay
from sharedlives.records.actions import lock, record, record_all
from sharedlives.rules import RuleBroken, all_at_once

from .. import queries, rules
from ..breaks import A_YEAR, repeated
from ..models import Booking, Placement
from .stopping import check_takes


@transaction.atomic
def book_breaks(*, placement, first, until, by, weekdays=EVERY_DAY, every=0, last=None, but=()):
    """Book `first` up to but without `until` for a running short break or day support; again `every` so many weeks.

    None begins after `last`, nor on one of the days in `but`. Twelve months ahead at most. Returns the bookings. Where
    a place is missing on any of them nothing is booked: RuleBroken names each.
    """
    carers.lock_places(persons=[placement.person], households=[placement.household])
    placement = lock(Placement.objects.select_related("person", "household", "scheme", "carer"), placement.pk)
    if placement.state != Placement.State.ACTIVE or placement.kind not in queries.BOOKED_BY_DATE:
        raise rules.BOOKED_BY_DATE.broken()
    check_takes(placement.carer, placement.household, placement.scheme)
    periods = breaks_asked(first, until, every, last, but)
    stays = claimed(placement, periods, weekdays, by)
    record_all([Booking(placement=placement, stay=stay) for stay in stays], by=by, why="break booked")
    leaving = max(end for _begin, end in periods)
    if placement.planned_end_on and placement.planned_end_on < leaving:
        placement.planned_end_on = leaving
        record(placement, by=by, why="breaks booked beyond the planned end")
    return list(Booking.objects.filter(stay__in=stays).order_by("stay__period"))


def breaks_asked(first, until, every, last, but):
    """The days of the series. Raises RuleBroken where they are out of order, too far ahead, or nothing is left."""
    today = timezone.localdate()
    carer_rules.period(first, until)
    end = last or first
    if max(until, end) > today + A_YEAR:
        raise rules.A_YEAR_AHEAD.broken("last" if last else "until", on=max(until, end))
    if every and until > first + every * rules.WEEK:
        raise rules.SERIES_APART.broken("every")
    every_one = repeated(first, until, every, end)
    strangers = sorted(set(but) - {begins for begins, _ends in every_one})
    if strangers or len(but) >= len(every_one):
        raise rules.SERIES_LEAVES_OUT.broken("but", on=strangers[0] if strangers else first)
    return [(begins, ends) for begins, ends in every_one if begins not in but]


def claimed(placement, periods, weekdays, by):
    """A booked stay for each; RuleBroken with every refusal at once."""
    claim, stays, refused = queries.claim_for(placement.kind, placement.route), [], []
    for begins, ends in periods:
        try:
            with transaction.atomic():
                stays.append(
                    carers.claim_place(
                        person=placement.person, household=placement.household, claim=claim, state=Stay.State.BOOKED,
                        period=carer_rules.period(begins, ends), weekdays=weekdays if claim == "day" else EVERY_DAY, by=by,
                    )
                )  # fmt: skip
        except RuleBroken as broken:
            refused.append(broken)
    all_at_once(refused)
    return stays


@transaction.atomic
def cancel_break(*, booking, by, why):
    """Cancel one break: its place is free again. One that has begun ends today."""
    stay, today = booking.stay, timezone.localdate()
    over = stay.period.upper is not None and stay.period.upper <= today
    if booking.placement.kind not in queries.BOOKED_BY_DATE or over or not stay.is_binding:
        raise rules.BREAK_OVER.broken()
    return carers.end_stay(stay=stay, leaving_on=today, by=by, why=f"cancelled: {why.strip()}")
