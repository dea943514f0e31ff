"""A review that cannot wait for its date: asked for, arranged, or not needed after all."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Person
from people.queries import funding_team
from risk.queries import own_organisation
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import rules
from ..models import ReviewDue, ReviewWanted
from ..queries import policy_for
from .dues import open_due, policy_of

WANTED = "reviews.review_wanted"


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
    owe_one(person, team, due_on, by)
    wanted = ReviewWanted(
        person=person, organisation=team, change=change, wanted_by=by, due_on=due_on,
        next_stage_on=first_stage_on(WANTED, council=council, due_on=due_on),
    )  # fmt: skip
    return record(wanted, by=by, why="a change that the scheme noticed")


@transaction.atomic
def ask_for_review(*, person, asked_by, reason, asked_on, by, asked_name=""):
    """Somebody asks for a review before its date: the person, a carer, a relative, the scheme, or somebody else.

    They are answered by the policy's days, then a meeting is arranged by the policy's days, both counted from the day
    on which they asked. `by` wrote it down; their organisation reads the answer. Returns the row.
    """
    person, today = lock(Person, person.pk), timezone.localdate()
    if asked_on > today:
        raise rules.ASKED_UNTIL_TODAY.broken("asked_on")
    team = funding_team(person, today) or person.responsible_council
    council = team.council or person.responsible_council
    policy = policy_of_request(council, asked_on)
    due_on = asked_on + timedelta(days=min(policy.answer_days, policy.wanted_days))
    owe_one(person, team, asked_on + timedelta(days=policy.wanted_days), by)
    wanted = ReviewWanted(
        person=person, organisation=team, taken_by=own_organisation(by, person), wanted_by=by, asked_by=asked_by,
        asked_name=asked_name.strip(), reason=reason.strip(), opened_on=asked_on, due_on=due_on,
        next_stage_on=first_stage_on(WANTED, council=council, due_on=due_on),
    )  # fmt: skip
    with refusals(reviews_wanted_says_who_asks_and_why="reason"):
        return record(wanted, by=by, why="asked for")


@transaction.atomic
def answer_request(*, wanted, answer, by, version=None):
    """Whoever asked is told what follows. From now on the row waits for a meeting, or for why none is needed."""
    wanted = lock(ReviewWanted, wanted.pk, version)
    if wanted.done_on is not None:
        raise rules.WANTED_IS_DONE.broken()
    if wanted.is_answered:
        raise rules.ANSWERED_IN_WORDS.broken()
    council = wanted.organisation.council or wanted.person.responsible_council
    wanted.acknowledged_on, wanted.acknowledged_by = timezone.localdate(), by
    wanted.answer = answer.strip()
    wanted.due_on = wanted.opened_on + timedelta(
        days=policy_of_request(council, wanted.opened_on).wanted_days
    )
    wanted.next_stage_on = first_stage_on(WANTED, council=council, due_on=wanted.due_on)
    with refusals(reviews_wanted_answered_in_words="answer"):
        return record(wanted, by=by, why="whoever asked was answered")


def policy_of_request(council, asked_on):
    """The policy of the day on which somebody asked; today's where that day is older than every policy."""
    return policy_for(council, asked_on) or policy_of(council, timezone.localdate())


def owe_one(person, team, on, by):
    """Where no review of a person is owed at all, one of the plan is opened for a day: so that a meeting has a subject."""
    today = timezone.localdate()
    if not ReviewDue.objects.open().filter(person=person).exists():
        open_due(
            person=person, organisation=team, subject=ReviewDue.Subject.CARE_PLAN, on=today, counted_from=min(today, on),
            agreed_on=on, is_first=False, by=by,
        )  # fmt: skip


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
