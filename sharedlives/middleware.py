"""What stands round every request: one transaction, time-outs that keep typed work, the second factor."""

import time
import uuid

from django.conf import settings
from django.contrib.auth import logout
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from . import errors, logs
from .records import typed

UNTOUCHED = ("/static/", "/healthz")
SECOND_FACTOR_PAGES = ("/account/", "/static/", "/healthz", "/readyz")


class RequestIdMiddleware:
    """Give each request an id for the logs and the access log, and forbid keeping signed-in pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4()
        token = logs.request_id.set(str(request.id))
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-Id"] = str(request.id)
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store, private")
        return response


class UnavailableMiddleware:
    """Answer 503 with a page while the database is away, also where no view was reached."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            response = errors.page("503.html", 503)
            response["Retry-After"] = "5"
            return response


class OneTransactionMiddleware:
    """One outer transaction round the whole response, rendering and access log included.

    Refusals (403, 404) keep their access-log rows; a fault (5xx) rolls everything back. A deadlock repeats
    the request once. `request.outside` holds calls for after the transaction: drafts survive a rollback.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(UNTOUCHED):
            return self.get_response(request)
        if request.method == "POST" and not request.content_type.startswith("multipart/"):
            _ = request.body  # kept, so that the request can be repeated
        response = self.answer(request)
        if getattr(response, "repeat", False):
            time.sleep(0.05)
            response = self.answer(request)
        for call in request.outside:
            call()
        return response

    def answer(self, request):
        request.outside = []
        try:
            with transaction.atomic():
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                elif request.method == "POST" and not connection.needs_rollback:
                    with connection.cursor() as cursor:
                        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError:
            return errors.page("409.html", 409)
        return response


class IdleTimeoutMiddleware:
    """Sign out after half an hour of silence or twelve hours in all. Typed work is parked, not lost."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and self.timed_out(request):
            logout(request)
        return self.get_response(request)

    def timed_out(self, request):
        now = timezone.now().timestamp()
        started = request.session.setdefault("started", now)
        last_seen = request.session.setdefault("last_seen", now)
        if now - last_seen > settings.IDLE_TIMEOUT.total_seconds():
            return True
        if now - started > settings.ABSOLUTE_TIMEOUT.total_seconds():
            return True
        if now - last_seen > 60:
            request.session["last_seen"] = now
        return False

    def process_view(self, request, view, args, kwargs):
        """After the CSRF check: keep a form that came too late, and ask to sign in again."""
        if request.user.is_authenticated or request.method != "POST":
            return None
        parked = typed.park(request)
        if parked is None:
            return None
        return redirect(f"{reverse('account_login')}?next={reverse('parked', args=[parked.pk])}")


class SecondFactorMiddleware:
    """Roles named in SECOND_FACTOR_ROLES set up a second factor before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.must_set_up(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def must_set_up(self, request):
        if not settings.SECOND_FACTOR_ROLES or not request.user.is_authenticated:
            return False
        if request.path.startswith(SECOND_FACTOR_PAGES):
            return False
        roles = {membership.role for membership in request.user.current_memberships()}
        if not roles & set(settings.SECOND_FACTOR_ROLES):
            return False
        return not request.user.authenticator_set.exists()
