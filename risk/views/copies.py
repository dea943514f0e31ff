"""Copies of a signed version: read by schemes, given to the person and the carers."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_http_methods

from people.access import row_or_404
from risk import actions, forms
from risk.models import RiskAssessment, RiskCopy, own_organisations
from risk.sections import written
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, needs, require

BOTH = ["GET", "POST"]


@require(Permission.PLAN_ACKNOWLEDGE)
@require_http_methods(BOTH)
def read_copy(request, pk):
    """The scheme reads the version here and says so."""
    rows = RiskCopy.objects.visible_to(request.user).for_schemes().filter(assessment__entered_in_error=None)
    rows = rows.select_related("person", "scheme", "assessment__scale")
    row = row_or_404(
        request, rows.prefetch_related("assessment__risks__measures", "assessment__risks__decision"), pk,
        Permission.PLAN_ACKNOWLEDGE,
    )  # fmt: skip
    if row.scheme_id not in own_organisations(request.user):
        raise PermissionDenied(needs(Permission.PLAN_ACKNOWLEDGE))
    form = forms.ReadCopyForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.acknowledge_copy, copy=row, by=request.user),
        template="risk/read_copy.html", done="Thank you. The funding team sees that you have read it.",
        to=row.assessment, copy=row, assessment=row.assessment, person=row.person, sections=written(row.assessment),
    )  # fmt: skip


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def give_copy(request, pk):
    """The person or a carer was given a copy."""
    rows = RiskCopy.objects.visible_to(request.user).to_hand_over()
    row = row_or_404(request, rows.select_related("person", "carer", "assessment"), pk, Permission.RISK_WRITE)
    form = forms.GiveCopyForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.give_copy, copy=row, by=request.user),
        template="risk/give_copy.html", done="Noted that the copy was given.", to=row.assessment, copy=row,
        assessment=row.assessment, person=row.person,
    )  # fmt: skip


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def share(request, pk):
    """Give the version that holds to a scheme that began to support the person since."""
    rows = RiskAssessment.objects.visible_to(request.user).latest_version().filter(person__isnull=False)
    row = row_or_404(
        request, rows.select_related("person", "organisation__council"), pk, Permission.RISK_WRITE
    )
    form = forms.ShareForm(request.POST or None, user=request.user, assessment=row)
    return form_page(
        request, form=form, action=partial(actions.share_assessment, assessment=row, by=request.user),
        template="risk/share.html", done="The scheme is asked to read it.", to=row, assessment=row, person=row.person,
    )  # fmt: skip
