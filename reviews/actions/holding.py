"""Holding a review: nothing is closed until everything that a review owes the person is there."""

from django.db import transaction
from django.utils import timezone

from careplans.actions import draft_plan
from careplans.queries import draft_of
from placements.actions import renew_agreement
from placements.models import Placement
from sharedlives.records.actions import drop_draft, lock, record
from sharedlives.records.rules import very_like_explained
from sharedlives.rules import ENGLAND, all_at_once, refusals
from sharedlives.worklist.deadlines import first_stage_on
from sharedlives.worklist.workdays import working_days_after

from .. import rules
from ..codes import Standing
from ..missing import actions_of, changes_of, missing
from ..models import (
    ActionAccount,
    AgreedChange,
    IncidentConsidered,
    OutcomeRating,
    RecordOwed,
    RequirementRating,
    Review,
    ReviewAction,
    ReviewDue,
    ReviewSubject,
)
from ..queries import against_the_last, asked_of, signed_for
from .dues import meet

DRAFT = "reviews.hold"
TEXTS = (
    "method", "seen_where", "seen_how", "advocate_refused", "refusal_capacity", "persons_views", "how_views_counted",
    "carers_views", "s27_impact", "s27_outcomes", "s27_contribution", "s27_needs", "persons_preference",
    "options_explained", "options_format", "outcome", "why_as_now", "decisions", "next_due_why", "return_reason",
    "return_method", "return_achieved", "return_outcome",
)  # fmt: skip
DATES = ("held_on", "seen_on", "next_due_on")


@transaction.atomic
def hold(*, review, answers, by, why_alike="", version=None):
    """Close a meeting with its answers (a flat dictionary, as the draft keeps it: `reviews/sections.py`).

    Refuses with everything that is missing at once, and what is very like last time without a reason. Closes exactly the dues it covered, opens the next ones, and
    owes the record to everyone who took part. Returns the review.
    """
    review = lock(Review, review.pk, version)
    if not review.is_scheduled:
        raise rules.NOT_OPEN.broken()
    asked = asked_of(review, today=timezone.localdate(), held_on=rules.as_date(answers.get("held_on")))
    all_at_once(refusal for _section, refusal in missing(answers, asked))
    compare(review, answers, why_alike)
    mark_who_came(review, answers, by)
    rate(review, asked, answers, by)
    agree_changes(review, answers, by)
    fill(review, answers)
    with refusals():
        record(review, by=by, why="held")
    promise(review, answers, by)
    account(review, asked, answers, by)
    meet_dues(review, by)
    owe_record(review, by)
    drop_draft(user=by, form=DRAFT, object_id=review.pk)
    return review


def compare(review, answers, why):
    """Hold what was said against the last review. Raises RuleBroken where it is very like it and nobody says why."""
    found = against_the_last(review, as_said(answers))
    very_like_explained(found, why, "why_alike")
    review.likeness, review.why_alike = found.percent, why.strip()


def as_said(answers):
    """A review with these answers, as it would be written down; not to be saved."""
    review = Review()
    fill(review, answers)
    return review


def fill(review, answers):
    for name in TEXTS:
        setattr(review, name, rules.words(answers, name))
    for name in DATES:
        setattr(review, name, rules.as_date(answers.get(name)))
    review.state = Review.State.HELD


def mark_who_came(review, answers, by):
    for guest in review.participants.all():
        guest.attended = answers.get(f"attended-{guest.pk}") == "yes"
        record(guest, by=by, why="was there" if guest.attended else "was not there")


def rate(review, asked, answers, by):
    """The ratings are rows of the record, so they are written while it may still be written."""
    for key, _label in asked.outcomes:
        row = OutcomeRating(review=review, outcome_id=key, **rating(answers, f"outcome-{key}"))
        record(row, by=by, why="rated")
    for key, _label in asked.requirements:
        row = RequirementRating(review=review, requirement_id=key, **rating(answers, f"requirement-{key}"))
        record(row, by=by, why="rated")
    for key, _label in asked.incidents:
        said = rules.words(answers, f"incident-{key}-words")
        record(IncidentConsidered(review=review, incident_id=key, words=said), by=by, why="considered")
    for key, _label in asked.earlier:
        standing = rating(answers, f"earlier-{key}")
        row = ActionAccount(
            review=review, action_id=key, standing=standing["rating"], words=standing["words"]
        )
        record(row, by=by, why="accounted for")


def agree_changes(review, answers, by):
    """Each change becomes work at once: a draft version of what it changes, opened now unless one is open already."""
    held_on = rules.as_date(answers.get("held_on"))
    why = f"Agreed at the review of {held_on.day} {held_on:%B %Y}"
    for number, (said, agreed_by, of) in enumerate(changes_of(answers), 1):
        change = AgreedChange(review=review, number=number, words=said, agreed_by=agreed_by)
        if of == "plan":
            change.plan = draft_of(review.person) or draft_plan(person=review.person, why_new=why, by=by)
        else:
            change.placement = Placement.objects.get(pk=of, person=review.person)
            change.agreement = renew_agreement(placement=change.placement, by=by)
        record(change, by=by, why="agreed at the review")


def rating(answers, prefix):
    return {"rating": answers[f"{prefix}-rating"], "words": rules.words(answers, f"{prefix}-words")}


def account(review, asked, answers, by):
    """What was done or given up needs no reminder any more."""
    rows = ReviewAction.objects.filter(pk__in=[key for key, _label in asked.earlier]).order_by("pk")
    for action in rows.select_for_update(no_key=True, of=("self",)):
        standing = rating(answers, f"earlier-{action.pk}")
        if not action.is_open or standing["rating"] == Standing.GOES_ON:
            continue
        if standing["rating"] == Standing.DONE:
            action.done_on = review.held_on
        else:
            action.gave_up_because = standing["words"]
        action.next_stage_on = None
        record(action, by=by, why="accounted for at a review")


def promise(review, answers, by):
    """The new actions, each with its owner. An owner who works here is found by name among those at the meeting."""
    users = {
        guest.name: guest.user for guest in review.participants.exclude(user=None).select_related("user")
    }
    users[review.reviewer.name] = review.reviewer
    council = review.organisation.council
    for said, owner, due_on in actions_of(answers):
        action = ReviewAction(
            review=review,
            person=review.person,
            organisation=review.organisation,
            words=said,
            owner_name=owner[:120],
            owner=users.get(owner),
            due_on=due_on,
            next_stage_on=first_stage_on("reviews.review_action", council=council, due_on=due_on),
        )
        with refusals():
            record(action, by=by, why="agreed at the review")


def meet_dues(review, by):
    """Close exactly the dues that were covered. Before the sign-off of plan and budget a meeting meets nothing yet."""
    subjects = (
        review.subjects.filter(outcome=ReviewSubject.Outcome.PLANNED).select_related("due").order_by("due_id")
    )
    for subject in subjects:
        due = lock(ReviewDue, subject.due_id)
        signed_on = signed_for(due)
        if signed_on is None:
            subject.outcome = ReviewSubject.Outcome.AWAITING
        else:
            # Later rounds: the plan was signed long ago, perhaps anew since. Only a first review can come too early.
            on = rules.met_on(review.held_on, signed_on) if due.is_first else review.held_on
            subject.outcome = meet(due, on=on, held_on=review.held_on, agreed_on=review.next_due_on, by=by)
        record(subject, by=by, why="held")


def owe_record(review, by):
    """The record must reach everyone who took part, within the policy's working days."""
    subject = review.subjects.select_related("due__policy").first()
    days = subject.due.policy.record_days if subject else 10
    council = review.organisation.council
    nation = council.nation if council else ENGLAND
    due_on = working_days_after(review.held_on, days, nation)
    owed = RecordOwed(
        review=review,
        person=review.person,
        organisation=review.organisation,
        due_on=due_on,
        next_stage_on=first_stage_on("reviews.record_to_send", council=council, due_on=due_on),
    )
    record(owed, by=by, why="review held")
