"""Assessing a person's needs: begun, then one thing a page, checked and completed; and the scheme's part."""

from copy import copy
from datetime import date, timedelta
from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from careplans import actions, forms, queries
from careplans.assessing import BY_KEY, KEYS, PAGES
from careplans.models import Assessment, own_organisations
from people.access import can, person_or_404, row_or_404
from people.models import Person
from people.visibility import Level
from sharedlives import charts
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require
from sharedlives.records.rules import VERY_LIKE

from . import longform

BOTH = ["GET", "POST"]
WRITE = Permission.ASSESSMENT_WRITE


def scheme_that_assesses(user, person):
    """None for the funding team; for a scheme that supports the person or has a referral, that scheme. Else 404."""
    people = Person.objects.visible_to(user, least=Level.FUNDS, permission=WRITE)
    if people.filter(pk=person.pk).exists():
        return None
    scheme = queries.schemes_involved(person).filter(pk__in=own_organisations(user)).first()
    if scheme is None:
        raise Http404
    return scheme


@require(WRITE)
@require_http_methods(BOTH)
def assess(request, person):
    """Begin an assessment: the funding team's, a joint one, or the scheme's own."""
    person = person_or_404(request, person, WRITE)
    alone = scheme_that_assesses(request.user, person)
    form = forms.BeginAssessmentForm(
        request.POST or None, user=request.user, alone=alone, schemes=queries.schemes_involved(person)
    )
    return form_page(
        request, form=form, action=partial(actions.assess, person=person, by=request.user),
        template="careplans/assess.html", person=person, alone=alone,
        to=lambda row: reverse("careplans:amend_assessment", args=[row.pk]),
    )  # fmt: skip


@require(Permission.PLAN_VIEW)
@require_GET
def assessment(request, pk):
    """An assessment, to read."""
    rows = Assessment.objects.visible_to(request.user)
    rows = rows.select_related("person", "organisation", "assessor", "scheme", "part__written_by")
    row = row_or_404(request, rows, pk, Permission.PLAN_VIEW)
    may = can(request.user, WRITE, row.person)
    context = {
        "assessment": row,
        "person": row.person,
        "may_write": may and row.state == Assessment.State.DRAFT,
        "may_hide": may and rows.theirs_to_hide(request.user).filter(pk=row.pk).exists(),
    }
    return render(request, "careplans/assessment.html", context)


def draft_or_404(request, pk):
    rows = (
        Assessment.objects.visible_to(request.user)
        .drafts()
        .select_related("person", "scheme", "part", "assessor", "organisation")
    )
    return row_or_404(request, rows, pk, WRITE)


def answers_of(row, typed):
    """{key: {field: answer}} of the whole form, with what was typed on top."""
    written = {page.key: {name: getattr(row, name) for name in page.fields} for page in PAGES}
    return written | (typed.answers if typed else {})


def state_of(page, answers):
    """How a page stands, as (code, words) for its tag."""
    if page.key == "pressures":
        return ("done", "Some felt") if any(answers.values()) else ("not_needed", "None felt")
    return ("done", "Written") if any(answers.values()) else ("none", "Not started")


@require(WRITE)
@require_GET
def amend(request, pk):
    """Which pages of a draft assessment are written, and what is left to do."""
    row = draft_or_404(request, pk)
    typed = longform.typed_by(request.user, actions.ASSESSING, row)
    answers = answers_of(row, typed)
    pages = [(page, *state_of(page, answers[page.key])) for page in PAGES]
    context = {"assessment": row, "person": row.person, "pages": pages, "typed": typed}
    return render(request, "careplans/assessing.html", context)


@require(WRITE)
@require_http_methods(BOTH)
def assessment_page(request, pk, key):
    """One page of the assessment. Saving keeps it and opens the next one."""
    row = draft_or_404(request, pk)
    if key not in BY_KEY:
        raise Http404
    initial = answers_of(row, longform.typed_by(request.user, actions.ASSESSING, row))[key]
    form = forms.AssessmentPageForm(
        request.POST or None, user=request.user, page=BY_KEY[key], kind=row.kind, initial=initial
    )
    following = longform.after(KEYS, key)
    to = reverse("careplans:check_assessment", args=[row.pk])
    if following:
        to = reverse("careplans:assessment_page", args=[row.pk, following])
    return form_page(
        request, form=form, action=lambda **typed: longform.keep(request, actions.ASSESSING, row, key, typed),
        to=to, template="careplans/assessing_page.html", assessment=row, person=row.person, page=BY_KEY[key],
        number=KEYS.index(key) + 1, count=len(KEYS),
    )  # fmt: skip


def facts_of(typed):
    """What was typed, as the fields of an assessment."""
    facts = {}
    for answer in (typed.answers if typed else {}).values():
        facts |= answer
    if facts.get("done_on"):
        facts["done_on"] = date.fromisoformat(facts["done_on"])
    return facts


@require(WRITE)
@require_http_methods(BOTH)
def check_assessment(request, pk):
    """The whole assessment with what was typed; then into the record, complete or not."""
    row = draft_or_404(request, pk)
    typed = longform.typed_by(request.user, actions.ASSESSING, row)
    facts = facts_of(typed)
    shown = copy(row)
    for name, value in facts.items():
        setattr(shown, name, value)
    alike = queries.against_the_last(shown)
    form = forms.CheckAssessmentForm(
        request.POST or None, user=request.user, row=row, very_like=alike.very,
        base_version=typed.base_version if typed else row.version,
    )  # fmt: skip

    def action(**said):
        return actions.amend_assessment(
            assessment=row, by=request.user, version=form.opened_on(), **facts, **said
        )

    return form_page(
        request, form=form, action=action, template="careplans/check_assessment.html",
        done="The assessment is saved.", assessment=shown, person=row.person, alike=alike,
    )  # fmt: skip


@require(Permission.ASSESSMENT_PART)
@require_http_methods(BOTH)
def part(request, pk):
    """The scheme writes its part of a joint assessment, while the care manager writes the rest."""
    asking = Assessment.objects.asking(own_organisations(request.user))
    people = Person.objects.visible_to(request.user)
    rows = asking.filter(person__in=people).select_related("person", "scheme", "part", "organisation")
    row = row_or_404(request, rows, pk, Permission.ASSESSMENT_PART)
    initial = {"words": row.part.words} if hasattr(row, "part") else {}
    form = forms.PartForm(request.POST or None, user=request.user, initial=initial)
    return form_page(
        request, form=form, action=partial(actions.write_part, assessment=row, by=request.user),
        template="careplans/part.html", done="Your part is saved. The care manager sees it.",
        to=reverse("careplans:plans", args=[row.person_id]), assessment=row, person=row.person,
    )  # fmt: skip


YEAR = timedelta(days=365)
MOST = 50  # of those very like last time, the newest


@require(Permission.TEAM_VIEW)
@require_GET
def oversight(request):
    """How the assessments of the last twelve months were made, and which pressures were felt: counts only."""
    rows = Assessment.objects.visible_to(request.user).filter(done_on__gt=timezone.localdate() - YEAR)
    kinds, offered = queries.assessed_by(rows), queries.offered_by(rows)
    felt = queries.pressures_felt(rows)
    like = queries.very_like(rows)
    copied = list(rows.filter(likeness__gte=VERY_LIKE).select_related("person", "assessor")[:MOST])
    request.looked_at(row.person_id for row in copied)
    context = {
        "teams": [
            ("Who assessed, by team", [label for _code, label in Assessment.Kind.choices], kinds),
            ("Whether Shared Lives was offered, by team", list(offered[0][1]) if offered else [], offered),
        ],
        "pressures": charts.bars("Pressures felt", felt, first="Pressure", second="Assessments"),
        "alike": charts.bars(
            "Against the last one", like, first="Against the last one", second="Assessments"
        ),
        "very_like": copied,
        "per_cent": VERY_LIKE,
    }
    return render(request, "careplans/oversight.html", context)
