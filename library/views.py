"""The procedures in force, to read."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from sharedlives.permissions import signed_in

from . import queries


@signed_in
@require_GET
def procedures(request):
    """What to do, as the councils that one works for have written it down."""
    memberships = request.user.current_memberships()
    councils = {
        m.organisation.council.pk: m.organisation.council for m in memberships if m.organisation.council
    }
    found = queries.procedures(list(councils.values()), timezone.localdate())
    return render(request, "library/procedures.html", {"procedures": found})
