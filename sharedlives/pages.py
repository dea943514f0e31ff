"""The one way in which a page carries out an action."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse

from .records import actions as records
from .records import typed


def form_page(request, *, form, action, template, to=None, done="", **context):
    """Show a form; when it is sent and valid, run `action(**form.facts())` once and go on.

    `to` is an address, an object with an address, or a function of what the action returned (default: what
    the action returned). `done` is what the green banner says. A refused rule, or a newer version of the
    row, stands in the error summary, and all that was typed stays.
    """
    if request.method == "POST" and form.is_valid():
        answer = carry_out(request, form, action, to, done)
        if answer is not None:
            return answer
    status = 200 if not form.errors else 422
    return render(request, template, {"form": form, **context}, status=status)


def carry_out(request, form, action, to, done):
    """Run the action behind a one-time key. Returns the redirect, or None when it was refused."""
    key, owner = typed.read_key(form.cleaned_data.get("form_key"))
    if key is None or owner != request.user.pk:
        form.add_error(None, "This page was opened too long ago. Check what you typed, then save again.")
        form.data = form.data.copy()
        form.data[form.add_prefix("form_key")] = typed.new_key(request.user)
        return None
    try:
        with transaction.atomic():
            earlier = records.use_key(key=key, user=request.user)
            if earlier is not None:
                return redirect(earlier.led_to or reverse("home"))
            result = action(**form.facts())
            target = resolve_url(to(result) if callable(to) else to or result)
            records.key_led_to(key=key, path=target)
    except ValidationError as broken:
        form.refuse(broken)
        return None
    if done:
        messages.success(request, done)
    return redirect(target)
