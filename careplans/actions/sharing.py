"""Copies of plans for schemes, and their acknowledgement."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.actions import refuse_objected
from people.models import Involvement, Organisation
from people.queries import sharing_allowed
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import CarePlan, PlanShare, ShareOwed
from ..moments import HELD
from ..sections import BY_KEY


def check_involved(person, scheme):
    """Refuse to give a plan to a scheme that neither supports the person nor was sent a referral."""
    roles = (Involvement.Role.SUPPORTS, Involvement.Role.REFERRED)
    rows = Involvement.objects.current(timezone.localdate())
    if not rows.filter(person=person, organisation=scheme, role__in=roles).exists():
        raise rules.SHARE_WITH_INVOLVED.broken("scheme", scheme=scheme)


@transaction.atomic
def share_plan(*, plan, scheme, by, on=None, withheld=(), why_withheld=""):
    """Give the signed version that holds to a scheme; its acknowledgement falls due in the policy's days.

    Sections named in `withheld` are kept back, with a reason; the scheme sees that something is.
    """
    plan = lock(CarePlan, plan.pk)
    if not CarePlan.objects.latest_version().filter(pk=plan.pk).exists():
        raise rules.SHARE_SIGNED.broken()
    check_involved(plan.person, scheme)
    refuse_objected(person=plan.person, what="plan", with_whom=scheme, on=timezone.localdate())
    if plan.shares.filter(scheme=scheme).exists():
        raise rules.SHARED_ONCE.broken("scheme", scheme=scheme)
    on, council = on or timezone.localdate(), plan.organisation.council
    due_on = on + timedelta(days=queries.policy_for(council, on).acknowledge_days)
    share = PlanShare(
        plan=plan, person=plan.person, scheme=scheme, shared_by=by, shared_on=on, due_on=due_on,
        next_stage_on=first_stage_on("careplans.plan_acknowledgement", council=council, due_on=due_on),
        withheld=[key for key in BY_KEY if key in withheld], why_withheld=why_withheld.strip(),
    )  # fmt: skip
    with refusals(careplans_withheld_says_why="why_withheld"):
        record(share, by=by, why=f"given to {scheme}"[:100])
    for owed in ShareOwed.objects.waiting().filter(plan=plan, scheme=scheme):
        close_owed(owed, on, by, "given")
    return share


def owe_shares(plan, by):
    """Every scheme that supports the person, and to which they do not object, is to be given this version."""
    today = timezone.localdate()
    for scheme in supporting(plan.person, today):
        if sharing_allowed(plan.person, "plan", scheme, today).allowed:
            owe_share(ShareOwed(plan=plan, person=plan.person, scheme=scheme), by, "a version was signed")


def supporting(person, on):
    rows = Involvement.objects.current(on).filter(person=person, role=Involvement.Role.SUPPORTS)
    return Organisation.objects.filter(pk__in=rows.values("organisation")).order_by("pk")


def owe_share(owed, by, why):
    """A version is to be given to one scheme, in the policy's days from now."""
    today, council = timezone.localdate(), owed.plan.organisation.council
    owed.due_on = today + timedelta(days=queries.policy_for(council, today).share_days)
    owed.next_stage_on = first_stage_on("careplans.plan_to_share", council=council, due_on=owed.due_on)
    owed.closed_on = None
    return record(owed, by=by, why=why)


@transaction.atomic
def follow_decision(*, person, by):
    """The person spoke about sharing: a copy they refuse is owed no more, one they allow again is owed again."""
    today = timezone.localdate()
    plan = CarePlan.objects.latest_version().filter(person=person).first()
    if plan is None or person.date_of_death:
        return
    owed = {row.scheme_id: row for row in plan.shares_owed.select_for_update(no_key=True)}
    given = set(plan.shares.values_list("scheme", flat=True))
    for scheme in supporting(person, today):
        row = owed.get(scheme.pk) or ShareOwed(plan=plan, person=person, scheme=scheme)
        is_owed = not row._state.adding and row.closed_on is None
        allowed = sharing_allowed(person, "plan", scheme, today).allowed
        if is_owed and not allowed:
            close_owed(row, today, by, "the person objects")
        elif allowed and not is_owed and scheme.pk not in given:
            owe_share(row, by, "the person no longer objects")


def close_owed(owed, on, by, why):
    owed.closed_on, owed.next_stage_on = on, None
    record(owed, by=by, why=why)


@transaction.atomic
def acknowledge_plan(*, share, by):
    """Somebody of the scheme says: we hold this plan. A second acknowledgement changes nothing."""
    share = lock(PlanShare, share.pk)
    if share.acknowledged_at is not None:
        return share
    if share.scheme_id not in {membership.organisation_id for membership in by.current_memberships()}:
        scheme = Organisation.objects.get(pk=share.scheme_id)
        raise rules.ACKNOWLEDGED_BY_SCHEME.broken(scheme=scheme)
    share.acknowledged_by, share.acknowledged_at = by, timezone.now()
    share.next_stage_on = None
    record(share, by=by, why="acknowledged")
    HELD.happened(person=share.person, by=by)
    return share


def close_shares(plan, by, why):
    """No more reminders about copies of a version that no longer holds, given or still to be given."""
    for share in plan.shares.filter(next_stage_on__isnull=False).select_for_update(no_key=True):
        share.next_stage_on = None
        record(share, by=by, why=why)
    for owed in plan.shares_owed.filter(closed_on=None).select_for_update(no_key=True):
        close_owed(owed, timezone.localdate(), by, why)
