"""Links by which somebody without an account raises a concern."""

import secrets
from datetime import date, timedelta

from django.core import signing
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from people.queries import funding_team
from sharedlives.addresses import hashed
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .. import queries
from ..models import ConcernLink

SALT = "risk.concern-link"


def new_token():
    """(what stands in the address, what the row keeps of it)."""
    secret = secrets.token_urlsafe(24)
    return Signer(salt=SALT, sep=".").sign(secret), hashed(secret)


def find_link(token):
    """The row of a link by its token, open or not; None where the token was never ours."""
    try:
        secret = Signer(salt=SALT, sep=".").unsign(token)
    except BadSignature:
        return None
    return ConcernLink.objects.select_related("council").filter(token_hash=hashed(secret)).first()


@transaction.atomic
def make_link(*, made_for, by, person=None, on=None):
    """Make a link and return it; `link.token` holds what the address says, this once and never again."""
    on = on or timezone.localdate()
    own = queries.own_organisation(by, person)
    council = person.responsible_council if person else own.council
    token, kept = new_token()
    link = ConcernLink(
        person=person,
        council=council,
        organisation=own if person else council,
        made_for=made_for,
        token_hash=kept,
        made_by=by,
        expires_on=on + timedelta(days=queries.policy(council, on).link_days),
    )
    with refusals():
        record(link, by=by, why="concern link made")
    link.token = token
    return link


@transaction.atomic
def close_link(*, link, by):
    """Close a link. A second closing changes nothing."""
    link = lock(ConcernLink, link.pk)
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        record(link, by=by, why="concern link closed")
    return link


def answers_for(person, council, on):
    """The organisation that answers for a concern: the team that funds the person, else the council."""
    return (person and funding_team(person, on)) or council


def receipt(concern):
    """What the reply may say, signed: the reference and by when there is an answer. No person, no word of it."""
    facts = {"reference": concern.reference, "by": concern.due_on.isoformat()}
    return signing.dumps(facts, salt="risk.receipt")


def read_receipt(text):
    """{reference, due_on} of a receipt, or None where it was tampered with."""
    try:
        facts = signing.loads(text, salt="risk.receipt")
    except BadSignature:
        return None
    return {"reference": facts["reference"], "due_on": date.fromisoformat(facts["by"])}
