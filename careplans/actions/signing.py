"""Signatures, what makes a version final, and versions that should not be on the record."""

from django.db import transaction
from django.utils import timezone

from people import actions as people
from people.queries import authority_to_sign
from sharedlives.permissions import Role
from sharedlives.records.actions import lock, record, strike
from sharedlives.rules import refusals

from .. import queries, rules
from ..models import CarePlan, EnteredInError, SignOff, Supersession
from ..moments import SERVICE_ADDED, SIGNED_OFF
from .drafting import lock_draft
from .sharing import close_shares, owe_shares
from .wishes import open_change_for_smaller_package

AUTHORITY_LONGEST = SignOff._meta.get_field("authority_words").max_length


def check_ready(plan):
    """Refuse to sign a plan that leaves a section empty without a reason, or that has no outcome."""
    empty = [section for section in rules.empty_sections(plan) if not plan.not_yet.get(section.key)]
    if empty:
        raise rules.SECTION_OR_REASON.broken(titles=", ".join(section.title for section in empty))
    if not plan.outcomes.exists():
        raise rules.OUTCOME_NEEDED.broken()


@transaction.atomic
def sign_plan(
    *,
    plan,
    name,
    capacity,
    by,
    on=None,
    how=SignOff.How.HERE,
    before_whom="",
    representative=None,
    version=None,
):
    """Add one signature. The version is signed, and final, once both sides have: the person's and the council's.
    Where the council's policy wants a team manager's signature as well, that too.

    The person or a representative signs before `by`, a care manager or team manager signs as themselves.
    `representative` is the contact who signs for the person: their authority must be on our records on that day.
    Raises RuleBroken; Stale when the words changed after the page was opened.
    """
    plan = lock_draft(plan, version)
    on = on or timezone.localdate()
    if plan.state == CarePlan.State.SIGNED:
        raise rules.SIGNED_IS_FINAL.broken()
    check_ready(plan)
    if on > timezone.localdate():
        raise rules.NOT_BEFORE_DRAFT.broken("on")
    own = capacity in rules.COUNCIL_SIDE
    check_signatory(plan, name, capacity, by)
    sign_off = SignOff(
        plan=plan,
        name=name,
        user=by if own else None,
        capacity=capacity,
        how=how,
        before_whom=before_whom if own else before_whom or by.name,
        on=on,
    )
    if capacity == SignOff.Capacity.REPRESENTATIVE:
        rest_on_authority(sign_off, representative)
    fields = {
        "careplans_one_signature_per_capacity": "capacity",
        "careplans_signature_has_a_witness": "before_whom",
    }
    with refusals(**fields):
        record(sign_off, by=by, why=f"signed as {sign_off.get_capacity_display().lower()}")
    if not queries.signatures_lacking(plan):
        make_final(plan, by)
    return plan


def rest_on_authority(sign_off, contact):
    """A representative signs under their own name and by what is on our records. Raises RuleBroken."""
    fact = authority_to_sign(sign_off.plan.person, contact, sign_off.on)
    sign_off.name, sign_off.rests_on, sign_off.authority = contact.name, fact, fact.kind
    sign_off.authority_words = fact.in_words[:AUTHORITY_LONGEST]


def check_signatory(plan, name, capacity, by):
    """Nobody signs for the council but the care manager or team manager who is signed in."""
    if capacity not in rules.COUNCIL_SIDE:
        return
    roles = {membership.role for membership in by.current_memberships()}
    needed = {"care_manager": {Role.CARE_MANAGER, Role.TEAM_MANAGER}, "manager": {Role.TEAM_MANAGER}}[
        capacity
    ]
    if name.strip() != by.name or not roles & needed:
        raise rules.OWN_SIGNATURE.broken("name", name=name)


def make_final(plan, by):
    """Both sides have signed: the version is final, and takes the place of the one before it."""
    old = queries.current_plan(plan.person)
    plan.state = CarePlan.State.SIGNED
    plan.signed_on = max(sign_off.on for sign_off in plan.sign_offs.all())
    with refusals():
        record(plan, by=by, why="signed by both sides")
    if old is not None:
        why = plan.why_new or "newer version signed"
        record(Supersession(old=old, new=plan, why=why), by=by, why=why)
        close_shares(old, by, "a newer version was signed")
    owe_shares(plan, by)
    tell_signed_off(plan.person, by)
    tell_of_services(plan, old, by)
    open_change_for_smaller_package(plan, old, by)


def tell_of_services(plan, old, by):
    """Say to the floors above which services are new with this version."""
    before = list(old.services.all()) if old is not None else []
    for service in rules.new_services(before, list(plan.services.all()), plan.signed_on):
        SERVICE_ADDED.happened(person=plan.person, service=service.name, started_on=service.since, by=by)


def tell_signed_off(person, by):
    """Say so to the floors above once plan and budget are both signed off."""
    on = queries.signed_and_budgeted_on(person)
    if on is not None:
        SIGNED_OFF.happened(person=person, on=on, by=by)


@transaction.atomic
def withdraw_signatures(*, plan, why, by):
    """Take the signatures off a draft, so that its words may change again. They stay in the history, with the reason."""
    plan = lock(CarePlan, plan.pk)
    if plan.state == CarePlan.State.SIGNED:
        raise rules.SIGNED_IS_FINAL.broken()
    with refusals():
        for sign_off in plan.sign_offs.all():
            strike(sign_off, by=by, why=f"withdrawn: {why}")
    return plan


@transaction.atomic
def enter_in_error(*, plan, why, by):
    """Hide a version that should not be on this record. Returns the copies that were sent, to be recalled."""
    plan = lock(CarePlan, plan.pk)
    with refusals():
        record(EnteredInError(plan=plan, why=why.strip()), by=by, why="entered in error")
    close_shares(plan, by, "entered in error")
    shares = list(plan.shares.select_related("scheme"))
    people.recall_copies(
        person=plan.person, organisation=plan.organisation, record_id=plan.pk, what=str(plan),
        copies=[(str(share.scheme), share.shared_on) for share in shares], by=by,
    )  # fmt: skip
    return shares
