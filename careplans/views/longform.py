"""Long forms: one thing a page, each page kept as a server-side draft of the user who types."""

from functools import partial

from sharedlives.records.actions import save_draft
from sharedlives.records.models import Draft


def typed_by(user, form, row):
    """What this user has typed into a long form about a row and not yet put into it, or None."""
    return Draft.objects.filter(user=user, form=form, object_id=row.pk).first()


def keep(request, form, row, key, answer):
    """Keep one page of what was typed, outside the transaction of this request: it survives whatever fails."""
    typed = typed_by(request.user, form, row)
    request.outside.append(
        partial(
            save_draft, user=request.user, form=form, object_id=row.pk,
            answers=(typed.answers if typed else {}) | {key: answer},
            base_version=typed.base_version if typed else row.version,
        )
    )  # fmt: skip


def after(keys, key):
    """The key of the page after this one, or None after the last."""
    following = keys[keys.index(key) + 1 :]
    return following[0] if following else None
