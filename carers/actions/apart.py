"""Deciding who may not live together, looking at it again, and ending it."""

from django.db import transaction
from django.utils import timezone

from carers import rules
from carers.models import KeptApart
from people.models import Involvement, Person
from people.queries import funding_team
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

APART = "carers.kept_apart"  # the deadline


@transaction.atomic
def keep_apart(*, person, source, words, look_again_on, by, other=None):
    """From today a person may not live with another one, or with nobody else where no other is named.

    Raises RuleBroken: with themselves, decided already, without a reason, looked at again by today. Where they live
    together now nobody is moved: the sweep asks whoever decided to see to it.
    """
    today = timezone.localdate()
    if look_again_on <= today:
        raise rules.APART_LOOK_AHEAD.broken("look_again_on")
    for pk in sorted(one.pk for one in (person, other) if one):
        lock(Person, pk)
    organisation = deciding(person, by, today)
    row = KeptApart(
        person=person, other=other, organisation=organisation, source=source, words=words.strip(),
        decided_by=by, due_on=look_again_on,
        next_stage_on=first_stage_on(APART, council=organisation.council, due_on=look_again_on),
    )  # fmt: skip
    with refusals(
        carers_apart_from_somebody_else="reference",
        carers_apart_once="reference",
        carers_apart_for_a_reason="words",
    ):
        return record(row, by=by, why="kept apart")


def deciding(person, by, on):
    """The own organisation that funds or supports the person; else the team that funds them."""
    own = [membership.organisation_id for membership in by.current_memberships()]
    rows = Involvement.objects.current(on).filter(
        person=person, organisation__in=own, role__in=("funds", "co_funds", "supports")
    )
    mine = rows.select_related("organisation").order_by("role").first()
    return mine.organisation if mine else funding_team(person, on) or person.responsible_council


@transaction.atomic
def look_again_at_apart(*, row, words, look_again_on, by, version=None):
    """It was looked at and still holds: the words as they are now, and the next day to look. Raises RuleBroken."""
    row = still_apart(row, version)
    if look_again_on <= timezone.localdate():
        raise rules.APART_LOOK_AHEAD.broken("look_again_on")
    row.words, row.due_on = words.strip(), look_again_on
    row.next_stage_on = first_stage_on(APART, council=row.organisation.council, due_on=look_again_on)
    with refusals(carers_apart_for_a_reason="words"):
        return record(row, by=by, why="looked at again: it holds")


@transaction.atomic
def end_apart(*, row, why_ended, by, version=None):
    """They may live together from today on, and why. Raises RuleBroken when it has ended already."""
    row = still_apart(row, version)
    row.until, row.why_ended, row.next_stage_on = timezone.localdate(), why_ended.strip(), None
    with refusals(carers_apart_ended_with_date_and_reason="why_ended"):
        return record(row, by=by, why="may live together again")


def still_apart(row, version):
    row = lock(KeptApart.objects.select_related("organisation__council"), row.pk, version)
    if row.until is not None:
        raise rules.APART_ENDED.broken(on=row.until)
    return row
