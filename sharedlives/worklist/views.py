"""My work, and the health of the system."""

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sharedlives.permissions import Permission, require, signed_in

from . import jobs


@require(Permission.WORK_VIEW)
@require_GET
def home(request):
    return render(request, "worklist/home.html", {})


def healthz(request):
    """The process answers. No database, no session."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"jobs_late": [job for job, _at in jobs.late()]})


healthz.login_required = False
readyz.login_required = False
