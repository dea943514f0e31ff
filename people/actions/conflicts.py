"""Conflicts of interest: declared by the one concerned or by a manager, ended by a manager."""

from django.db import transaction
from django.utils import timezone

from people import rules
from people.models import Conflict, Organisation
from people.queries import manages
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals


@transaction.atomic
def declare_conflict(*, user, person, tie, by, words=""):
    """From today the person's record is closed to the user. Raises RuleBroken when it is declared already, or when
    somebody declares for a user whom they do not manage."""
    organisation = workplace(user)
    if user.pk != by.pk and not manages(by, organisation):
        raise rules.CONFLICT_BY_MANAGER.broken("user")
    conflict = Conflict(
        user=user, person=person, organisation=organisation, tie=tie, words=words.strip(), declared_by=by
    )
    with refusals(people_one_open_conflict="reference"):
        return record(conflict, by=by, why="conflict of interest declared")


def workplace(user):
    """Where a user works: the newest membership, of those that hold."""
    today = timezone.localdate()
    held = user.memberships.current(today).order_by("-since", "pk").values("organisation")[:1]
    return Organisation.objects.get(pk__in=held)


@transaction.atomic
def end_conflict(*, conflict, because, by, version=None):
    """A manager says why it no longer holds; from today the record is open to the user as before."""
    conflict = lock(Conflict, conflict.pk, version)
    if conflict.user_id == by.pk or not manages(by, conflict.organisation):
        raise rules.CONFLICT_BY_MANAGER.broken()
    conflict.until, conflict.ended_by = timezone.localdate(), by
    conflict.ended_because = because.strip()
    return record(conflict, by=by, why="conflict of interest no longer holds")
