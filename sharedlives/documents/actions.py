"""Keeping what was handed over."""

import hashlib

from .models import IssuedDocument


def issue(*, kind, content, content_type, filename, by, person_id=None):
    """Keep the bytes that go out, with their hash; returns the row. `by` is a user, or None for the clock."""
    return IssuedDocument.objects.create(
        kind=kind,
        person_id=person_id,
        issued_by=by,
        content=content,
        content_type=content_type,
        filename=filename,
        sha256=hashlib.sha256(content).hexdigest(),
    )
