"""After a death nobody is reminded; a death recorded in error starts the reminders again. The rows stay as they are."""

from django.db import transaction

from sharedlives.records.actions import record
from sharedlives.worklist.deadlines import first_stage_on

from ..models import PlanShare, Reassessment, ShareOwed, Wish

REMIND = (
    ("careplans.plan_acknowledgement", PlanShare.objects.waiting),
    ("careplans.plan_to_share", ShareOwed.objects.waiting),
    ("careplans.wish", Wish.objects.open),
    ("careplans.reassessment", Reassessment.objects.open),
)


def locked(rows):
    """Rows under a lock, in one order, so that two such actions wait instead of blocking each other."""
    return rows.select_for_update(no_key=True, of=("self",)).order_by("pk")


@transaction.atomic
def stop_after_death(*, person, on, by):
    """Nobody is reminded of anything of this floor about somebody who has died."""
    for model in (PlanShare, ShareOwed, Wish, Reassessment):
        for row in locked(model.objects.filter(person=person, next_stage_on__isnull=False)):
            row.next_stage_on = None
            record(row, by=by, why=f"the person died on {on:%-d %B %Y}")


@transaction.atomic
def remind_again(*, person, by):
    """The death was recorded in error: what is open is reminded of again."""
    for deadline, still_open in REMIND:
        for row in locked(still_open().filter(person=person)):
            row.next_stage_on = first_stage_on(
                deadline, council=person.responsible_council, due_on=row.due_on
            )
            record(row, by=by, why="the death was recorded in error")
