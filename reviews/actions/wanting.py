"""A review that cannot wait for its date: asked for, arranged, or not needed after all."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.queries import funding_team
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import rules
from ..models import ReviewDue, ReviewWanted
from .dues import open_due, policy_of


@transaction.atomic
def want_review_for_change(*, change, by):
    """The answer to a change that a scheme noticed is *a review before its time*: work to arrange one.

    Due dates do not move. Where no review of the care plan is owed at all, one is opened for that day.
    """
    if change.outcome != change.Outcome.REVIEW:
        return None
    person, today = change.person, timezone.localdate()
    team = funding_team(person, today) or person.responsible_council
    council = team.council or person.responsible_council
    due_on = today + timedelta(days=policy_of(council, today).wanted_days)
    if not ReviewDue.objects.open().filter(person=person).exists():
        open_due(
            person=person, organisation=team, subject=ReviewDue.Subject.CARE_PLAN, on=today, counted_from=today,
            agreed_on=due_on, is_first=False, by=by,
        )  # fmt: skip
    wanted = ReviewWanted(
        person=person, organisation=team, change=change, wanted_by=by, due_on=due_on,
        next_stage_on=first_stage_on("reviews.review_wanted", council=council, due_on=due_on),
    )  # fmt: skip
    return record(wanted, by=by, why="a change that the scheme noticed")


def arranged(review, by):
    """A meeting of the person is arranged: what was wanted sooner is in hand."""
    rows = ReviewWanted.objects.open().filter(person=review.person)
    for wanted in rows.order_by("pk").select_for_update(no_key=True, of=("self",)):
        wanted.done_on, wanted.review, wanted.next_stage_on = timezone.localdate(), review, None
        record(wanted, by=by, why="a meeting is arranged")


@transaction.atomic
def not_wanted(*, wanted, why_not, by, version=None):
    """No meeting is needed sooner after all, and why."""
    wanted = lock(ReviewWanted, wanted.pk, version)
    if wanted.done_on is not None:
        raise rules.WANTED_IS_DONE.broken()
    wanted.done_on, wanted.why_not, wanted.next_stage_on = timezone.localdate(), why_not.strip(), None
    with refusals(reviews_wanted_ends_with_a_meeting_or_why_not="why_not"):
        return record(wanted, by=by, why="not needed after all")
