"""Opening and ending a scheme's sight of a person, as referrals and placements come and go."""

from people import actions as people
from people.models import Involvement

from ..models import Placement, ReferralScheme


def open_referred(*, person, scheme, on, by):
    """The scheme sees the pack that it was sent. Nothing to open where it has been sent another referral."""
    current = Involvement.objects.current(on).filter(
        person=person, organisation=scheme, role=Involvement.Role.REFERRED
    )
    if not current.exists():
        people.involve(person=person, organisation=scheme, role=Involvement.Role.REFERRED, since=on, by=by)


def end_referred(*, person, scheme, on, by, why):
    """The scheme sees the pack no more, unless another referral of this person is open with it."""
    others = ReferralScheme.objects.filter(referral__person=person, scheme=scheme, closed_on=None)
    if others.exists():
        return
    rows = Involvement.objects.current(on).filter(
        person=person, organisation=scheme, role=Involvement.Role.REFERRED
    )
    for row in rows:
        people.end_involvement(involvement=row, on=on, by=by, why=why)


def open_supports(*, person, scheme, on, by):
    """The scheme supports the person from a day. Its worker is the one of the earlier involvement, else `by`."""
    since = Involvement.objects.filter(person=person, organisation=scheme, role=Involvement.Role.SUPPORTS)
    current = since.current(on).first()
    if current is not None:
        return current
    return people.involve(
        person=person,
        organisation=scheme,
        role=Involvement.Role.SUPPORTS,
        worker=worker(scheme, by),
        since=on,
        by=by,
    )


def worker(scheme, by):
    """The one who acts, when they work for the scheme; else nobody yet, and the manager is told."""
    return by if any(m.organisation_id == scheme.pk for m in by.current_memberships()) else None


def end_supports(*, person, scheme, on, by):
    """The scheme no longer supports the person, unless another placement of it runs or is agreed."""
    if Placement.objects.not_ended().filter(person=person, scheme=scheme).exists():
        return
    rows = Involvement.objects.filter(
        person=person, organisation=scheme, role=Involvement.Role.SUPPORTS, until=None
    )
    for row in rows:
        people.end_involvement(involvement=row, on=on, by=by, why="the placement ended")
