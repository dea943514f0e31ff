"""Typed work outlives its session: a form that comes too late is sealed and given back after signing in."""

import base64
import hashlib
import json
import uuid

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

from . import actions

MAX_AGE = 24 * 3600  # seconds: how long after it was opened a form may still be parked
NEVER_KEPT = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "login"}


def new_key(user):
    """A one-time key for a form, signed, so that it also tells whose form it was."""
    return TimestampSigner(salt="form-key").sign(f"{uuid.uuid4()}.{user.pk}")


def read_key(value, max_age=None):
    """(key, user id) of a signed one-time key, or (None, None) when it was tampered with."""
    try:
        text = TimestampSigner(salt="form-key").unsign(value or "", max_age=max_age)
        key, user_id = text.split(".")
        return uuid.UUID(key), uuid.UUID(user_id)
    except (BadSignature, ValueError):
        return None, None


def cipher():
    digest = hashlib.sha256(b"parked-post:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def park(request):
    """Keep the form of somebody who was signed out meanwhile. Returns the row, or None for other posts."""
    _, user_id = read_key(request.POST.get("form_key"), max_age=MAX_AGE)
    if user_id is None:
        return None
    fields = {k: request.POST.getlist(k) for k in request.POST if k not in NEVER_KEPT}
    sealed = cipher().encrypt(json.dumps(fields).encode())
    return actions.park(user_id=user_id, path=request.get_full_path(), sealed=sealed)


def read(parked):
    """The fields of a parked form, {name: [values]}."""
    return json.loads(cipher().decrypt(bytes(parked.sealed)))
