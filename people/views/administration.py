"""Where an administrator begins: what needs somebody, last night's jobs, and the way to everything else."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from sharedlives.notices import ADMIN_NOTICES
from sharedlives.permissions import Permission, require
from sharedlives.worklist.jobs import at_a_glance


@require(Permission.ADMINISTER)
@require_GET
def administration(request):
    """Numbers only: no person is named here."""
    notices = [
        {"label": g.label, "mends": g.mends, "count": g.count(), "path": g.path()} for g in ADMIN_NOTICES
    ]
    context = {
        "owed": [n for n in notices if n["count"]],
        "well": [n for n in notices if not n["count"]],
        "jobs": at_a_glance(),
    }
    return render(request, "people/administration.html", context)
