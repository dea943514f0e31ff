"""The scheme's visits: one for everybody in a home; the next that is owed opens by itself."""

from django.db import transaction
from django.utils import timezone

from carers.codes import PlacementKind
from sharedlives.records.actions import lock, record, record_all
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import MonitoringNote, MonitoringVisit, Placement, VisitOwed

DEADLINE = "placements.visit_owed"


@transaction.atomic
def record_visit(*, carer, household, scheme, visited_on, carer_says, notes, by, home_words=""):
    """A visit that was paid. `notes` is {placement: (the person was seen, words)}, at least one with words.

    What was owed for each of them is done, and the next is owed by their council's policy.
    """
    if visited_on > timezone.localdate():
        raise rules.NOT_YET.broken("visited_on", on=visited_on)
    kept = {row: (seen, words.strip()) for row, (seen, words) in notes.items() if words.strip()}
    if not kept:
        raise rules.VISIT_IN_WORDS.broken()
    visit = MonitoringVisit(
        organisation=scheme, carer=carer, household=household, visited_on=visited_on, carer_says=carer_says.strip(),
        home_words=home_words.strip(), written_by=by,
    )  # fmt: skip
    with refusals():
        record(visit, by=by, why="visited")
    rows = [
        MonitoringNote(visit=visit, placement=row, saw_person=seen, words=words)
        for row, (seen, words) in kept.items()
    ]
    record_all(rows, by=by, why="visited")
    for row in sorted(kept, key=lambda placement: placement.pk):
        owe_visit(row, by, last=visited_on)
    return visit


def owe_visit(placement, by, last=None):
    """Close the visit that is owed, and open the next; none for breaks that are booked by date, or after the end.

    `last`: the day of the last visit; without one the day from which on it is counted, at the earliest today.
    """
    placement = lock(Placement.objects.select_related("funding_team__council", "scheme"), placement.pk)
    no_more_visits(placement, by, last or timezone.localdate())
    if placement.kind == PlacementKind.SHORT_BREAK or placement.state != Placement.State.ACTIVE:
        return
    council = placement.funding_team.council if placement.funding_team_id else None
    policy = queries.monitoring_policy(council, timezone.localdate())
    due_on = rules.visit_due(placement.starts_on, last or timezone.localdate(), policy)
    if due_on is not None:
        stage = first_stage_on(DEADLINE, council=council, due_on=due_on)
        row = VisitOwed(
            placement=placement, organisation=placement.scheme, due_on=due_on, next_stage_on=stage
        )
        record(row, by=by, why="visit owed")


def no_more_visits(placement, by, on):
    """What is owed is done on a day: it was paid, or the placement has ended."""
    for row in placement.visits_owed.open().select_for_update(no_key=True, of=("self",)):
        row.done_on, row.next_stage_on = on, None
        record(row, by=by, why="visited, or ended")
