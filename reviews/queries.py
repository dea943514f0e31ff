"""Questions about reviews, asked by pages, actions and the floors above."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from careplans.queries import current_plan, signed_and_budgeted_on
from placements.models import Placement, PlacementAgreement
from risk.queries import incidents_between

from . import rules
from .codes import Standing
from .models import Participant, Review, ReviewAction, ReviewDue, ReviewPolicy


def policy_for(council, on):
    """The policy in force for a council on a day: its own newest version, else the shipped default. None if neither."""
    return ReviewPolicy.objects.in_force(council, on).first()


def open_dues(person):
    """What is still owed to a person, soonest first."""
    return ReviewDue.objects.open().filter(person=person).select_related("placement__scheme", "policy")


def last_held(person, before=None):
    """The last meeting that was held, or None."""
    held = Review.objects.held().filter(person=person)
    if before is not None:
        held = held.exclude(pk=before.pk)
    return held.order_by("-held_on").first()


def signed_for(due):
    """The day from which a meeting may meet this due: the sign-off of plan and budget; None while not signed."""
    return signed_and_budgeted_on(due.person)


@dataclass(frozen=True)
class Asked:
    """What one meeting has to answer before it can be closed. Rows are (key, label), keys are ids as text."""

    today: date
    reviewing_officer: bool
    carer: bool
    latest_next: Callable = field(repr=False)
    guests: tuple = ()
    independent: tuple = ()
    outcomes: tuple = ()
    requirements: tuple = ()
    incidents: tuple = ()
    earlier: tuple = ()


def asked_of(review, *, today, held_on=None):
    """Everything this meeting has to answer, read from the plan, the agreements, the incidents and the last meeting."""
    dues = [subject.due for subject in subjects_of(review)]
    placements = [due.placement for due in dues if due.placement_id]
    guests = list(review.participants.select_related("contact"))
    return Asked(
        today=today,
        reviewing_officer=review.by_reviewing_officer,
        carer=bool(placements) or Placement.objects.active().filter(person=review.person_id).exists(),
        latest_next=latest_next(dues),
        guests=keyed(guests, lambda row: row.name),
        independent=tuple(str(guest.pk) for guest in guests if guest.is_independent_support),
        outcomes=keyed(outcomes_to_rate(review, dues), lambda row: row.words),
        requirements=keyed(requirements_to_rate(placements), lambda row: row.words),
        incidents=keyed(incidents_to_consider(review, dues, held_on or today), str),
        earlier=keyed(earlier_actions(review), lambda row: row.words),
    )


def keyed(rows, label):
    return tuple((str(row.pk), label(row)) for row in rows)


def subjects_of(review):
    """What a meeting is about, with the dues."""
    rows = review.subjects.exclude(outcome="not_met")
    return list(rows.select_related("due__placement", "due__policy", "due__person"))


def latest_next(dues):
    """A function of the day of the meeting: the latest day on which the next one may be."""

    def latest(held_on):
        days = [rules.next_due_on(due.due_on, held_on, due.policy.interval_months) for due in dues]
        return min(days, default=rules.add_months(held_on, 12))

    return latest


def outcomes_to_rate(review, dues):
    """The outcomes of the signed plan, where the meeting is about the plan."""
    if not any(due.subject == ReviewDue.Subject.CARE_PLAN for due in dues):
        return []
    plan = current_plan(review.person)
    return list(plan.outcomes.all()) if plan else []


def requirements_to_rate(placements):
    """The requirements of the agreements in force, where the meeting is about placements."""
    agreements = PlacementAgreement.objects.in_force().filter(placement__in=[row.pk for row in placements])
    return [
        row
        for agreement in agreements.prefetch_related("requirements")
        for row in agreement.requirements.all()
    ]


def incidents_to_consider(review, dues, until):
    """Emergencies and incidents since the last meeting, else since what is reviewed began."""
    last = last_held(review.person, before=review)
    since = last.held_on if last else min((due.counted_from for due in dues), default=until)
    return list(incidents_between(review.person, since, until))


def earlier_actions(review):
    """Actions agreed at earlier meetings that no meeting has yet closed."""
    closed = [Standing.DONE, Standing.GAVE_UP]
    rows = ReviewAction.objects.filter(person=review.person_id).exclude(review=review)
    return list(rows.exclude(accounts__standing__in=closed))


def stop_list(review):
    """Those whom the person does not want there."""
    return review.participants.filter(wanted=Participant.Wanted.NO)
