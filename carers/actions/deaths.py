"""A death that was recorded in error: stays go on as they were."""

from django.db import transaction

from carers.codes import DIED
from carers.models import Stay
from sharedlives.records.actions import lock, record
from sharedlives.rules import RuleBroken, refusals

from .places import lock_places

IN_ERROR = "the death was recorded in error"
RESTORED = ("state", "period", "hold_until")


@transaction.atomic
def restore_stays(*, person, by):
    """Stays that ended because of the death go on. Where the place is somebody else's by now, whoever lives there is
    recorded as found there, and what was only to come stays released."""
    stays = list(Stay.objects.filter(person=person).select_related("household").order_by("pk"))
    lock_places(persons=[person], households=[stay.household for stay in stays])
    for stay in stays:
        before = before_death(stay)
        if before is not None:
            restore(lock(Stay, stay.pk), before, by)


def before_death(stay):
    """How a stay stood before the death ended it, or None where something else did."""
    said = stay.history.order_by("-version", "-history_date")
    ended = False
    for row in said:  # more than one action may have shortened it because of the same death
        if not (row.history_change_reason or "").startswith(DIED):
            return row if ended else None
        ended = True
    return None


def restore(stay, before, by):
    began, was = stay.state != Stay.State.RELEASED, stay.version
    for name in RESTORED:
        setattr(stay, name, getattr(before, name))
    try:
        with transaction.atomic(), refusals():
            record(stay, by=by, why=IN_ERROR)
    except RuleBroken:
        if began:
            stay.version, stay.state, stay.hold_until = was, Stay.State.FOUND, None
            record(stay, by=by, why=f"found there: {IN_ERROR}")
