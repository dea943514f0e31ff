"""Error pages of our own. They never re-read what was posted: a broken POST must not break its own answer."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import get_template

REPEATABLE = {"40P01", "40001"}  # deadlock, serialisation failure: the same request again may succeed


def page(name, status, **context):
    response = HttpResponse(get_template(name).render(context), status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def bad_request(request, exception=None):
    return page("400.html", 400)


def permission_denied(request, exception=None):
    return page("403.html", 403, reason=str(exception or ""), request=request)


def not_found(request, exception=None):
    return page("404.html", 404, request=request)


def csrf_failure(request, reason=""):
    return page(
        "400.html", 403, reason="Your page was too old to be sent safely. Open it again, then send it."
    )


def server_error(request):
    """A fault of ours (500), or a database that is away (503: nothing was saved, try again shortly)."""
    error = sys.exc_info()[1]
    if isinstance(error, (OperationalError, InterfaceError)):
        code = getattr(getattr(error, "__cause__", None), "pgcode", None)
        response = page("503.html", 503)
        response["Retry-After"] = "5"
        response.repeat = code in REPEATABLE
        return response
    return page("500.html", 500)
