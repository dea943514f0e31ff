"""Fetching a home or a carer as a user may. Not of your schemes: 404. Yours but not your job: 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from sharedlives.permissions import needs

from .models import Carer, Household


def home_or_404(request, pk, permission):
    """A home of the user's own schemes, through a membership that holds the permission."""
    return one_or_404(request.user, Household.objects.select_related("council"), pk, permission)


def carer_or_404(request, pk, permission):
    """A carer of a home of the user's own schemes, through a membership that holds the permission."""
    return one_or_404(request.user, Carer.objects.select_related("household", "organisation"), pk, permission)


def one_or_404(user, rows, pk, permission):
    row = rows.visible_to(user).filter(pk=pk).first()
    if row is None:
        raise Http404
    if not rows.visible_to(user, permission).filter(pk=pk).exists():
        raise PermissionDenied(needs(permission))
    return row


def may(user, rows, pk, *permissions):
    """{NAME: True} for those of the permissions that the user holds for this row."""
    return {p.name: True for p in permissions if rows.visible_to(user, p).filter(pk=pk).exists()}
