"""Everything that can happen to assessments, care plans, budgets and their copies."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Involvement, Organisation, Person
from people.queries import funding_team
from sharedlives.permissions import Role
from sharedlives.records.actions import drop_draft, lock, record, strike
from sharedlives.rules import Stale, refusals
from sharedlives.worklist.deadlines import first_stage_on

from . import queries, rules
from .models import (
    Assessment,
    CarePlan,
    EnteredInError,
    Outcome,
    PersonalBudget,
    PlanShare,
    SignOff,
    Supersession,
)
from .moments import SIGNED_OFF
from .sections import OUTCOMES, SECTIONS

DRAFT = "careplans.plan"  # the name of the long form among a user's server-side drafts


def owner(person, by):
    """The team that owns a new row: the one that funds the person, else the council team of who writes it."""
    team = funding_team(person, timezone.localdate())
    if team is not None:
        return team
    return next(m.organisation for m in by.current_memberships())


# -- Assessment -------------------------------------------------------------------------------------


def check_assessment(assessment):
    """Refuse a complete assessment that leaves out what practice asks for. A draft may be unfinished."""
    if assessment.state != Assessment.State.COMPLETE:
        return
    alone = assessment.kind != Assessment.Kind.JOINT
    if (
        assessment.complexity == Assessment.Complexity.COMPLEX
        and alone
        and not assessment.why_not_joint.strip()
    ):
        raise rules.COMPLEX_IS_JOINT.broken("why_not_joint")
    if not assessment.explained_shared_lives and not assessment.why_not_explained.strip():
        raise rules.EXPLAINED_OR_WHY.broken("why_not_explained")


@transaction.atomic
def assess(*, person, by, state=Assessment.State.COMPLETE, done_on=None, assessor=None, **facts):
    """Record an assessment of a person's needs, complete or as a draft. Raises RuleBroken beside the field."""
    assessment = Assessment(
        person=person,
        organisation=owner(person, by),
        state=state,
        done_on=done_on or timezone.localdate(),
        assessor=assessor or by,
        **facts,
    )
    check_assessment(assessment)
    with refusals(careplans_complex_is_joint_or_says_why="why_not_joint"):
        return record(assessment, by=by, why=f"assessment, {assessment.get_state_display().lower()}")


@transaction.atomic
def amend_assessment(*, assessment, by, version=None, **facts):
    """Go on with a draft assessment. A complete one no longer changes. Raises Stale or RuleBroken."""
    assessment = lock(Assessment, assessment.pk, version)
    if assessment.state == Assessment.State.COMPLETE:
        raise rules.ASSESSMENT_COMPLETE.broken()
    for name, value in facts.items():
        setattr(assessment, name, value)
    check_assessment(assessment)
    with refusals(careplans_complex_is_joint_or_says_why="why_not_joint"):
        return record(assessment, by=by, why="assessment changed")


# -- Plan versions ----------------------------------------------------------------------------------


@transaction.atomic
def draft_plan(*, person, by, why_new=""):
    """Begin a version of the plan: the first is empty, a later one copies the last one's words and outcomes.

    A later one says why. Raises RuleBroken while another draft is open.
    """
    lock(Person, person.pk)  # two who begin at once: the second finds the first one's draft
    last = queries.current_plan(person)
    if queries.draft_of(person) is not None:
        raise rules.ONE_DRAFT.broken()
    if last is not None and not why_new.strip():
        raise rules.WHY_NEW.broken("why_new")
    plan = CarePlan(
        person=person,
        organisation=owner(person, by),
        number=next_number(person),
        drafted_by=by,
        why_new=why_new.strip(),
    )
    if last is not None:
        for section in SECTIONS:
            setattr(plan, section.key, getattr(last, section.key))
        plan.not_yet = last.not_yet
    with refusals():
        record(plan, by=by, why=why_new or "first version begun")
    if last is not None:
        write_outcomes(plan, [outcome.words for outcome in last.outcomes.all()], by)
    return plan


def next_number(person):
    """The number after the highest one, versions entered in error included: a number is never used twice."""
    newest = CarePlan.objects.filter(person=person).order_by("-number").first()
    return newest.number + 1 if newest else 1


def write_outcomes(plan, words, by):
    """Make the outcomes of a draft read as these words, in this order."""
    wanted = [text.strip() for text in words if text.strip()]
    kept = {outcome.number: outcome for outcome in plan.outcomes.all()}
    with refusals():
        for number, text in enumerate(wanted, start=1):
            outcome = kept.pop(number, None) or Outcome(plan=plan, number=number)
            if outcome.words != text:
                outcome.words = text
                record(outcome, by=by, why="outcome written")
        for outcome in kept.values():
            strike(outcome, by=by, why="outcome taken out of the draft")


@transaction.atomic
def amend_draft(*, plan, by, version=None, outcomes=None, not_yet=None, **sections):
    """Put what was typed into a draft. Raises Stale, field by field, when a colleague saved meanwhile."""
    plan = lock_draft(plan, version)
    for key, words in sections.items():
        setattr(plan, key, words)
    if not_yet is not None:
        plan.not_yet = {key: why for key, why in (plan.not_yet | not_yet).items() if why}
    plan.not_yet = {key: why for key, why in plan.not_yet.items() if not getattr(plan, key).strip()}
    if outcomes is not None:
        write_outcomes(plan, outcomes, by)
    with refusals():
        record(plan, by=by, why="draft changed")
    drop_draft(user=by, form=DRAFT, object_id=plan.pk)
    return plan


def lock_draft(plan, version):
    """Lock a plan; a newer one than `version` is told field by field, its outcomes too."""
    try:
        return lock(CarePlan, plan.pk, version)
    except Stale as stale:
        changes = [change for change in stale.changes if change["was"] != change["now"]]
        raise Stale([*changes, *outcome_changes(plan, version)]) from None


def outcome_changes(plan, version):
    """What changed in the outcomes since a version of the draft was saved, as Stale wants it."""
    old = plan.history.filter(version=version).order_by("-history_date").first()
    if old is None:
        return []
    earlier = Outcome.history.as_of(old.history_date).filter(plan=plan).order_by("number")
    was = "; ".join(outcome.words for outcome in earlier)
    now = "; ".join(outcome.words for outcome in Outcome.objects.filter(plan=plan))
    return [{"field": OUTCOMES, "was": was, "now": now}] if was != now else []


# -- Signing ----------------------------------------------------------------------------------------


def check_ready(plan):
    """Refuse to sign a plan that leaves a section empty without a reason, or that has no outcome."""
    empty = [section for section in rules.empty_sections(plan) if not plan.not_yet.get(section.key)]
    if empty:
        raise rules.SECTION_OR_REASON.broken(titles=", ".join(section.title for section in empty))
    if not plan.outcomes.exists():
        raise rules.OUTCOME_NEEDED.broken()


@transaction.atomic
def sign_plan(
    *, plan, name, capacity, by, on=None, how=SignOff.How.HERE, before_whom="", authority="", version=None
):
    """Add one signature. The version is signed, and final, once both sides have: the person's and the council's.

    The person or a representative signs before `by`, a care manager or team manager signs as themselves.
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
        authority=authority,
        how=how,
        before_whom=before_whom if own else before_whom or by.name,
        on=on,
    )
    fields = {
        "careplans_representative_has_authority": "authority",
        "careplans_one_signature_per_capacity": "capacity",
        "careplans_signature_has_a_witness": "before_whom",
    }
    with refusals(**fields):
        record(sign_off, by=by, why=f"signed as {sign_off.get_capacity_display().lower()}")
    if all(queries.signatures(plan).values()):
        make_final(plan, by)
    return plan


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
    tell_signed_off(plan.person, by)


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
    return list(plan.shares.select_related("scheme"))


# -- Budget -----------------------------------------------------------------------------------------


@transaction.atomic
def set_budget(*, person, weekly_pounds, since, by, signed_off_on=None):
    """The budget from a day on, in pounds a week. The one before ends that day; the same day corrects it."""
    lock(Person, person.pk)
    current = PersonalBudget.objects.filter(person=person).order_by("-since").first()
    if current is not None and current.since > since:
        raise rules.BUDGET_ORDER.broken("since", since=f"{current.since:%-d %B %Y}")
    if current is not None and current.since < since:
        current.until = since
        record(current, by=by, why="another budget follows")
        current = None
    budget = current or PersonalBudget(person=person, organisation=owner(person, by), since=since)
    budget.weekly_pounds = weekly_pounds
    budget.signed_off_on = signed_off_on
    budget.signed_off_by = by if signed_off_on else None
    with refusals(careplans_one_budget_at_a_time="since"):
        record(budget, by=by, why="budget signed off" if signed_off_on else "budget set")
    if signed_off_on:
        tell_signed_off(person, by)
    return budget


# -- Sharing ----------------------------------------------------------------------------------------


def check_involved(person, scheme):
    """Refuse to give a plan to a scheme that neither supports the person nor was sent a referral."""
    roles = (Involvement.Role.SUPPORTS, Involvement.Role.REFERRED)
    rows = Involvement.objects.current(timezone.localdate())
    if not rows.filter(person=person, organisation=scheme, role__in=roles).exists():
        raise rules.SHARE_WITH_INVOLVED.broken("scheme", scheme=scheme)


@transaction.atomic
def share_plan(*, plan, scheme, by, on=None):
    """Give the signed version that holds to a scheme. Its acknowledgement falls due in five days."""
    plan = lock(CarePlan, plan.pk)
    if not CarePlan.objects.latest_version().filter(pk=plan.pk).exists():
        raise rules.SHARE_SIGNED.broken()
    check_involved(plan.person, scheme)
    if plan.shares.filter(scheme=scheme).exists():
        raise rules.SHARED_ONCE.broken("scheme", scheme=scheme)
    on = on or timezone.localdate()
    due_on = on + timedelta(days=rules.ACKNOWLEDGE_WITHIN)
    share = PlanShare(
        plan=plan, person=plan.person, scheme=scheme, shared_by=by, shared_on=on, due_on=due_on,
        next_stage_on=first_stage_on(
            "careplans.plan_acknowledgement", council=plan.organisation.council, due_on=due_on
        ),
    )  # fmt: skip
    return record(share, by=by, why=f"given to {scheme}"[:100])


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
    return record(share, by=by, why="acknowledged")


def close_shares(plan, by, why):
    """No more reminders about copies of a version that no longer holds."""
    for share in plan.shares.filter(next_stage_on__isnull=False).select_for_update(no_key=True):
        share.next_stage_on = None
        record(share, by=by, why=why)


@transaction.atomic
def stop_after_death(*, person, on, by):
    """Nobody is reminded to acknowledge the plan of somebody who has died."""
    for plan in CarePlan.objects.latest_version().filter(person=person):
        close_shares(plan, by, f"the person died on {on:%-d %B %Y}")
