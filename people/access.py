"""Fetching a person or a row as a user may see it. Not yours: 404. Yours but not your job: 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from sharedlives.permissions import needs

from .models import Person
from .visibility import Level


def can(user, permission, person):
    """Does the membership that makes this person visible hold the permission? (Two never add up.)"""
    return Person.objects.visible_to(user, permission=permission).filter(pk=person.pk).exists()


def person_or_404(request, pk, permission, least=Level.REFERRAL):
    """A person for a page. Notes the look in the access log; raises Http404 or PermissionDenied."""
    person = Person.objects.visible_to(request.user, least=least).filter(pk=pk).first()
    if person is None:
        raise Http404
    request.looked_at([person.pk])
    check(request.user, permission, person)
    return person


def row_or_404(request, queryset, pk, permission):
    """A row with a `person`, out of `Model.objects.visible_to(user)`. Notes the look; 404 or 403 as above."""
    row = queryset.filter(pk=pk).first()
    if row is None:
        raise Http404
    if row.person_id is not None:
        request.looked_at([row.person_id])
        check(request.user, permission, row.person)
    return row


def check(user, permission, person):
    if not can(user, permission, person):
        raise PermissionDenied(needs(permission))
