"""Changing many rows at once with their history: a list has thousands of rows, a sweep finds as many gaps."""

from simple_history.utils import bulk_update_with_history

from sharedlives.records.actions import AT_ONCE


def change(rows, fields, *, by, why):
    """Save some fields of rows of one model, each with its history and one version more. Returns them."""
    rows = list(rows)
    for row in rows:
        row.version += 1
    if rows:
        bulk_update_with_history(
            rows,
            type(rows[0]),
            [*fields, "version"],
            batch_size=AT_ONCE,
            default_user=by,
            default_change_reason=why[:100],
        )
    return rows
