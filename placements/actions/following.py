"""What placements do when something happens on the floors beneath: stays that move, and what was owed that is there."""

from django.db import transaction

from sharedlives.records.actions import lock, record

from ..models import Booking, Placement
from .bookings import join
from .starts import close_what_is_there


@transaction.atomic
def follow_stays(*, stays, on, by):
    """Stays go on at another home: what books them joins the new stay too, and the placement names the new home."""
    rows = Booking.objects.filter(stay__in=[old.pk for old, _new in stays]).select_related("placement")
    booked = {row.stay_id: row.placement for row in rows}
    for old, new in stays:
        if old.pk in booked:
            follow(booked[old.pk], old, new, by)


def follow(placement, old, new, by):
    if new.pk != old.pk:
        join(placement, new, by, "moved to another home")
    placement = lock(Placement, placement.pk)
    if placement.household_id != new.household_id and placement.state != Placement.State.ENDED:
        placement.household_id = new.household_id
        record(placement, by=by, why="moved to another home")


@transaction.atomic
def close_owed_of_person(*, person, by, **facts):
    """Something was signed, agreed or acknowledged about a person: what was owed for it and is there now is closed."""
    close_among(Placement.objects.filter(person=person), by)


@transaction.atomic
def close_owed_of_carer(*, carer, by):
    """A carer was approved or did a course: what was owed for it and is there now is closed."""
    close_among(Placement.objects.filter(carer=carer), by)


def close_among(placements, by):
    owing = placements.active().filter(owed__done_on=None, owed__isnull=False).distinct()
    for pk in list(owing.order_by("pk").values_list("pk", flat=True)):
        close_what_is_there(lock(Placement, pk), by)
