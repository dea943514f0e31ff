"""Questions about plans and budgets, asked by pages and by the floors above."""

from collections import Counter

from django.db.models import Case, Count, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from people import queries as people
from people.models import Involvement, Membership, Organisation, Person, User
from people.visibility import SCHEME_ROLES, Level
from sharedlives.permissions import Permission, roles_with
from sharedlives.records.rules import VERY_LIKE, alike

from .clashes import clashes_of
from .models import (
    Assessment,
    CarePlan,
    PersonalBudget,
    PlanPolicy,
    PlanShare,
    Service,
    own_organisations,
)
from .picture import week
from .rules import differences, not_up_to_date, unsigned
from .timetable import hours_alone, timetable


def policy_for(council, on):
    """What a council asks of its plans on a day; without any row, the figures as shipped."""
    return PlanPolicy.objects.in_force(council, on).first() or PlanPolicy(in_force_from=on)


def with_policy(plans, on):
    """Plans annotated with what their council's policy says on a day, so that a page need not ask again."""
    held = PlanPolicy.objects.in_force(OuterRef("organisation__council"), on)
    facts = JSONObject(months_up_to_date="months_up_to_date", hours_alone="hours_alone")
    return plans.annotate(policy_facts=Subquery(held.annotate(facts=facts).values("facts")[:1]))


def policy_of(plan, on):
    """The policy of a plan out of `with_policy`."""
    return PlanPolicy(in_force_from=on, **(plan.policy_facts or {}))


def reasons_against(plan, on, policy=None):
    """Why a scheme cannot rely on a plan on a day, by the policy of the team's council; empty when it can."""
    if plan is None:
        return not_up_to_date(None, on)
    policy = policy or policy_for(plan.organisation.council, on)
    return not_up_to_date(plan, on, policy.months_up_to_date)


def plans_that_hold(person):
    """The signed version that holds, not superseded, not in error: a queryset, the newest first."""
    return CarePlan.objects.latest_version().filter(person=person).order_by("-number")


def current_plan(person, on=None):
    """The signed version that holds, with its outcomes. With `on`, only if it was signed by that day."""
    plans = plans_that_hold(person)
    if on is not None:
        plans = plans.filter(signed_on__lte=on)
    return plans.prefetch_related("sign_offs", "outcomes").first()


def draft_of(person):
    """The version that is being drafted, or None: one at most."""
    return CarePlan.objects.drafts().filter(person=person).first()


def newest_share(scheme, person):
    """The newest plan that a scheme was given of a person: a queryset of one row at most."""
    shares = PlanShare.objects.filter(scheme=scheme, person=person, plan__entered_in_error=None)
    shares = shares.select_related(
        "plan__superseded_by__new", "plan__entered_in_error", "plan__organisation__council", "scheme"
    )
    return shares.prefetch_related("plan__sign_offs").order_by("-plan__number")[:1]


def held_by(scheme, person, on, shares=None):
    """(share or None, reasons why it will not do). A scheme relies on a plan that it holds, acknowledged and up to date.

    The reasons are for the person's own workers: they say nothing about other schemes. `shares` is `newest_share`
    where it was fetched already.
    """
    share = next(iter(newest_share(scheme, person) if shares is None else shares), None)
    if share is None:
        return None, [f"{scheme} has not been given the care plan"]
    reasons = [f"the care plan: {reason}" for reason in reasons_against(share.plan, on)]
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
    words = {section.title: text for section, text, _not_yet in plan.sections}
    words |= {f"Outcome {outcome.number}": outcome.words for outcome in plan.outcomes.all()}
    if "how_met" not in plan.kept_back:
        words |= {f"Service: {service.name}": service.in_words for service in plan.services.all()}
    return words


def changed_between(older, newer):
    """What changed from one version to a later one, section by section."""
    return differences(words_of(older), words_of(newer))


def signatures_lacking(plan):
    """Which signatures the plan still lacks, in words, by the policy of its council."""
    policy = policy_for(plan.organisation.council, timezone.localdate())
    return unsigned({sign_off.capacity for sign_off in plan.sign_offs.all()}, policy.manager_signs)


def kept_back_from(user, plans):
    """{plan id: keys of sections} that were kept back from the own schemes when they were given these plans.

    Nothing is kept back from somebody whose own team funds the person. One query, two where something is.
    """
    shares = PlanShare.objects.filter(plan__in=plans, scheme__in=own_organisations(user)).exclude(withheld=[])
    funded = Person.objects.visible_to(user, least=Level.FUNDS)
    return {share.plan_id: share.withheld for share in shares.exclude(person__in=funded)}


def for_reader(user, *plans):
    """The same plans, without what was kept back from this reader in any of them."""
    kept_back = kept_back_from(user, [plan.pk for plan in plans]).values()
    for plan in plans:
        plan.kept_back = {key for keys in kept_back for key in keys}
    return plans


def worked_on_by(user, roles):
    """The row's person is this user's to work on today, or nobody's in the own organisation."""
    return people.worked_on_by(user, roles, nobody_named=True)


def schemes_involved(person):
    """The schemes that support a person today, or have a referral for them."""
    roles = (Involvement.Role.SUPPORTS, Involvement.Role.REFERRED)
    involved = Involvement.objects.current(timezone.localdate()).filter(person=person, role__in=roles)
    return Organisation.objects.filter(pk__in=involved.values("organisation")).order_by("name")


def schemes_without(plan):
    """The schemes that support the person, or have a referral, and do not hold this version."""
    return schemes_involved(plan.person_id).exclude(plan_shares__plan=plan)


def texts_of_assessment(assessment):
    """What an assessment says in words: what two are held against each other by."""
    return assessment.summary, assessment.person_part, assessment.took_part


def against_the_last(assessment):
    """How much of an assessment stood in the last complete one of the person (`Alike`): the scheme's own ones apart."""
    rows = Assessment.objects.complete().filter(person=assessment.person_id).exclude(pk=assessment.pk)
    alone = Q(kind=Assessment.Kind.SCHEME)
    if assessment.kind == Assessment.Kind.SCHEME:
        rows = rows.filter(alone, scheme=assessment.scheme_id)
    else:
        rows = rows.exclude(alone)
    return alike(rows.order_by("-done_on", "-pk").first(), assessment, texts_of_assessment)


def very_like(assessments):
    """[(words, how many)]: of complete assessments, those very like last time."""
    complete = assessments.complete()
    return [
        ("Very like last time", complete.filter(likeness__gte=VERY_LIKE).count()),
        ("Says something new", complete.filter(likeness__lt=VERY_LIKE).count()),
        ("Nothing to hold it against", complete.filter(likeness=None).count()),
    ]


def assessed_by(assessments):
    """How complete assessments were made, for managers: [(team, {kind in words: how many})], every kind named."""
    rows = assessments.complete().order_by("organisation__name", "organisation")
    counted = rows.values_list("organisation", "organisation__name", "kind").annotate(Count("pk"))
    return by_team(counted, dict(Assessment.Kind.choices))


OFFERED = "Offered"
SAYS_NOTHING = "No, and no reason was asked for then"  # assessments from before the reason was asked


def offered_by(assessments):
    """Whether Shared Lives was offered, and why not: [(team, {offered, or the reason: how many})]."""
    reasons = {"offered": OFFERED} | dict(Assessment.NotOffered.choices) | {"": SAYS_NOTHING}
    answer = Case(When(offered_shared_lives=True, then=Value("offered")), default="why_not_offered")
    rows = assessments.complete().annotate(answer=answer).order_by("organisation__name", "organisation")
    counted = rows.values_list("organisation", "organisation__name", "answer").annotate(Count("pk"))
    return by_team(counted, reasons)


def by_team(counted, words):
    """Counts of codes in the order of their words, team by team."""
    teams = {}
    for team, name, code, count in counted:
        teams.setdefault((team, name), dict.fromkeys(words.values(), 0))[words[code]] += count
    return [(name, counts) for (_team, name), counts in teams.items()]


FEWEST = 5  # a pressure that was felt fewer times is not counted: nobody is to be known by it


def pressures_felt(assessments):
    """[(pressure in words, how many assessments name it)]; fewer than five stand as “fewer than 5”."""
    felt = assessments.complete().order_by().values_list("pressures", flat=True)
    counts = Counter(code for codes in felt.exclude(pressures=[]) for code in codes)
    return [
        (
            pressure.label,
            counts[pressure.value] if counts[pressure.value] >= FEWEST else f"fewer than {FEWEST}",
        )
        for pressure in Assessment.Pressure
    ]


def week_of(plan, on, policy=None, user=None):
    """What a page says about the week of a plan: {services, week (a picture or ""), alone, too_much, clashes}.

    `clashes` are those that `user` may know of; none without a user, as in a document. `too_much` is the policy's hours a week, where more than these rest on the carer alone by day; else 0.
    """
    services = [] if "how_met" in plan.kept_back else list(plan.services.all())
    current = [service for service in services if service.until is None or service.until > on]
    made = timetable(current)
    alone = hours_alone(made)
    policy = policy or policy_for(plan.organisation.council, on)
    supported = user is not None and (made.carer or made.lives_in)
    clashes = clashes_of(user, plan, made, on) if supported else []
    return {
        "services": services,
        "week": week(made, clashes) if made.slots or made.lives_in else "",
        "clashes": clashes,
        "alone": alone,
        "too_much": policy.hours_alone if alone.by_day > policy.hours_alone else 0,
        "weekly_pounds": sum(service.weekly_pounds or 0 for service in current),
    }


def own_side(person, user):
    """The organisation of a user that is involved with a person today, or None."""
    rows = Involvement.objects.current(timezone.localdate()).filter(
        person=person, organisation__in=own_organisations(user)
    )
    row = rows.exclude(role=Involvement.Role.REFERRED).select_related("organisation").first()
    return row.organisation if row else None


def workers_around(person, user):
    """The users whom a user may give something to see to: the teams that fund the person, the schemes that support them.

    Of schemes only the own one for somebody who works for a scheme: which others there are is not theirs to know.
    """
    schemes = Q(role=Involvement.Role.SUPPORTS)
    if all(membership.role in SCHEME_ROLES for membership in user.current_memberships()):
        schemes &= Q(organisation__in=own_organisations(user))
    teams = Q(role__in=(Involvement.Role.FUNDS, Involvement.Role.CO_FUNDS))
    around = Involvement.objects.current(timezone.localdate()).filter(teams | schemes, person=person)
    members = Membership.objects.current(timezone.localdate()).filter(
        organisation__in=around.values("organisation"), role__in=roles_with(Permission.WISH_WRITE)
    )
    return User.objects.filter(is_active=True, pk__in=members.values("user")).order_by("name")


def getting(words, user):
    """The services of that name or provider in the plans that hold, of the people whom a user works for."""
    rows = Service.objects.visible_to(user).in_plans_that_hold().running(timezone.localdate())
    named = Q(name__icontains=words) | Q(provider__icontains=words)
    return (
        rows.filter(named).select_related("plan__person").order_by("name", "plan__person__family_name", "pk")
    )
