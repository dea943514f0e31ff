"""Changing the words of our mails and letters: new versions, never edits; tried out on oneself first."""

from django.db import transaction
from django.utils import timezone

from sharedlives.records.actions import record

from .. import rules
from ..models import WordingVersion
from ..wordings import REGISTRY, names_in
from .outbox import queue_mail

TEST = "test-"


@transaction.atomic
def set_wording(*, slug, subject, body, in_force_from, by):
    """Add a version of the words of a mail or letter. Raises RuleBroken for placeholders that it does not have.

    Also where the one is left out that it cannot do without: a mail's link, a letter's facts.
    """
    for field, text in (("subject", subject), ("body", body)):
        check_placeholders(slug, field, text)
    must = REGISTRY[slug].must_hold
    if must not in names_in(body):
        raise rules.WORDING_LINK.broken("body", what=f"{{{must}}}")
    row = WordingVersion(
        slug=slug, subject=" ".join(subject.split()), body=body.replace("\r\n", "\n").strip(),
        in_force_from=in_force_from, made_by=by,
    )  # fmt: skip
    return record(row, by=by, why=f"words from {in_force_from}")


def check_placeholders(slug, field, text):
    try:
        unknown = sorted(names_in(text) - REGISTRY[slug].placeholders.keys())
    except ValueError:
        raise rules.WORDING_BRACES.broken(field) from None
    if unknown:
        raise rules.WORDING_PLACEHOLDERS.broken(field, unknown=", ".join(f"{{{name}}}" for name in unknown))


@transaction.atomic
def reset_wording(*, slug, by):
    """From today on the shipped words again; the versions before stay as they were."""
    today = timezone.localdate()
    later = WordingVersion.objects.filter(slug=slug, in_force_from__gt=today)
    on = max([today, *later.values_list("in_force_from", flat=True)])
    row = WordingVersion(slug=slug, in_force_from=today, made_by=by)
    record(row, by=by, why="back to the shipped words")
    if on > today:  # a version that waits for its day would come into force all the same
        record(
            WordingVersion(slug=slug, in_force_from=on, made_by=by), by=by, why="back to the shipped words"
        )
    return row


def send_test(*, slug, by):
    """Send the newest words to oneself, with made-up facts, through the outbox like any mail."""
    return queue_mail(recipient=by, template=f"{TEST}{slug}", path="/", reference="")
