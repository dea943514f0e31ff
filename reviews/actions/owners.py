"""Whose work it is: what is open belongs to the team that funds the person now."""

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from people.models import Involvement
from sharedlives.records.actions import record

from ..models import RecordOwed, ReviewAction, ReviewDue, ReviewWanted


@transaction.atomic
def follow_the_funding(*, on, person=None, by=None):
    """Give what is open to the team that funds each person on a day. Returns how many rows changed hands.

    Dates and meetings stay. `person`: only theirs.
    """
    return sum(
        hand_over(model, on, person, by) for model in (ReviewDue, RecordOwed, ReviewAction, ReviewWanted)
    )


def hand_over(model, on, person, by):
    funding = Involvement.objects.funding().current(on).filter(person=OuterRef("person"))
    rows = model.objects.open().annotate(team=Subquery(funding.values("organisation")[:1]))
    rows = rows.exclude(team=None).exclude(organisation=F("team"))
    if person is not None:
        rows = rows.filter(person=person)
    moved = list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)))
    for row in moved:
        row.organisation_id = row.team
        record(row, by=by, why="handed over to the team that funds the person")
    return len(moved)
