"""The last review, held before the records came here: the next one is counted from it. Nothing is invented from before."""

from django.db import transaction
from django.utils import timezone

from people.queries import funding_team

from .. import rules
from ..models import ReviewDue
from .dues import let_go, open_due, policy_of


def last_round(person, held_on, due_on=None):
    """From which day the next review counts: the sooner of the day when the last one was due and the day it was held.

    Rounds that would count as missed by now are left out: they were before these records (precise: no missed
    review is invented). What is merely late stays late.
    """
    today = timezone.localdate()
    council = person.responsible_council
    team = funding_team(person, today)
    months = policy_of(team.council if team and team.council else council, today).interval_months
    return rules.round_running(min(due_on or held_on, held_on), months, today)


@transaction.atomic
def count_from_last(*, person, subject, held_on, by, placement=None, due_on=None, agreed_on=None):
    """Set the next due by a review that was held before the records came here. Returns the due.

    An open first due of the same subject is no longer owed: it was looked at, elsewhere. `due_on` is when that review
    had been due, where known; `agreed_on` a sooner date agreed at it for the next.
    """
    today = timezone.localdate()
    counted_from = last_round(person, held_on, due_on)
    same = ReviewDue.objects.open().filter(person=person, subject=subject, placement=placement)
    earlier = list(same.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    for due in earlier:
        why = f"looked at on {held_on:%-d %B %Y}, before this came on our records"
        let_go(due, on=today, why=why, by=by)
    team = funding_team(person, today) or (earlier[0].organisation if earlier else person.responsible_council)
    return open_due(
        person=person, organisation=team, subject=subject, placement=placement, on=today, counted_from=counted_from,
        agreed_on=agreed_on if agreed_on and agreed_on > counted_from else None, is_first=False, by=by,
    )  # fmt: skip
