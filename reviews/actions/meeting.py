"""Arranging a meeting. Booking never moves a due date."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.actions import end_involvement, involve
from people.models import Involvement
from people.queries import funding_team, supports_involvement
from placements.models import Placement
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .. import rules
from ..codes import Format, GuestRole, ReviewerRole
from ..models import Participant, Review, ReviewDue, ReviewSubject
from .guests import propose
from .wanting import arranged

HOLDS_AT_MOST = timedelta(
    days=183
)  # sight of a reviewing officer whose record is never sent ends all the same
SIGHT_AFTER_RECORD = timedelta(days=28)

PREFERRED = (Format.EASY_READ, Format.LARGE_PRINT, Format.PLAIN_TEXT)


@transaction.atomic
def schedule(
    *, dues, planned_on, place, reviewer, by, planned_at=None, reviewer_role=ReviewerRole.CARE_MANAGER,
    why_not_care_manager="", known_since="", why_late="", kind=Review.Kind.ANNUAL, version=None,
):  # fmt: skip
    """Arrange one meeting about one or more open dues of one person.

    After the due date it needs a reason, and will count as late. A reviewing officer gets sight of the person.
    """
    dues = lock_open(dues, version)
    person, first = dues[0].person, dues[0]
    check(dues, planned_on, why_late)
    if any(due.is_first for due in dues) and kind == Review.Kind.ANNUAL:
        kind = Review.Kind.FIRST
    review = Review(
        person=person,
        organisation=funding_team(person, timezone.localdate()) or first.organisation,
        kind=kind,
        planned_on=planned_on,
        planned_at=planned_at,
        place=place.strip(),
        why_late=why_late.strip(),
        reviewer=reviewer,
        reviewer_role=reviewer_role,
        why_not_care_manager=why_not_care_manager.strip(),
        known_since=known_since.strip(),
    )
    with refusals(reviews_reason_when_not_the_care_manager="why_not_care_manager"):
        record(review, by=by, why="arranged")
    for due in dues:
        with refusals():
            record(ReviewSubject(review=review, due=due), by=by, why="to be looked at")
    propose_guests(review, dues, by)
    arranged(review, by)
    if review.by_reviewing_officer:
        give_sight(review, by)
    return review


def lock_open(dues, version):
    """The dues, locked in one order; refuses what is closed already or belongs to different people."""
    rows = ReviewDue.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "person", "policy", "organisation"
    )
    locked = list(rows.filter(pk__in=[due.pk for due in dues]).order_by("pk"))
    if len(dues) == 1:
        lock(ReviewDue, dues[0].pk, version)
    if not locked or any(due.state != ReviewDue.State.OPEN for due in locked):
        raise rules.CLOSED_STAYS_CLOSED.broken()
    if len({due.person_id for due in locked}) > 1:
        raise ValueError("One meeting is about one person")
    return sorted(locked, key=lambda due: due.due_on)


def check(dues, planned_on, why_late):
    window = min(due.policy.window_days for due in dues)
    if not rules.may_share([due.due_on for due in dues], planned_on, window):
        raise rules.WINDOW.broken("dues", days=window)
    late = dues[0].due_on
    if planned_on > late and not why_late.strip():
        raise rules.LATE_NEEDS_REASON.broken("why_late", planned=in_words(planned_on), due=in_words(late))


def in_words(day):
    return f"{day.day} {day:%B %Y}"


def format_for(person):
    """The format of the person's own copy: what they need now; easy read comes before the size of print."""
    needs = person.communication_needs.filter(until=None).values_list("format", flat=True)
    return next((form for form in PREFERRED if form in needs), Format.STANDARD)


def propose_guests(review, dues, by):
    """The person, the carers and schemes of what is reviewed, and the person's own people."""
    person = review.person
    propose(
        review, name=person.known_as, role=GuestRole.PERSON, wanted=Participant.Wanted.YES, by=by,
        format=format_for(person), invited_on=timezone.localdate(),
    )  # fmt: skip
    for placement in homes_of(person, dues):
        propose(
            review, name=placement.carer.known_as, role=GuestRole.CARER, organisation=placement.scheme, by=by
        )
        scheme = supports_involvement(person, placement.scheme, timezone.localdate())
        worker = scheme.worker if scheme else None
        propose(
            review, name=worker.name if worker else str(placement.scheme), role=GuestRole.SCHEME_WORKER,
            user=worker, organisation=placement.scheme, by=by,
        )  # fmt: skip
    for contact in person.contacts.filter(until=None):
        propose(review, name=contact.name, role=contact.kind, contact=contact, by=by)


def homes_of(person, dues):
    """The placements that are reviewed; and with a plan, which is about the whole life, every one that runs."""
    named = [due.placement_id for due in dues if due.placement_id]
    placements = Placement.objects.filter(person=person).select_related("carer", "scheme")
    if len(named) < len(dues):
        return placements.active() | placements.filter(pk__in=named)
    return placements.filter(pk__in=named)


@transaction.atomic
def assign_reviewing_officer(*, review, officer, why_not_care_manager, by, version=None):
    """A reviewing officer holds the review instead: with the reason, and with sight of the person from now on."""
    review = lock(Review, review.pk, version)
    if not review.is_scheduled:
        raise rules.NOT_OPEN.broken()
    take_sight(review, timezone.localdate(), by)
    review.reviewer, review.reviewer_role = officer, ReviewerRole.REVIEWING_OFFICER
    review.why_not_care_manager = why_not_care_manager.strip()
    with refusals(reviews_reason_when_not_the_care_manager="why_not_care_manager"):
        record(review, by=by, why="reviewing officer assigned")
    give_sight(review, by)
    return review


def give_sight(review, by):
    """From assignment until 28 days after the record is sent; for as long as it is not, half a year at most."""
    today = timezone.localdate()
    return involve(
        person=review.person,
        organisation=review.organisation,
        role=Involvement.Role.HOLDS_REVIEW,
        worker=review.reviewer,
        since=today,
        until=max(today, review.planned_on) + HOLDS_AT_MOST,
        by=by,
    )


def take_sight(review, on, by):
    """The reviewing officer's sight of this person ends on a day, unless another meeting is theirs to hold."""
    others = (
        Review.objects.scheduled()
        .filter(person=review.person, reviewer=review.reviewer)
        .exclude(pk=review.pk)
    )
    if others.exists():
        return
    rows = Involvement.objects.filter(
        person=review.person, role=Involvement.Role.HOLDS_REVIEW, worker=review.reviewer, until__gt=on
    )
    for row in rows:
        end_involvement(involvement=row, on=on, by=by, why="review over")


@transaction.atomic
def cancel(*, review, because, words, by, version=None):
    """The meeting did not take place. What it was to meet stays open, with the dates it had."""
    review = lock(Review, review.pk, version)
    if not review.is_scheduled:
        raise rules.NOT_OPEN.broken()
    review.state = Review.State.CANCELLED
    review.cancelled_because, review.cancelled_words = because, words.strip()[:300]
    record(review, by=by, why="did not take place")
    for subject in review.subjects.filter(outcome=ReviewSubject.Outcome.PLANNED):
        subject.outcome = ReviewSubject.Outcome.NOT_MET
        record(subject, by=by, why="the meeting did not take place")
    if review.by_reviewing_officer:
        take_sight(review, timezone.localdate(), by)
    return review
