"""Drafting and signing the placement agreement. A signed one never changes; a newer one supersedes it."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from carers import actions as carers
from people import actions as people
from people.queries import authority_to_sign
from sharedlives.records.actions import lock, record, record_all, strike
from sharedlives.rules import refusals

from .. import codes, rules
from ..models import (
    AgreementEnteredInError,
    AgreementFee,
    AgreementRequirement,
    AgreementSignature,
    AgreementSupersession,
    Placement,
    PlacementAgreement,
)
from ..queries.fees import outside_bands
from .charges import owe_charges_look
from .starts import close_what_is_there

TAKEN_OVER = (
    "max_people", "room", "plan_elements", "roles", "contact_every", "independent_person", "fees", "why_outside",
    "breaks", "money_and_medicines", "notice", "complaints",
)  # fmt: skip
AUTHORITY_LONGEST = AgreementSignature._meta.get_field("authority").max_length


@transaction.atomic
def draft_agreement(*, placement, requirements, by, fee_lines=(), **facts):
    """A new version, to be signed by all parties. `requirements` is [(words, who is responsible)], at least one.

    `fee_lines` is [(what for, pounds a week, who pays)].
    """
    placement = lock(Placement, placement.pk)
    if placement.state == Placement.State.ENDED:
        raise rules.STATE.broken(state="ended")
    draft = placement.agreements.filter(state=PlacementAgreement.State.DRAFT).first()
    if draft is not None:
        return amend_agreement(
            agreement=draft, requirements=requirements, fee_lines=fee_lines, by=by, **facts
        )
    last = placement.agreements.aggregate(last=Max("number"))["last"] or 0
    agreement = PlacementAgreement(
        placement=placement, organisation=placement.scheme, number=last + 1, drafted_by=by, **facts
    )
    record(agreement, by=by, why="drafted")
    write_requirements(agreement, requirements, by)
    write_fees(agreement, fee_lines, by)
    return agreement


@transaction.atomic
def renew_agreement(*, placement, by):
    """The draft in which a signed agreement is changed: the open one, else a new one with the words in force.

    Returns it; None where no agreement is in force yet, or the placement has ended.
    """
    placement = lock(Placement, placement.pk)
    draft = placement.agreements.not_in_error().filter(state=PlacementAgreement.State.DRAFT).first()
    last = placement.agreements.in_force().first()
    if draft is not None or last is None or placement.state == Placement.State.ENDED:
        return draft
    fee_lines = [(row.what, row.pounds, row.payer) for row in last.fee_lines.all()]
    facts = {name: getattr(last, name) for name in TAKEN_OVER}
    if not last.why_outside and outside_bands(last, fee_lines, timezone.localdate()):
        facts["why_outside"] = f"As agreed in version {last.number}, before the bands of today"
    return draft_agreement(
        placement=placement, by=by, fee_lines=fee_lines, **facts,
        requirements=[(row.words, row.responsible) for row in last.requirements.all()],
    )  # fmt: skip


@transaction.atomic
def amend_agreement(*, agreement, requirements, by, fee_lines=(), version=None, **facts):
    """Change a draft, until the first signature is under it. Raises RuleBroken afterwards."""
    agreement = lock(PlacementAgreement, agreement.pk, version)
    if agreement.state == PlacementAgreement.State.SIGNED:
        raise rules.SIGNED_IS_FINAL.broken()
    for name, value in facts.items():
        setattr(agreement, name, value)
    with refusals():
        record(agreement, by=by, why="draft changed")
        for row in (*agreement.requirements.all(), *agreement.fee_lines.all()):
            strike(row, by=by, why="draft changed")
        write_requirements(agreement, requirements, by)
        write_fees(agreement, fee_lines, by)
    return agreement


def write_requirements(agreement, requirements, by):
    kept = [(words.strip(), responsible) for words, responsible in requirements if words.strip()]
    if not kept:
        raise rules.REQUIREMENTS.broken("requirements")
    rows = [
        AgreementRequirement(agreement=agreement, number=number, words=words, responsible=responsible)
        for number, (words, responsible) in enumerate(kept, 1)
    ]
    record_all(rows, by=by, why="requirement")


def write_fees(agreement, fee_lines, by):
    odd = () if agreement.why_outside.strip() else outside_bands(agreement, fee_lines, timezone.localdate())
    if odd:
        raise rules.FEE_OUTSIDE_BANDS.broken("why_outside", what=", ".join(what.label for what in odd))
    rows = [
        AgreementFee(agreement=agreement, what=what, pounds=pounds, payer=payer)
        for what, pounds, payer in fee_lines
    ]
    with refusals():
        record_all(rows, by=by, why="fee line")


@transaction.atomic
def sign_agreement(
    *,
    agreement,
    party,
    how,
    by,
    name="",
    before_whom="",
    representative=None,
    on=None,
    why_new="",
    version=None,
):
    """One party signs. With the last signature the agreement is signed, and supersedes the one before.

    Whoever signs for the scheme or the team does so as the user who is signed in; a `representative` is a contact of
    the person with authority on our records. Raises RuleBroken.
    """
    on = on or timezone.localdate()
    agreement = lock(PlacementAgreement, agreement.pk, version)
    if agreement.state == PlacementAgreement.State.SIGNED:
        raise rules.SIGNED_IS_FINAL.broken()
    if on > timezone.localdate():
        raise rules.NOT_YET.broken("on", on=on)
    own = party in (codes.Party.SCHEME, codes.Party.TEAM)
    if own:
        carers.check_not_close(agreement.placement.carer, by)
    signature = AgreementSignature(
        agreement=agreement, party=party, name=by.name if own else name, user=by if own else None, how=how,
        before_whom=before_whom, on=on,
    )  # fmt: skip
    if party == codes.Party.REPRESENTATIVE:
        rest_on_authority(signature, representative)
    with refusals(placements_party_signs_once="party"):
        record(signature, by=by, why=f"signed by {codes.Party(party).label}")
    signed = {row.party for row in agreement.signatures.all()}
    if rules.parties_missing(signed):
        return agreement
    return make_final(agreement, why_new, by)


def rest_on_authority(signature, contact):
    """A representative signs under their own name and by what is on our records. Raises RuleBroken."""
    fact = authority_to_sign(signature.agreement.person, contact, signature.on)
    signature.name, signature.rests_on = contact.name, fact
    signature.authority = f"{fact.get_kind_display()}: {fact.in_words}"[:AUTHORITY_LONGEST]


def make_final(agreement, why_new, by):
    before = agreement.placement.agreements.in_force().first()
    agreement.state = PlacementAgreement.State.SIGNED
    agreement.signed_on = max(row.on for row in agreement.signatures.all())
    record(agreement, by=by, why="signed by all parties")
    if before is not None:
        row = AgreementSupersession(
            old=before,
            new=agreement,
            why=why_new.strip() or "a new version was signed",
            on=agreement.signed_on,
        )
        record(row, by=by, why="superseded")
    close_what_is_there(agreement.placement, by)
    owe_charges_look(agreement.placement, agreement.signed_on, by)
    return agreement


@transaction.atomic
def enter_in_error(*, agreement, why, by):
    """Hide a version that should not be on this placement; whoever signed it from outside holds a copy to recall."""
    agreement = lock(PlacementAgreement, agreement.pk)
    with refusals():
        record(AgreementEnteredInError(agreement=agreement, why=why.strip()), by=by, why="entered in error")
    people.recall_copies(
        person=agreement.person, organisation=agreement.organisation, record_id=agreement.pk,
        what=f"Placement agreement, version {agreement.number}", copies=copies_of(agreement), by=by,
    )  # fmt: skip
    return agreement.placement


def copies_of(agreement):
    """Whoever signs gets a copy: [(who, when)]; not those who read it here."""
    signatures = agreement.signatures.filter(user=None)
    return [(f"{row.name}, {row.get_party_display().lower()}", row.on) for row in signatures]
