"""The match list, one match, what both sides say, and agreeing."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carers.codes import PlacementKind
from people.access import row_or_404
from people.models import Person
from people.visibility import Level
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, needs, require

from .. import actions, forms, matching, queries
from ..models import Match
from .common import BOTH, for_own_scheme, may
from .referrals import own_sent


@require(Permission.MATCH_WRITE)
@require_GET
def homes(request, pk):
    """The match list: each carer of the scheme held against what the person wants, with reasons for and against."""
    row = own_sent(request, pk, Permission.MATCH_WRITE)
    filters = forms.HomesForm(request.GET or {"kind": row.referral.kinds[0]}, kinds=row.referral.kinds)
    kind = row.referral.kinds[0]
    area = ""
    if filters.is_valid():
        kind, area = filters.cleaned_data["kind"], filters.cleaned_data["area"]
    on = row.referral.wanted_from or timezone.localdate()
    context = {
        "sent": row,
        "referral": row.referral,
        "person": row.person,
        "filters": filters,
        "kind": kind,
        "kind_label": PlacementKind(kind).label,
        "on": on,
        "candidates": queries.candidates(row.referral, [row.scheme_id], kind, on, area),
    }
    return render(request, "placements/homes.html", context)


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
        "referral__person", "referral__organisation", "scheme", "carer", "household__council", "placement"
    )


@require(Permission.MATCH_VIEW)
@require_GET
def match(request, pk):
    """One home held against one person: what fits, what does not, what each side says."""
    row = row_or_404(request, visible(request.user), pk, Permission.MATCH_VIEW)
    sent = row.referral.schemes.filter(scheme=row.scheme).first()
    context = {
        "match": row,
        "referral": row.referral,
        "person": row.person,
        "sent": sent,
        "may": may(request.user, row.person),
        "of_team": of_team(request.user, row.person),
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
    form = forms.AgreeForm(request.POST or None, user=request.user, row=row, match=row, initial=first)

    def action(**facts):
        return actions.agree_match(match=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/agree_match.html",
        done="Agreed. The place is held.", person=row.person, match=row,
    )  # fmt: skip
