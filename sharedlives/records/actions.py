"""Saving with history, locking before a change, and the rows that keep watch."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from sharedlives.rules import Stale

from .models import AccessLogEntry, Draft, FormKey, ParkedPost

AT_ONCE = 500
CAME_FROM = ContextVar("came_from", default="")


@contextmanager
def came_from(where):
    """Whatever is recorded inside says in its history where it came from: *registered (people.csv, row 3)*."""
    token = CAME_FROM.set(where)
    try:
        yield
    finally:
        CAME_FROM.reset(token)


def reason(why):
    """The words of a history: why, and where it came from when that was a file; at most 100 letters."""
    where = CAME_FROM.get()
    return f"{why} ({where})"[:100] if where else why[:100]


def record(row, *, by, why):
    """Save a row with its history: who (`by`, a user or None for the clock) and why, in plain words.

    Validation of single fields is the form's and the database's; this adds one to `version`.
    """
    if not row._state.adding:
        row.version += 1
    row._history_user = by
    row._change_reason = reason(why)
    row.save()
    return row


def record_all(rows, *, by, why):
    """Save new rows of one model, each with its history, in two statements. Returns them.

    For rows that come together: a list of thousands, the twelve answers of a checklist.
    """
    rows = list(rows)
    if rows:
        bulk_create_with_history(
            rows, type(rows[0]), batch_size=AT_ONCE, default_user=by, default_change_reason=reason(why)
        )
    return rows


def strike(row, *, by, why):
    """Delete a row that carries no case content (a draft line, a set-up mistake); history keeps it."""
    row._history_user = by
    row._change_reason = why[:100]
    row.delete()


def lock(rows, pk, version=None):
    """Read a row again under a lock, so that the change is made to what is there now.

    `rows` is a queryset or a model. Raises `Stale` with the other person's changes, field by field, when the
    row is newer than `version`, the one the form was opened on.
    """
    queryset = rows.objects.all() if hasattr(rows, "objects") else rows
    row = queryset.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    if version and row.version != version:
        raise Stale(changes_since(row, version))
    return row


def changes_since(row, version):
    """What changed in a row since a version, as [{field, was, now}], in the words of its labels."""
    old = row.history.filter(version=version).order_by("-history_date").first()
    new = row.history.order_by("-history_date").first()
    if old is None or new is None:
        return []
    changes = []
    for change in new.diff_against(old, excluded_fields=["version"]).changes:
        label = row._meta.get_field(change.field).verbose_name
        changes.append({"field": str(label), "was": str(change.old), "now": str(change.new)})
    return changes


def note_access(*, request, status, view):
    """One row for one view, in the request's own transaction: if it fails, nothing is shown."""
    AccessLogEntry.objects.create(
        user_id=request.user.pk,
        person_ids=list(request.persons_shown),
        view=view[:120],
        method=request.method,
        status=status,
        exported=getattr(request, "exported", "")[:120],
        why=getattr(request, "access_reason", "")[:200],
        request_id=request.id,
    )


def use_key(*, key, user):
    """Use a one-time key. Returns None the first time, else the row of the first time.

    Two identical requests at once: the second waits here for the first to commit or to roll back.
    """
    row, new = FormKey.objects.get_or_create(key=key, defaults={"user": user, "led_to": ""})
    return None if new else row


def key_led_to(*, key, path):
    """Remember where a carried-out form led, for a second click on the same button."""
    FormKey.objects.filter(key=key).update(led_to=path[:300])


def save_draft(*, user, form, object_id, answers, base_version=0):
    """Keep what has been typed so far, replacing the earlier draft of the same form by the same user."""
    with transaction.atomic():
        draft, _ = Draft.objects.update_or_create(
            user=user,
            form=form,
            object_id=object_id,
            defaults={"answers": answers, "base_version": base_version},
        )
    return draft


def drop_draft(*, user, form, object_id):
    """The form was carried out: its draft has served."""
    Draft.objects.filter(user=user, form=form, object_id=object_id).delete()


def park(*, user_id, path, sealed):
    """Keep a form whose sender had been signed out."""
    return ParkedPost.objects.create(user_id=user_id, path=path[:300], sealed=sealed)


def unpark(*, parked):
    """The parked form has been sent again."""
    parked.saved_at = timezone.now()
    parked.save(update_fields=["saved_at"])
