"""Keeping what was handed over, and changing the pictures of our documents: new versions, never edits."""

import hashlib

from django.db import transaction
from django.utils import timezone

from sharedlives.records.actions import record

from .images import painted_anew
from .models import IssuedDocument, Picture


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


@transaction.atomic
def set_picture(*, name, content, words, in_force_from, by, organisation_id=None):
    """Add a version of a picture, painted anew. Raises RuleBroken for what is no small PNG or JPEG."""
    painted = painted_anew(content)
    row = Picture(
        name=name, organisation_id=organisation_id, content=painted.content, content_type=painted.content_type,
        words=words, in_force_from=in_force_from, made_by=by,
    )  # fmt: skip
    return record(row, by=by, why=f"picture of our documents from {in_force_from}")


@transaction.atomic
def reset_picture(*, name, by, organisation_id=None):
    """From today on the shipped picture again, for a council what everybody has; the versions before stay listed."""
    today = timezone.localdate()
    later = Picture.objects.of(organisation_id).filter(name=name, in_force_from__gt=today)
    days = {
        today,
        *later.values_list("in_force_from", flat=True),
    }  # what waits for its day would come all the same
    for day in sorted(days):
        row = Picture(name=name, organisation_id=organisation_id, in_force_from=day, made_by=by)
        record(row, by=by, why="back to the shipped picture")
    return row
