"""Visits, bands of fees and the yearly look at charges of the demo. `placer` is the one who writes placements."""

from datetime import timedelta

from carers.rules import months_later
from placements.models import (
    ChargesLook,
    FeeBand,
    MonitoringNote,
    MonitoringPolicy,
    MonitoringVisit,
    VisitOwed,
)
from placements.rules import visit_due

from . import words


def visits(placer, case, placement, home, carer):
    """The last visit of the scheme, and the next that it owes; some are late, as they are."""
    last = max(case.started_on, placer.today - placer.dice.days(5, 95))
    due_on = visit_due(case.started_on, last, MonitoringPolicy(in_force_from=last))
    if last > case.started_on:
        visit = placer.loader[MonitoringVisit].write(
            organisation_id=case.scheme.id, carer_id=carer[0], household_id=home.id, visited_on=last,
            carer_says=placer.dice.pick(words.CARERS_SAY), written_by_id=case.scheme_worker.id,
        )  # fmt: skip
        placer.loader[MonitoringNote].write(
            visit_id=visit,
            placement_id=placement,
            saw_person=True,
            words=placer.dice.pick(words.SEEN_ON_VISITS),
        )
    placer.loader[VisitOwed].write(
        placement_id=placement, organisation_id=case.scheme.id, due_on=due_on,
        next_stage_on=placer.first_stage("placements.visit_owed", due_on),
    )  # fmt: skip


def bands(placer, scheme):
    placer.banded.add(scheme.id)
    for name, pounds in (("Band 1", 380), ("Band 2", 445), ("Band 3", 520)):
        placer.loader[FeeBand].write(
            organisation_id=scheme.id, what="care", name=name, pounds=pounds,
            since=placer.today.replace(month=1, day=1),
        )  # fmt: skip


def look_at_charges(placer, case, placement, signed_on):
    """A year after it was signed; years that have passed since were looked at in time."""
    due_on = signed_on
    while due_on <= placer.today - timedelta(days=20):
        due_on = months_later(due_on, 12)
    if not case.ended_on:
        placer.loader[ChargesLook].write(
            placement_id=placement, organisation_id=case.scheme.id, due_on=due_on,
            next_stage_on=placer.first_stage("placements.charges_look", due_on),
        )  # fmt: skip
