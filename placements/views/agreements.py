"""The placement agreement: drafting, reading and signing it."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people.access import row_or_404
from people.queries import who_might_sign
from sharedlives.documents import pdf
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, needs, require

from .. import actions, forms, queries, rules
from ..codes import Party
from ..models import ChargesLook, Placement, PlacementAgreement
from ..models.scope import own_schemes
from .common import BOTH, for_own_scheme, may
from .matches import of_team

OWN_SIDE = [Party.PERSON, Party.REPRESENTATIVE]


@require(Permission.PLACEMENT_WRITE)
@require_http_methods(BOTH)
def draft_agreement(request, pk):
    """Begin a version, or go on with the one that is being drafted."""
    rows = Placement.objects.visible_to(request.user).select_related("person", "scheme")
    placement = row_or_404(request, rows, pk, Permission.PLACEMENT_WRITE)
    for_own_scheme(request, placement.scheme_id, Permission.PLACEMENT_WRITE)
    last = placement.agreements.not_in_error().prefetch_related("requirements", "fee_lines").first()
    first = {name: getattr(last, name) for name in forms.AgreementForm.base_fields if hasattr(last, name)}
    lines = (
        {"requirements": last.requirements.all(), "fee_lines": last.fee_lines.all()}
        if last
        else {"requirements": ()}
    )
    bands = queries.fee_bands(placement.scheme, timezone.localdate())
    form = forms.AgreementForm(request.POST or None, user=request.user, initial=first, bands=bands, **lines)
    return form_page(
        request, form=form, action=partial(actions.draft_agreement, placement=placement, by=request.user),
        template="placements/draft_agreement.html", done="The draft is saved.", person=placement.person,
        placement=placement, last=last,
    )  # fmt: skip


def visible(user):
    rows = PlacementAgreement.objects.visible_to(user)
    return rows.select_related(
        "placement__person",
        "placement__scheme",
        "placement__carer",
        "newer__new",
        "placement__match__referral__organisation__council",
    )


@require(Permission.PLACEMENT_VIEW)
@require_GET
def agreement(request, pk):
    """One version: what it says, what it requires, and who signed."""
    row = row_or_404(request, visible(request.user), pk, Permission.PLACEMENT_VIEW)
    signatures, fee_lines = list(row.signatures.all()), list(row.fee_lines.all())
    paid = [(line.what, line.pounds, line.payer) for line in fee_lines]
    day = row.signed_on or timezone.localdate()
    context = {
        "agreement": row,
        "placement": row.placement,
        "person": row.person,
        "requirements": row.requirements.all(),
        "fee_lines": fee_lines,
        "outside_bands": queries.outside_bands(row, paid, day) if paid else [],
        "pdf": pdf.available(),
        "match": row.placement.match,
        "introductions": row.placement.match and queries.introductions(row.placement.match),
        "signatures": signatures,
        "missing": rules.parties_missing({signature.party for signature in signatures}),
        "may": may(request.user, row.person),
        "of_team": of_team(request.user, row.person),
    }
    return render(request, "placements/agreement.html", context)


def sign_page(request, row, parties):
    taken = set(row.signatures.values_list("party", flat=True))
    left = [party for party in parties if party not in taken]
    around = who_might_sign(request.user, row.person, timezone.localdate())
    form = forms.SignForm(request.POST or None, user=request.user, row=row, parties=left, around=around)

    def action(**facts):
        return actions.sign_agreement(agreement=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/sign_agreement.html", done="Signed.",
        person=row.person, agreement=row, requirements=row.requirements.all(),
    )  # fmt: skip


@require(Permission.PLACEMENT_WRITE)
@require_http_methods(BOTH)
def sign_agreement(request, pk):
    """The scheme signs, or records how the person, a representative or the carer signed."""
    row = row_or_404(request, visible(request.user), pk, Permission.PLACEMENT_WRITE)
    for_own_scheme(request, row.placement.scheme_id, Permission.PLACEMENT_WRITE)
    return sign_page(request, row, [*OWN_SIDE, Party.CARER, Party.SCHEME])


@require(Permission.MATCH_AGREE)
@require_http_methods(BOTH)
def sign_for_team(request, pk):
    """The funding team signs, or records how the person or a representative signed."""
    row = row_or_404(request, visible(request.user), pk, Permission.MATCH_AGREE)
    if not of_team(request.user, row.person):
        raise PermissionDenied(needs(Permission.MATCH_AGREE))
    return sign_page(request, row, [*OWN_SIDE, Party.TEAM])


@require(Permission.PLACEMENT_WRITE)
@require_http_methods(BOTH)
def enter_in_error(request, pk):
    """Hide a version that should not be on this placement; its copies become work of the scheme."""
    row = row_or_404(request, visible(request.user), pk, Permission.PLACEMENT_WRITE)
    for_own_scheme(request, row.placement.scheme_id, Permission.PLACEMENT_WRITE)
    form = forms.InErrorForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.enter_in_error, agreement=row, by=request.user),
        template="placements/enter_in_error.html", done="This version is hidden. It stays in the audit.",
        person=row.person, agreement=row,
    )  # fmt: skip


@require(Permission.PLACEMENT_VIEW)
@require_GET
def agreement_pdf(request, pk):
    """One version on paper, in large letters where that is asked for: what is given to everybody who signs."""
    row = row_or_404(request, visible(request.user), pk, Permission.PLACEMENT_VIEW)
    if not pdf.available():
        raise Http404
    told = {
        "agreement": row,
        "placement": row.placement,
        "person": row.person,
        "requirements": row.requirements.all(),
        "fee_lines": row.fee_lines.all(),
        "signatures": row.signatures.all(),
        "large_print": "large" in request.GET,
    }
    title = f"Placement agreement, version {row.number}"
    content = pdf.render_pdf("placements/agreement_pdf.html", told, title=title)
    request.exported = "placements.agreement"
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="agreement.pdf"'
    return answer


@require(Permission.PLACEMENT_VIEW)
@require_http_methods(BOTH)
def look_at_charges(request, pk):
    """Once a year: do licence and charges still fit?"""
    rows = ChargesLook.objects.visible_to(request.user).select_related("placement__person", "organisation")
    row = row_or_404(request, rows, pk, Permission.PLACEMENT_VIEW)
    may_do = row.done_on is None and row.organisation_id in own_schemes(request.user)
    if request.method == "POST":
        for_own_scheme(request, row.organisation_id, Permission.PLACEMENT_WRITE)
    form = forms.ChargesForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.look_at_charges(look=row, by=request.user, version=form.opened_on(), **facts).placement

    signed = row.placement.agreements.in_force().prefetch_related("fee_lines").first()
    return form_page(
        request, form=form, action=action, template="placements/look_at_charges.html", row=row, person=row.person,
        agreement=signed, may_do=may_do, done="Recorded. The next look is in a year.",
    )  # fmt: skip
