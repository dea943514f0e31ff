"""Opening and closing what somebody has to sort out."""

from django.db import transaction
from django.utils import timezone

from people.models import Organisation
from people.queries import funding_team
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .. import rules
from ..models import Flag
from . import bulk

Kind, Because = Flag.Kind, Flag.Because
CLOSED = ["closed_on", "closed_because", "closed_words", "closed_by"]


def closing(flag, because, *, on, by=None, words=""):
    """Mark a flag as closed (not saved yet): never before the day on which it was found."""
    flag.closed_on = max(on, flag.found_on)
    flag.closed_because, flag.closed_words, flag.closed_by = because, words[:300], by
    return flag


def close_many(flags, because, *, on, why, by=None):
    """Close many flags for one reason. Returns how many."""
    return len(bulk.change([closing(f, because, on=on, by=by) for f in flags], CLOSED, by=by, why=why))


def locked(flag, version=None):
    """The flag under a lock. Raises RuleBroken when it is closed, Stale when it was changed meanwhile."""
    flag = lock(Flag, flag.pk, version)
    if flag.closed_on is not None:
        raise rules.STILL_OPEN.broken()
    return flag


@transaction.atomic
def take(*, flag, by, version=None):
    """Somebody sees to it from now on."""
    flag = locked(flag, version)
    flag.owner_user = by
    return record(flag, by=by, why="taken")


@transaction.atomic
def assign(*, flag, owner_user, by, version=None):
    """A colleague sees to it from now on; None gives it back to the organisation."""
    flag = locked(flag, version)
    flag.owner_user = owner_user
    return record(flag, by=by, why="assigned")


@transaction.atomic
def not_yet(*, flag, because, by, version=None):
    """Not yet, because: it stays open, and everybody can read why."""
    flag = locked(flag, version)
    flag.not_yet_because, flag.not_yet_on = because, timezone.localdate()
    return record(flag, by=by, why="not yet, because")


@transaction.atomic
def close(*, flag, because, by, words="", version=None):
    """Nothing more has to be done, for a reason. The clock leaves the same gap alone for 90 days."""
    flag = locked(flag, version)
    closing(flag, because, on=timezone.localdate(), by=by, words=words)
    with refusals(safetynet_other_reason_in_words="words"):
        return record(flag, by=by, why=f"closed: {Because(because).label}")


def nobody(*, deadline, row, stage, on):
    """Something falls due and there is nobody to tell: a flag for the manager and the data officer. Once while open.

    Supplied to the worklist as its protocol `nobody`.
    """
    person, organisation = deadline.responsible(row)
    council = organisation.council if organisation else person.responsible_council if person else None
    owner = organisation or council
    subject = {"person": person} if person else subject_of(row)
    if owner is None or not subject:
        return None
    facts = {"kind": Kind.NOBODY_TO_TELL, "code": deadline.name, **subject}
    if Flag.objects.open().filter(**facts).exists():
        return None
    flag = Flag(**facts, owner_organisation=owner, council=council, found_on=on)
    return record(flag, by=None, why=f"nobody to tell ({stage})")


def subject_of(row):
    """A row without a person may belong to a carer, a placement or a household."""
    for name in ("placement", "carer", "household"):
        found = getattr(row, name, None)
        if found is not None:
            return {name: found}
    return {}


@transaction.atomic
def follow_the_funding(*, person, on, by):
    """Open flags about a person that a team answers for pass to the team that funds them. Returns how many."""
    team = funding_team(person, on)
    kind = Organisation.Kind.TEAM
    rows = Flag.objects.open().of_person(person).filter(owner_organisation__kind=kind)
    rows = rows.exclude(owner_organisation=team).order_by("pk")
    moved = list(rows.select_for_update(no_key=True, of=("self",))) if team else []
    for flag in moved:
        flag.owner_organisation, flag.council, flag.owner_user = team, team.council, None
        record(flag, by=by, why="another team funds the person")
    return len(moved)
