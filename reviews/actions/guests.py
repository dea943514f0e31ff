"""Who is at the meeting: whom the person wants and does not want is asked before anybody is invited."""

from django.db import transaction
from django.utils import timezone

from people.actions import refuse_objected
from people.models import Organisation
from people.queries import sharing_allowed
from sharedlives.records.actions import lock, record
from sharedlives.rules import RuleBroken, all_at_once, refusals

from .. import rules
from ..codes import GuestRole
from ..models import Participant, Review

Wanted = Participant.Wanted


def propose(review, *, name, role, by, **facts):
    """Put somebody on the list of a meeting, not yet invited. Whoever is there already stays as they are."""
    there = review.participants.filter(name=name, role=role).first()
    if there is not None:
        return there
    return record(Participant(review=review, name=name, role=role, **facts), by=by, why="proposed")


@transaction.atomic
def add_guest(*, review, by, version=None, **facts):
    """Put somebody on the list of a meeting: name, role, the contact or user they are."""
    review = lock(Review, review.pk, version)
    if not review.is_scheduled:
        raise rules.NOT_OPEN.broken()
    return propose(review, by=by, **facts)


@transaction.atomic
def set_guests(*, review, asked_on, asked_how, guests, by, version=None):
    """Write down whom the person wants there, and invite. `guests` is {id: {wanted, invite, why_differs, format}}.

    Refuses with everything that is missing at once: not asked, a wish not followed without a reason, somebody with
    whom the person does not want their review shared.
    """
    review = lock(Review, review.pk, version)
    if not review.is_scheduled:
        raise rules.NOT_OPEN.broken()
    rows = {str(row.pk): row for row in review.participants.select_related("organisation", "contact")}
    chosen = [(rows[key], choice) for key, choice in guests.items() if key in rows]
    all_at_once([*refused(chosen, asked_on, asked_how), *objected(review.person, chosen)])
    review.asked_on, review.asked_how = asked_on, asked_how.strip()
    record(review, by=by, why="asked whom the person wants there")
    for row, choice in chosen:
        change(row, choice, by)
    return review


def refused(chosen, asked_on, asked_how):
    """Every refusal of a list of guests."""
    invited = [row for row, choice in chosen if choice["invite"] and row.role != GuestRole.PERSON]
    if invited and not (asked_on and asked_how.strip() and asked_on <= timezone.localdate()):
        yield rules.ASKED_FIRST.broken()
    for row, choice in chosen:
        unwanted = choice["wanted"] == Wanted.NO and choice["invite"]
        left_out = choice["wanted"] == Wanted.YES and not choice["invite"]
        if (unwanted or left_out) and not choice["why_differs"].strip():
            wanted = "wanted there, but invited" if unwanted else "invited, but wanted there"
            yield rules.WISHES_FOLLOWED.broken(name=row.name, wanted=wanted)


def objected(person, chosen):
    """A refusal for everybody newly invited to whom the person objects."""
    for row, choice in chosen:
        if choice["invite"] and row.invited_on is None and not may_share_with(person, row):
            try:
                refuse_objected(person=person, what="review", with_whom=whom(row), on=timezone.localdate())
            except RuleBroken as refusal:
                yield refusal


def may_share_with(person, guest):
    """Whether a review may be shared with a guest: the person themself, and their council, are not asked about."""
    if guest.role == GuestRole.PERSON or is_of_council(guest):
        return True
    return sharing_allowed(person, "review", whom(guest), timezone.localdate()).allowed


def is_of_council(guest):
    own = (Organisation.Kind.COUNCIL, Organisation.Kind.TEAM)
    return guest.role == GuestRole.CARE_MANAGER or (guest.organisation and guest.organisation.kind in own)


def whom(guest):
    """Whose the decision is: the contact, the scheme (a carer counts as theirs), or None for anybody else."""
    return guest.contact or guest.organisation


def change(row, choice, by):
    row.wanted, row.format = choice["wanted"], choice["format"]
    row.why_differs = choice["why_differs"].strip()
    if choice["invite"]:
        row.invited_on = row.invited_on or timezone.localdate()
    else:
        row.invited_on = None
    with refusals():
        record(row, by=by, why="invited" if choice["invite"] else "not invited")
