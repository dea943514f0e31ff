"""Fetching a home or a carer as a user may. Not of your schemes: 404. Yours but not your job: 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from people.models.organisation import current
from sharedlives.permissions import needs

from .models import Carer, Household, HouseholdScheme
from .models.home import own_schemes


def home_or_404(request, pk, permission):
    """A home of the user's own schemes, through a membership that holds the permission. Carries `schemes_now`."""
    home = Household.objects.visible_to(request.user).select_related("council").filter(pk=pk).first()
    if home is None:
        raise Http404
    home.schemes_now = schemes_of(home.pk)
    check(request.user, home.schemes_now, permission)
    return home


def carer_or_404(request, pk, permission):
    """A carer of a home of the user's own schemes, through a membership that holds the permission. Noted as looked at."""
    rows = Carer.objects.visible_to(request.user).select_related("household", "organisation", "worker")
    carer = rows.filter(pk=pk).first()
    if carer is None:
        raise Http404
    request.looked_at([carer.pk])
    carer.schemes_now = schemes_of(carer.household_id)
    check(request.user, carer.schemes_now, permission)
    return carer


def schemes_of(household_id):
    """The schemes that work with a home today."""
    links = HouseholdScheme.objects.filter(current(timezone.localdate()), household=household_id)
    return [link.scheme for link in links.select_related("scheme")]


def allowed(user, schemes, permission):
    """Does a membership in one of these schemes hold the permission? (Two never add up.)"""
    own = own_schemes(user, permission)
    return any(scheme.pk in own for scheme in schemes)


def check(user, schemes, permission):
    if not allowed(user, schemes, permission):
        raise PermissionDenied(needs(permission))


def may(user, schemes, *permissions):
    """{NAME: True} for those of the permissions that the user holds in one of these schemes."""
    return {p.name: True for p in permissions if allowed(user, schemes, p)}
