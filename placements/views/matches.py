"""The match list, one match, what both sides say, and agreeing."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import DateField, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carers.codes import PlacementKind
from people.access import row_or_404
from people.models import Person
from people.visibility import Level
from sharedlives.documents import pdf
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, needs, require

from .. import actions, forms, matching, queries
from ..models import AnswerOwed, Match
from .common import BOTH, for_own_scheme, may
from .referrals import own_sent

AT_MOST = 4  # homes side by side


@require(Permission.MATCH_WRITE)
@require_GET
def homes(request, pk):
    """The match list: each carer of the scheme held against what the person wants, with reasons for and against."""
    row = own_sent(request, pk, Permission.MATCH_WRITE)
    kind = kind_asked(request, row.referral)
    typed = narrowed(request, row.referral, kind)
    on = row.referral.wanted_from or timezone.localdate()
    found = queries.candidates(row.referral, [row.scheme_id], kind, on, **typed.narrows())
    context = {
        "sent": row,
        "referral": row.referral,
        "person": row.person,
        "filters": typed,
        "kind": kind,
        "kind_label": PlacementKind(kind).label,
        "on": on,
        "found": found,
        "candidates": found.candidates,
        **pages(request, found),
    }
    return render(request, "placements/homes.html", context)


def kind_asked(request, referral):
    """The kind that the match list is about: the first one wanted unless another is chosen."""
    kind = request.GET.get("kind", "")
    return kind if kind in referral.kinds else referral.kinds[0]


def narrowed(request, referral, kind):
    """What narrows the match list, as it was chosen."""
    typed = request.GET.copy()
    typed["kind"] = kind
    return forms.HomesForm(typed, kinds=referral.kinds, needs=queries.needs_of(referral, kind))


def pages(request, found):
    """What the links below the list need."""
    page = Paginator(range(found.verdicts.shown), queries.PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    start = f"?{kept.urlencode()}&page=" if kept else "?page="
    return {"page": page, "start": start, "numbers": page.paginator.get_elided_page_range(page.number)}


@require(Permission.MATCH_WRITE)
@require_GET
def compare_homes(request, pk):
    """Up to four homes side by side; of one alone, every need in words: why not this home?"""
    row = own_sent(request, pk, Permission.MATCH_WRITE)
    kind = kind_asked(request, row.referral)
    on = row.referral.wanted_from or timezone.localdate()
    chosen = queries.chosen(request.GET.getlist("home"), [row.scheme_id], on)
    candidates = queries.these(row.referral, chosen[:AT_MOST], kind, on, [row.scheme_id])
    context = {
        "sent": row,
        "referral": row.referral,
        "person": row.person,
        "kind": kind,
        "kind_label": PlacementKind(kind).label,
        "on": on,
        "too_many": len(chosen) > AT_MOST,
        "candidates": candidates,
        "needs": [(fits[0].need, fits) for fits in zip(*(c.fits for c in candidates), strict=True)],
    }
    return render(request, "placements/compare_homes.html", context)


@require(Permission.MATCH_WRITE)
@require_http_methods(BOTH)
def propose_match(request, pk, carer, kind):
    row = own_sent(request, pk, Permission.MATCH_WRITE)
    on = row.referral.wanted_from or timezone.localdate()
    found = queries.carers_of([row.scheme_id], on).select_related("household").filter(pk=carer).first()
    if found is None or kind not in row.referral.kinds:
        raise Http404
    candidate = queries.candidate(row.referral, found, kind, on)
    against = "; ".join(matching.against(candidate.fits))
    form = forms.ProposeForm(request.POST or None, user=request.user, initial={"why_not": against})
    action = partial(
        actions.propose_match, referral=row.referral, scheme=row.scheme, carer=found, household=found.household,
        kind=kind, by=request.user,
    )  # fmt: skip
    return form_page(
        request, form=form, action=action, template="placements/propose_match.html", done="The home is proposed.",
        person=row.person, sent=row, carer=found, kind_label=PlacementKind(kind).label,
        candidate=candidate,
    )  # fmt: skip


def visible(user):
    return Match.objects.visible_to(user).select_related(
        "referral__person",
        "referral__organisation__council",
        "scheme",
        "carer",
        "household__council",
        "placement",
    )


def with_due(rows):
    """Matches, each with the days by which the person and the carer are to answer, where they are."""
    owed = AnswerOwed.objects.open().filter(match=OuterRef("pk"))
    days = {
        f"{side}_due_on": Subquery(owed.filter(side=side).values("due_on")[:1], output_field=DateField())
        for side in ("person", "carer")
    }
    return rows.annotate(**days)


@require(Permission.MATCH_VIEW)
@require_GET
def match(request, pk):
    """One home held against one person: what fits, what does not, what each side says."""
    rows = with_due(visible(request.user)).prefetch_related("introductions")
    row = row_or_404(request, rows, pk, Permission.MATCH_VIEW)
    own_team = of_team(request.user, row.person)
    sent = None if own_team else row.referral.schemes.filter(scheme=row.scheme).first()
    rights = may(request.user, row.person)
    held, usual = queries.introductions(row)
    context = {
        "match": row,
        "referral": row.referral,
        "person": row.person,
        "sent": sent,
        "may": rights,
        "introductions": row.introductions.all(),
        "held": held,
        "usual": usual,
        "met": queries.may_be_named(row),
        "write": "MATCH_WRITE" in rights and row.state != Match.State.ENDED,
        "of_team": own_team,
        "placement": getattr(row, "placement", None),
    }
    return render(request, "placements/match.html", context)


def of_team(user, person):
    """Whether the user sees the person as the team that funds."""
    return Person.objects.visible_to(user, least=Level.FUNDS).filter(pk=person.pk).exists()


def scheme_match(request, pk):
    """A match that the user's own scheme may change: 404 or 403 else."""
    row = row_or_404(request, visible(request.user), pk, Permission.MATCH_WRITE)
    for_own_scheme(request, row.scheme_id, Permission.MATCH_WRITE)
    return row


@require(Permission.MATCH_WRITE)
@require_GET
def profile(request, pk):
    """What the carer is given to read: nameless until the person agrees to meet."""
    row = scheme_match(request, pk)
    allowed = queries.profile_allowed(row)
    context = {
        "match": row,
        "person": row.person,
        "allowed": allowed,
        "profile": queries.profile(row) if allowed else [],
        "named": queries.may_be_named(row),
        "pdf": pdf.available(),
    }
    return render(request, "placements/profile.html", context)


@require(Permission.MATCH_WRITE)
@require_GET
def profile_pdf(request, pk):
    """The same to print, in large letters. Not there where the person does not want it handed on."""
    row = scheme_match(request, pk)
    if not pdf.available() or not queries.profile_allowed(row):
        raise Http404
    told = {"profile": queries.profile(row), "large_print": True}
    content = pdf.render_pdf("placements/profile_pdf.html", told, title="Somebody looks for a home")
    request.exported = "placements.profile"
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="profile.pdf"'
    return answer


@require(Permission.MATCH_WRITE)
@require_http_methods(BOTH)
def record_answers(request, pk):
    row = scheme_match(request, pk)
    initial = {
        name: getattr(row, name) for name in ("person_answer", "person_says", "carer_answer", "carer_says")
    }
    form = forms.AnswersForm(request.POST or None, user=request.user, row=row, initial=initial)

    def action(**facts):
        return actions.record_answers(match=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/record_answers.html", done="The answers are recorded.",
        person=row.person, match=row,
    )  # fmt: skip


@require(Permission.MATCH_WRITE)
@require_http_methods(BOTH)
def end_match(request, pk):
    row = scheme_match(request, pk)
    form = forms.EndMatchForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.end_match(match=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/end_match.html", done="The match has ended.",
        person=row.person, match=row,
    )  # fmt: skip


@require(Permission.MATCH_AGREE)
@require_http_methods(BOTH)
def agree_match(request, pk):
    row = row_or_404(request, visible(request.user), pk, Permission.MATCH_AGREE)
    if not of_team(request.user, row.person):
        raise PermissionDenied(needs(Permission.MATCH_AGREE))
    first = {"starts_on": row.referral.wanted_from, "purpose": row.referral.purpose}
    form = forms.AgreeForm(
        request.POST or None, user=request.user, row=row, match=row, initial=first,
        introductions=queries.introductions(row),
    )  # fmt: skip

    def action(**facts):
        return actions.agree_match(match=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/agree_match.html",
        done="Agreed. The place is held.", person=row.person, match=row,
    )  # fmt: skip
