"""Pages that ask several questions about one person ask them in one query; `people.access` asks one at a time."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from people.models import Person
from sharedlives.permissions import needs


def allowed(request, person, permission):
    """{PERMISSION: True} of all that this user may do for a person, for templates. Raises PermissionDenied."""
    held = Person.objects.permissions_for(request.user, person)
    if permission not in held:
        raise PermissionDenied(needs(permission))
    return {held_permission.name: True for held_permission in held}


def person_allowed(request, pk, permission):
    """(person, what the user may do). Notes the look; raises Http404 or PermissionDenied."""
    person = Person.objects.visible_to(request.user).filter(pk=pk).first()
    if person is None:
        raise Http404
    request.looked_at([person.pk])
    return person, allowed(request, person, permission)


def row_allowed(request, queryset, pk, permission):
    """(row with a `person`, what the user may do), out of `Model.objects.visible_to(user)`. As above."""
    row = queryset.filter(pk=pk).first()
    if row is None:
        raise Http404
    request.looked_at([row.person_id])
    return row, allowed(request, row.person, permission)
