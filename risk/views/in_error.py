"""Hiding what should not be on this record. The council's: nobody hides what happened in their own house."""

from functools import partial

from django.views.decorators.http import require_http_methods

from people.access import row_or_404
from people.in_error import in_error_page
from risk import actions
from risk.models import ChangeNoticed, ForeseenNeed, IncidentPerson, ResponsibilityAgreement
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
WRITE = Permission.RISK_WRITE


def row_of(request, rows, pk):
    return row_or_404(request, rows.select_related("person"), pk, WRITE)


@require(WRITE)
@require_http_methods(BOTH)
def incident(request, pk):
    row = row_of(request, IncidentPerson.objects.visible_to(request.user).select_related("incident"), pk)
    return in_error_page(
        request, row, action=partial(actions.incident_in_error, row=row), to="risk:overview",
        title=f"The {str(row.incident).lower()} did not concern {row.person}",
        lead="Others whom it concerned keep it. If it happened to somebody else, have it recorded on their record: the days"
        " to tell the Care Quality Commission run from there. Risks that are to be looked at because of it: see Risk.",
    )  # fmt: skip


@require(WRITE)
@require_http_methods(BOTH)
def change(request, pk):
    row = row_of(request, ChangeNoticed.objects.visible_to(request.user), pk)
    return in_error_page(
        request, row, action=partial(actions.change_in_error, change=row), to="risk:overview",
        title="This change was noticed in somebody else’s life",
        lead="Nobody has to answer it any more. Tell the scheme, so that it is written on the right record.",
    )  # fmt: skip


@require(WRITE)
@require_http_methods(BOTH)
def need(request, pk):
    row = row_of(request, ForeseenNeed.objects.visible_to(request.user), pk)
    return in_error_page(
        request, row, action=partial(actions.need_in_error, need=row), to="risk:overview",
        title="This foreseen need was entered in error",
        lead="Nobody is asked to look at it again. Whose need it is: write it down on their record.",
    )  # fmt: skip


@require(WRITE)
@require_http_methods(BOTH)
def responsibilities(request, pk):
    """Once both have agreed; until then the answers are simply written anew."""
    rows = ResponsibilityAgreement.objects.visible_to(request.user).agreed()
    row = row_of(request, rows.select_related("scheme"), pk)
    return in_error_page(
        request, row, action=partial(actions.responsibilities_in_error, agreement=row), to="risk:overview",
        title=f"This was entered in error: {row}",
        lead="The agreement before it holds again. Where there was none, write one: a placement cannot begin without.",
    )  # fmt: skip
