"""Fetching a concern or a complaint as a user may see it. The access log keeps its id, not the person's.

Who has looked at a person is shown to managers and to the person: a look at a concern must not stand there.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from people.access import can
from people.models import Person
from sharedlives.permissions import Permission, needs

from .models import Concern, managed_by


def may(user, permission, concern):
    """Does one membership of the user show the concern and hold the permission? (Two never add up.)"""
    if concern.reach == Concern.Reach.MANAGERS:
        return concern.organisation_id in managed_by(user, permission)
    return can(user, permission, concern.person)


def concern_or_404(request, pk, permission):
    """A concern for a page. Not yours: 404. Yours but not your job: 403."""
    rows = Concern.objects.visible_to(request.user).filter(pk=pk)
    concern = rows.select_related("person", "organisation", "council", "written_by", "link").first()
    if concern is None:
        raise Http404
    request.looked_at([concern.pk])
    if not may(request.user, permission, concern):
        raise PermissionDenied(needs(permission))
    return concern


def redress_or_404(request, rows, pk, permission):
    """(a complaint or what was said under the duty of candour, what the user may do with it). 404 or 403 as above.

    `rows` went through `visible_to`.
    """
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    request.looked_at([row.looked_at_as])
    if row.reach == Concern.Reach.MANAGERS:
        held = {one for one in Permission if row.organisation_id in managed_by(request.user, one)}
    else:
        held = Person.objects.permissions_for(request.user, row.person)
    if permission not in held:
        raise PermissionDenied(needs(permission))
    return row, {one.name: True for one in held}
