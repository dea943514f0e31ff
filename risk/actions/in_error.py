"""Hiding what should not be on this record: an incident, a change, a foreseen need, an agreement of responsibilities."""

from django.db import transaction

from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from ..models import (
    ChangeNoticed,
    EventEnteredInError,
    ForeseenNeed,
    Incident,
    IncidentPerson,
    ResponsibilityAgreement,
)

WHY = "entered in error"


def mark(key, row, why, by):
    with refusals():
        record(EventEnteredInError(person=row.person, **{key: row}, why=why.strip()), by=by, why=WHY)
    return row


def remind_nobody(row, by):
    row.next_stage_on = None
    return record(row, by=by, why=WHY)


@transaction.atomic
def incident_in_error(*, row, why, by):
    """The incident did not concern this person. The others whom it concerned keep it.

    Where it concerned nobody else, no scheme owes the Care Quality Commission a notice of it from here: it is recorded
    anew where it belongs, with its own clock.
    """
    row = lock(IncidentPerson, row.pk)
    mark("incident_row", remind_nobody(row, by), why, by)
    incident = lock(Incident, row.incident_id)
    if not incident.people.not_in_error().exists() and incident.cqc_told_on is None:
        incident.due_on, incident.cqc_owed_by = None, None
        remind_nobody(incident, by)
    return row


@transaction.atomic
def change_in_error(*, change, why, by):
    """A change in somebody else's life: nobody has to answer it here."""
    return mark("change", remind_nobody(lock(ChangeNoticed, change.pk), by), why, by)


@transaction.atomic
def need_in_error(*, need, why, by):
    """Somebody else's foreseen need: nobody has to look at it again here."""
    return mark("need", remind_nobody(lock(ForeseenNeed, need.pk), by), why, by)


@transaction.atomic
def responsibilities_in_error(*, agreement, why, by):
    """An agreement about somebody else, agreed by both sides. The one before it holds again."""
    return mark("agreement", lock(ResponsibilityAgreement, agreement.pk), why, by)
