"""Closing a record to all but a few, and opening it again."""

from django.db import transaction
from django.utils import timezone

from people import rules
from people.models import Restriction
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .persons import restrict


@transaction.atomic
def put_restriction(*, person, kind, reason, allowed, by):
    """Close a record to all but those named and the manager who closes it. Raises RuleBroken when nobody else is named,
    or when the record is restricted already.
    """
    others = [user for user in allowed if user.pk != by.pk]
    if not others:
        raise rules.RESTRICTION_NAMES_SOMEBODY.broken("allowed")
    with refusals():
        return restrict(person=person, kind=kind, reason=reason, allowed=[by, *others], by=by)


@transaction.atomic
def lift_restriction(*, restriction, by, why, version=None):
    """The record is open again to those who may see the person. The row stays, with who lifted it and why."""
    restriction = lock(Restriction, restriction.pk, version)
    restriction.until = max(timezone.localdate(), restriction.since)
    return record(restriction, by=by, why=f"lifted: {why}")
