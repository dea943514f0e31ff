"""The three answers, and each side agreeing to them."""

from django.db import transaction
from django.utils import timezone

from people.access import can
from people.models import Person
from sharedlives.permissions import Permission
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .. import queries, rules
from ..models import ResponsibilityAgreement
from ..moments import SETTLED
from .owner import owner


def side_of(agreement, by):
    """For which side somebody may agree: `team`, `scheme` or None. Cover counts: it sees what the absent one sees."""
    own = {membership.organisation_id for membership in by.current_memberships()}
    if agreement.scheme_id in own:
        return "scheme"
    if agreement.team_id in own or can(by, Permission.RISK_WRITE, agreement.person):
        return "team"
    return None


@transaction.atomic
def draft_responsibilities(*, person, scheme, joint_needed, joint_words, carer_risk_words, change_words, by):
    """Write the three answers, or change those that wait. Whoever had agreed to other words is asked again."""
    lock(Person, person.pk)
    check_involved(person, scheme)
    team = owner(person, by)
    agreement = queries.responsibilities_open(person, scheme) or ResponsibilityAgreement(
        person=person, scheme=scheme, team=team
    )
    answers = (joint_words.strip(), carer_risk_words.strip(), change_words.strip())
    agreement.joint_needed = joint_needed
    agreement.joint_words, agreement.carer_risk_words, agreement.change_words = answers
    agreement.agreed_by_team = agreement.agreed_by_scheme = None
    agreement.agreed_by_team_on = agreement.agreed_by_scheme_on = None
    with refusals():
        return record(agreement, by=by, why="three answers written")


def check_involved(person, scheme):
    if not queries.schemes_involved(person).filter(pk=scheme.pk).exists():
        raise rules.INVOLVED_SCHEME.broken("scheme", scheme=scheme)


@transaction.atomic
def agree_responsibilities(*, agreement, side, by, version=None, on=None):
    """One side agrees to the three answers. `side` is team or scheme. Raises Stale when the words changed since."""
    agreement = lock(ResponsibilityAgreement, agreement.pk, version)
    if agreement.is_agreed:
        raise rules.AGREED_IS_FINAL.broken()
    if side_of(agreement, by) != side:
        raise rules.OWN_SIDE.broken(organisation=getattr(agreement, side))
    setattr(agreement, f"agreed_by_{side}", by)
    setattr(agreement, f"agreed_by_{side}_on", on or timezone.localdate())
    with refusals():
        record(agreement, by=by, why=f"agreed by the {side}")
    if agreement.is_agreed:
        SETTLED.happened(person=agreement.person, by=by)
    return agreement
