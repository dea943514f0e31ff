"""Typed work given back after signing in again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sharedlives.permissions import signed_in

from . import typed
from .models import ParkedPost

HIDDEN = {"form_key", "form_version", "submit"}


@signed_in
@require_GET
def parked(request, pk):
    """What somebody had typed when they were signed out; one button sends it to where it was going."""
    row = get_object_or_404(ParkedPost, pk=pk, user=request.user)
    fields = typed.read(row)
    shown = [
        (name.replace("_", " "), " ".join(values)) for name, values in fields.items() if name not in HIDDEN
    ]
    return render(request, "sharedlives/parked.html", {"parked": row, "fields": fields, "shown": shown})


@signed_in
@require_POST
def stay_signed_in(request):
    """The answer to the time-out warning: the session goes on."""
    request.session["last_seen"] = timezone.now().timestamp()
    return HttpResponse(status=204)
