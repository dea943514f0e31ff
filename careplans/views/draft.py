"""Drafting a version: a task list, one page a section kept as a server-side draft, then check, and sign."""

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from careplans import actions, forms, queries, rules
from careplans.models import CarePlan, SignOff
from careplans.sections import BY_KEY, OUTCOMES, SECTIONS
from people.access import person_or_404, row_or_404
from people.queries import who_might_sign
from people.visibility import Level
from sharedlives.pages import form_page
from sharedlives.permissions import GRANTS, Permission, Role, require

from . import longform

BOTH = ["GET", "POST"]
KEYS = [section.key for section in SECTIONS[:-1]] + [OUTCOMES, SECTIONS[-1].key]


@require(Permission.PLAN_WRITE)
@require_http_methods(BOTH)
def begin(request, person):
    """Begin a new version of the plan."""
    person = person_or_404(request, person, Permission.PLAN_WRITE, least=Level.FUNDS)
    last = queries.current_plan(person)
    form = forms.BeginPlanForm(request.POST or None, user=request.user, first=last is None)
    return form_page(
        request, form=form, action=partial(actions.draft_plan, person=person, by=request.user),
        template="careplans/begin.html", to=lambda plan: reverse("careplans:draft", args=[plan.pk]),
        person=person, last=last, draft=queries.draft_of(person),
    )  # fmt: skip


def draft_or_404(request, pk, permission=Permission.PLAN_WRITE):
    """A version that is still a draft, with its person."""
    rows = (
        CarePlan.objects.visible_to(request.user).drafts().select_related("person", "organisation__council")
    )
    return row_or_404(request, rows.prefetch_related("outcomes", "sign_offs"), pk, permission)


def typed_by(user, plan):
    """What this user has typed into the draft and not yet put into the plan, or None."""
    return longform.typed_by(user, actions.DRAFT, plan)


def merged(plan, typed):
    """{key: {words, not_yet}} of the whole plan, with what was typed on top."""
    answers = {s.key: {"words": words, "not_yet": why} for s, words, why in plan.sections}
    answers[OUTCOMES] = {"words": [outcome.words for outcome in plan.outcomes.all()]}
    return answers | (typed.answers if typed else {})


def state_of(key, answer):
    """How a section stands, as (code, words) for its tag."""
    if answer["words"]:
        return "done", "Written"
    if answer.get("not_yet"):
        return "waiting", "Not yet, with a reason"
    needed = key == OUTCOMES or BY_KEY[key].needed
    return ("none", "Not started") if needed else ("not_needed", "Optional")


@require(Permission.PLAN_WRITE)
@require_GET
def tasks(request, pk):
    """Which sections are written, and what is left to do."""
    plan = draft_or_404(request, pk)
    typed = typed_by(request.user, plan)
    answers = merged(plan, typed)
    rows = []
    for key in KEYS:
        state, words = state_of(key, answers[key])
        title = "Outcomes" if key == OUTCOMES else BY_KEY[key].title
        rows.append({"key": key, "title": title, "state": state, "words": words})
    services = plan.services.count()
    context = {"plan": plan, "person": plan.person, "rows": rows, "typed": typed, "services": services}
    return render(request, "careplans/draft.html", context)


def keep(request, plan, key, answer):
    """Keep one page of what was typed; leads to the next one."""
    longform.keep(request, actions.DRAFT, plan, key, answer)
    following = longform.after(KEYS, key)
    if following:
        return reverse("careplans:section", args=[plan.pk, following])
    return reverse("careplans:draft", args=[plan.pk])


@require(Permission.PLAN_WRITE)
@require_http_methods(BOTH)
def section(request, pk, key):
    """One section of the draft. Saving keeps it and opens the next one."""
    plan = draft_or_404(request, pk)
    if key == OUTCOMES:
        return outcomes(request, plan)
    if key not in BY_KEY:
        raise Http404
    answer = merged(plan, typed_by(request.user, plan))[key]
    form = forms.SectionForm(request.POST or None, user=request.user, section=BY_KEY[key], initial=answer)
    return form_page(
        request, form=form, action=lambda **typed: keep(request, plan, key, typed), to=lambda url: url,
        template="careplans/section.html", plan=plan, person=plan.person, section=BY_KEY[key],
        number=KEYS.index(key) + 1, count=len(KEYS),
    )  # fmt: skip


def outcomes(request, plan):
    words = merged(plan, typed_by(request.user, plan))[OUTCOMES]["words"]
    form = forms.OutcomesForm(request.POST or None, user=request.user, words=words)
    if "more" in request.POST and form.is_valid():
        form = forms.OutcomesForm(user=request.user, words=form.facts()["words"], more=1)
    return form_page(
        request, form=form, action=lambda **typed: keep(request, plan, OUTCOMES, typed), to=lambda url: url,
        template="careplans/outcomes.html", plan=plan, person=plan.person,
        number=KEYS.index(OUTCOMES) + 1, count=len(KEYS),
    )  # fmt: skip


def put_in(plan, typed, user, version):
    """The whole of what was typed becomes the plan's."""
    answers = dict(typed.answers) if typed else {}
    words = answers.pop(OUTCOMES, {}).get("words")
    return actions.amend_draft(
        plan=plan, by=user, version=version, outcomes=words,
        not_yet={key: answer.get("not_yet", "") for key, answer in answers.items()},
        **{key: answer["words"] for key, answer in answers.items()},
    )  # fmt: skip


@require(Permission.PLAN_WRITE)
@require_http_methods(BOTH)
def check(request, pk):
    """The whole draft on one page, with what was typed; then into the plan, for everybody who works on it."""
    plan = draft_or_404(request, pk)
    typed = typed_by(request.user, plan)
    base = typed.base_version if typed else plan.version
    form = forms.CheckForm(request.POST or None, user=request.user, row=plan, base_version=base)
    answers = merged(plan, typed)
    shown = [(BY_KEY[key], key, answers[key]) for key in KEYS if key != OUTCOMES]
    return form_page(
        request, form=form, action=lambda: put_in(plan, typed, request.user, form.opened_on()),
        template="careplans/check.html", done="The draft is saved to the plan.",
        to=lambda saved: reverse("careplans:sign", args=[saved.pk]),
        plan=plan, person=plan.person, shown=shown, outcomes=answers[OUTCOMES]["words"],
    )  # fmt: skip


def capacities(user, plan):
    """In which capacities somebody may still sign before this user."""
    signed = {sign_off.capacity for sign_off in plan.sign_offs.all()}
    roles = {
        membership.role
        for membership in user.current_memberships()
        if Permission.PLAN_SIGN in GRANTS[membership.role]
    }
    open_to = [SignOff.Capacity.PERSON, SignOff.Capacity.REPRESENTATIVE, SignOff.Capacity.CARE_MANAGER]
    if Role.TEAM_MANAGER in roles:
        open_to.append(SignOff.Capacity.MANAGER)
    return [capacity for capacity in open_to if capacity not in signed]


@require(Permission.PLAN_SIGN)
@require_http_methods(BOTH)
def sign(request, pk):
    """Record one signature; with the second side's, the version is final."""
    plan = draft_or_404(request, pk, Permission.PLAN_SIGN)
    form = forms.SignForm(
        request.POST or None, user=request.user, row=plan, may_sign=capacities(request.user, plan),
        around=who_might_sign(request.user, plan.person, timezone.localdate()),
        initial={"name": plan.person.known_as},
    )  # fmt: skip
    return form_page(
        request, form=form, action=partial(actions.sign_plan, plan=plan, by=request.user),
        template="careplans/sign.html", done="The signature is recorded.", to=after_signing,
        plan=plan, person=plan.person, typed=typed_by(request.user, plan),
        empty=rules.empty_sections(plan), lacks=queries.signatures_lacking(plan),
    )  # fmt: skip


def after_signing(plan):
    """The next signature, or the signed plan."""
    name = "careplans:plan" if plan.state == CarePlan.State.SIGNED else "careplans:sign"
    return reverse(name, args=[plan.pk])


@require(Permission.PLAN_SIGN)
@require_http_methods(BOTH)
def withdraw(request, pk):
    """Take the signatures off a draft, so that its words may change."""
    plan = draft_or_404(request, pk, Permission.PLAN_SIGN)
    form = forms.WithdrawForm(request.POST or None, user=request.user, row=plan)
    return form_page(
        request, form=form, action=partial(actions.withdraw_signatures, plan=plan, by=request.user),
        template="careplans/withdraw.html", done="The signatures are withdrawn.",
        to=reverse("careplans:draft", args=[plan.pk]), plan=plan, person=plan.person,
    )  # fmt: skip
