"""Joining a placement to the stay it books."""

from django.db import connection

from sharedlives.records.actions import record

from ..models import Booking


def placement_first():
    """Let a placement be written before its booking, in whatever mode the transaction is; asked at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS placements_placement_booked, placements_booking_joined DEFERRED")


def join(placement, stay, by, why):
    """The placement takes its place through this stay."""
    return record(Booking(placement=placement, stay=stay), by=by, why=why)
