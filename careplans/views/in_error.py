"""Hiding what should not be on this record: an assessment, a support plan, a wish, a reassessment."""

from functools import partial

from django.views.decorators.http import require_http_methods

from careplans import actions
from careplans.models import Assessment, Reassessment, SupportPlan, Wish, own_organisations
from people.access import row_or_404
from people.in_error import in_error_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]


@require(Permission.ASSESSMENT_WRITE)
@require_http_methods(BOTH)
def assessment(request, pk):
    rows = Assessment.objects.visible_to(request.user).theirs_to_hide(request.user)
    row = row_or_404(request, rows.select_related("person"), pk, Permission.ASSESSMENT_WRITE)
    return in_error_page(
        request, row, action=partial(actions.assessment_in_error, assessment=row), to="careplans:plans",
        title=f"This was entered in error: {row}",
        lead="The part of a scheme is hidden with it. A plan that was written from it stays: look at it too.",
    )  # fmt: skip


@require(Permission.SUPPORT_PLAN_WRITE)
@require_http_methods(BOTH)
def support_plan(request, pk):
    """A version in use, by the scheme that wrote it; a draft is written anew."""
    rows = SupportPlan.objects.visible_to(request.user).filter(
        state=SupportPlan.State.IN_USE, organisation__in=own_organisations(request.user)
    )
    row = row_or_404(request, rows.select_related("person"), pk, Permission.SUPPORT_PLAN_WRITE)
    return in_error_page(
        request, row, action=partial(actions.support_plan_in_error, plan=row), to="careplans:wishes",
        title=f"{row} was entered in error",
        lead="The version before it is in use again. What was printed: ask for it back.",
    )  # fmt: skip


@require(Permission.WISH_WRITE)
@require_http_methods(BOTH)
def wish(request, pk):
    rows = Wish.objects.visible_to(request.user).select_related("person")
    row = row_or_404(request, rows, pk, Permission.WISH_WRITE)
    return in_error_page(
        request, row, action=partial(actions.wish_in_error, wish=row), to="careplans:wishes",
        title=f"This {row.get_kind_display().lower()} was entered in error",
        lead="Nobody has to see to it any more. Whose wish it is: write it down on their record.",
    )  # fmt: skip


@require(Permission.ASSESSMENT_WRITE)
@require_http_methods(BOTH)
def reassessment(request, pk):
    rows = Reassessment.objects.visible_to(request.user).select_related("person")
    row = row_or_404(request, rows, pk, Permission.ASSESSMENT_WRITE)
    return in_error_page(
        request, row, action=partial(actions.reassessment_in_error, reassessment=row), to="careplans:wishes",
        title="This reassessment was entered in error",
        lead="Nobody is reminded of it any more. Whose life has changed: open it on their record.",
    )  # fmt: skip
