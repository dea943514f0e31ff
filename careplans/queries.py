"""Questions about plans and budgets, asked by pages and by the floors above."""

from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone

from people.models import Absence, Involvement, Organisation

from .models import CarePlan, PersonalBudget, PlanShare
from .rules import COUNCIL_SIDE, OWN_SIDE, UP_TO_DATE_FOR, differences, not_up_to_date
from .sections import SECTIONS


def up_to_date_months(person):
    """For how many months a signed plan counts as up to date. One default until councils set their own."""
    return UP_TO_DATE_FOR


def current_plan(person, on=None):
    """The signed version that holds: not superseded, not in error. With `on`, only if it was signed by that day."""
    plans = CarePlan.objects.latest_version().filter(person=person)
    if on is not None:
        plans = plans.filter(signed_on__lte=on)
    return plans.prefetch_related("sign_offs", "outcomes").order_by("-number").first()


def draft_of(person):
    """The version that is being drafted, or None: one at most."""
    return CarePlan.objects.drafts().filter(person=person).first()


def held_by(scheme, person, on):
    """(share or None, reasons why it will not do). A scheme relies on a plan that it holds, acknowledged and up to date.

    The reasons are for the person's own workers: they say nothing about other schemes.
    """
    shares = PlanShare.objects.filter(scheme=scheme, person=person, plan__entered_in_error=None)
    shares = shares.select_related("plan__superseded_by__new", "plan__entered_in_error", "scheme")
    share = shares.prefetch_related("plan__sign_offs").order_by("-plan__number").first()
    if share is None:
        return None, [f"{scheme} has not been given the care plan"]
    reasons = [
        f"the care plan: {reason}" for reason in not_up_to_date(share.plan, on, up_to_date_months(person))
    ]
    if share.acknowledged_at is None:
        reasons.append(f"{scheme} has not acknowledged that it holds the care plan")
    return share, reasons


def signed_and_budgeted_on(person):
    """The first day on which plan and budget were both signed off: the later of the two; None until both are.

    Later versions and later budgets do not move it: the duty to review counts from the first.
    """
    plan = CarePlan.objects.signed().not_in_error().filter(person=person).aggregate(on=Min("signed_on"))["on"]
    budget = PersonalBudget.objects.filter(person=person).aggregate(on=Min("signed_off_on"))["on"]
    return max(plan, budget) if plan and budget else None


def words_of(plan):
    """A version as {title: words}, outcomes included, for comparing versions."""
    words = {section.title: getattr(plan, section.key) for section in SECTIONS}
    words |= {f"Outcome {outcome.number}": outcome.words for outcome in plan.outcomes.all()}
    return words


def changed_between(older, newer):
    """What changed from one version to a later one, section by section."""
    return differences(words_of(older), words_of(newer))


def signatures(plan):
    """{own side: …, council side: …}: whether each side has signed."""
    capacities = {sign_off.capacity for sign_off in plan.sign_offs.all()}
    return {"own": bool(capacities & OWN_SIDE), "council": bool(capacities & COUNCIL_SIDE)}


def worked_on_by(user, roles):
    """The row's person is this user's to work on today, as an EXISTS for rows with a `person`.

    As the named worker of an involvement in one of these roles; as cover of one who is away (no chains); or
    because the own organisation has named nobody.
    """
    today = timezone.localdate()
    away = Absence.objects.on(today)
    covered = away.filter(cover=user.pk).exclude(cover__in=away.values("user")).values("user")
    own = [membership.organisation_id for membership in user.current_memberships()]
    mine = Q(worker=user.pk) | Q(worker__in=covered) | Q(worker=None, organisation__in=own)
    rows = Involvement.objects.current(today).filter(mine, role__in=roles, person=OuterRef("person"))
    return Exists(rows)


def schemes_without(plan):
    """The schemes that support the person, or have a referral, and do not hold this version."""
    roles = (Involvement.Role.SUPPORTS, Involvement.Role.REFERRED)
    involved = Involvement.objects.current(timezone.localdate()).filter(person=plan.person_id, role__in=roles)
    schemes = Organisation.objects.filter(pk__in=involved.values("organisation"))
    return schemes.exclude(plan_shares__plan=plan)
