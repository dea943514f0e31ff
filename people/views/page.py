"""A person's own page."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.access import check
from people.models import Person
from people.visibility import Level
from sharedlives.panels import panels_for
from sharedlives.permissions import Permission, require


@require(Permission.PERSON_VIEW)
@require_GET
def person(request, pk):
    """One page that a duty worker grasps in a minute. A masked record says that it is there, and the door."""
    row = Person.objects.visible_to(request.user).with_page().filter(pk=pk).first()
    if row is None:
        return closed_record(request, pk)
    request.looked_at([row.pk])
    check(request.user, Permission.PERSON_VIEW, row)
    allowed = Person.objects.permissions_for(request.user, row)
    whole = Person.objects.visible_to(request.user, least=Level.SUPPORTS).filter(pk=pk).exists()
    context = {
        "whole": whole,
        "person": row,
        "panels": panels_for(request.user, row, allowed.__contains__),
        "may": {permission.name: True for permission in allowed},
        "past": not whole
        and Person.objects.visible_to(request.user, least=Level.PAST).filter(pk=pk).exists(),
    }
    return render(request, "people/person.html", context)


def closed_record(request, pk):
    """A masked record of one's own people is not pretended away; any other is not found."""
    row = Person.objects.masked_for(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    request.looked_at([row.pk])
    return render(request, "people/masked.html", {"person": row}, status=403)
