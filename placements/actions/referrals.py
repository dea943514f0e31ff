"""Referring a person, what schemes answer, and how a referral ends."""

import secrets

from django.db import transaction
from django.utils import timezone

from people.actions import refuse_objected
from people.models import Person
from people.queries import funding_team, sharing_allowed
from sharedlives.records.actions import lock, record, record_all
from sharedlives.rules import RuleBroken, refusals

from .. import codes, queries, rules
from ..models import Match, Placement, Referral, ReferralInformation, ReferralScheme
from ..moments import REFERRAL_CLOSED
from .asked import ANSWERED, ask, no_longer_owed
from .involved import end_referred, open_referred

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without letters that are mistaken for digits


def new_reference(letter):
    """A reference for lists and mails, such as R-7KQ2MX: it says nothing about the person."""
    return f"{letter}-" + "".join(secrets.choice(ALPHABET) for _letter in range(6))


def check_information(information):
    """Refuse every item of the checklist that is neither given nor explained, all at once, each beside its field."""
    missing = {}
    for item in codes.Information:
        given, _words, why = information.get(item, (False, "", ""))
        if not given and not why.strip():
            missing |= rules.INFORMATION.broken(f"why_{item.value}", item=item.label).error_dict
    if missing:
        raise RuleBroken(missing)


@transaction.atomic
def refer(*, person, team, schemes, information, by, on=None, **facts):
    """Send a referral to schemes. From now on each sees what was sent, and nothing else of the record.

    `information` is {item: (given, words, why missing)}; every item of `codes.Information` must be given or
    explained. Raises RuleBroken for those that are not, and where the person objects to one of the schemes.
    """
    on = on or timezone.localdate()
    check_information(information)
    person = lock(Person, person.pk)
    referral = Referral(
        person=person,
        organisation=team,
        reference=new_reference("R"),
        state=Referral.State.SENT,
        sent_on=on,
        **facts,
    )
    record(referral, by=by, why="referral sent")
    write_information(referral, information, by)
    send(referral, schemes, on, by)
    return referral


def write_information(referral, information, by):
    kept = {row.item: row for row in referral.information.all()}
    new = []
    with refusals():
        for item, (given, words, why) in information.items():
            row = kept.get(item) or ReferralInformation(referral=referral, item=item)
            row.given, row.words, row.why_missing = given, words.strip(), "" if given else why.strip()
            if item in kept:
                record(row, by=by, why="checklist")
            else:
                new.append(row)
        record_all(new, by=by, why="checklist")


def send(referral, schemes, on, by):
    pack = queries.pack(referral)
    for scheme in schemes:
        refuse_objected(person=referral.person, what="profile", with_whom=scheme, on=on, field="schemes")
        sent = referral.schemes.filter(scheme=scheme).first() or ReferralScheme(
            referral=referral, scheme=scheme
        )
        if not sent._state.adding and sent.closed_on is None:
            raise rules.ONE_OPEN_TO_A_SCHEME.broken("schemes", scheme=scheme)
        sent.sent_on, sent.pack, sent.closed_on, sent.answered_on = on, pack, None, None
        sent.answer, sent.reason, sent.words, sent.missing = codes.Answer.NONE, "", "", []
        record(sent, by=by, why="sent to the scheme")
        ask(referral=referral, scheme=scheme, side="scheme", on=on, by=by)
        open_referred(person=referral.person, scheme=scheme, on=on, by=by)


@transaction.atomic
def send_to(*, referral, schemes, by, on=None):
    """Send an open referral to more schemes, or again to one that had declined or was not chosen."""
    person = lock(Person, referral.person_id)
    referral = lock(Referral, referral.pk)
    check_open(referral, "the schemes")
    referral.person = person
    send(referral, schemes, on or timezone.localdate(), by)
    return referral


@transaction.atomic
def complete_information(*, referral, information, by, version=None, on=None):
    """Put the checklist right. Schemes that returned the referral get the new pack, and answer anew.

    A scheme to which the person objects by now gets nothing more; refused where it is the only one that waits.
    """
    on = on or timezone.localdate()
    check_information(information)
    lock(Person, referral.person_id)
    referral = lock(Referral, referral.pk, version)
    check_open(referral, "the schemes")
    write_information(referral, information, by)
    pack = queries.pack(referral)
    returned = referral.schemes.filter(answer=codes.Answer.RETURNED, closed_on=None).select_related("scheme")
    for sent in not_objected(referral.person, returned, on):
        sent.pack, sent.sent_on, sent.answered_on = pack, on, None
        sent.answer, sent.words, sent.missing = codes.Answer.NONE, "", []
        record(sent, by=by, why="sent again with what was missing")
        ask(referral=referral, scheme=sent.scheme, side="scheme", on=on, by=by)
    return record(referral, by=by, why="information completed")


def not_objected(person, returned, on):
    """The schemes among those that wait to which the person does not object. Raises RuleBroken where none is left."""
    rows = list(returned)
    left = [row for row in rows if sharing_allowed(person, "profile", row.scheme, on).allowed]
    if rows and not left:
        refuse_objected(person=person, what="profile", with_whom=rows[0].scheme, on=on)
    return left


def check_open(referral, scheme):
    if referral.state == Referral.State.CLOSED:
        raise rules.REFERRAL_OPEN.broken(scheme=scheme)


@transaction.atomic
def answer_referral(*, sent, answer, by, reason="", words="", missing=(), on=None, version=None):
    """A scheme accepts a referral for matching, returns it with what is missing, or declines with a reason.

    Declining ends the scheme's sight of the person at once; only its own answer stays with it.
    """
    on = on or timezone.localdate()
    person = lock(Person, sent.referral.person_id)
    sent = lock(ReferralScheme, sent.pk, version)
    referral = lock(Referral, sent.referral_id)
    if sent.closed_on is not None or referral.state == Referral.State.CLOSED:
        raise rules.REFERRAL_OPEN.broken(scheme=sent.scheme)
    sent.answer, sent.words, sent.answered_on = answer, words.strip(), on
    sent.reason = reason if answer == codes.Answer.DECLINED else ""
    sent.missing = list(missing) if answer == codes.Answer.RETURNED else []
    if answer == codes.Answer.DECLINED:
        sent.closed_on = on
    record(sent, by=by, why=f"scheme answered: {codes.Answer(answer).label}")
    no_longer_owed(referral, on, by, ANSWERED, organisation=sent.scheme, side="scheme")
    if answer == codes.Answer.DECLINED:
        end_open_matches(referral, on, by, "the scheme declined", scheme=sent.scheme)
        end_referred(person=person, scheme=sent.scheme, on=on, by=by, why="the scheme declined")
    return sent


def end_open_matches(referral, on, by, because, **only):
    """Proposed matches of a referral end; agreed ones are for their own ending."""
    for match in referral.matches.filter(state=Match.State.PROPOSED, **only):
        match.state, match.ended_on, match.ended_because = Match.State.ENDED, on, because
        record(match, by=by, why=because)
        no_longer_owed(referral, on, by, because, match=match)


def close_schemes(referral, on, by, because, but=None):
    """The part of every scheme, but one, in a referral ends; and with it what they see of the person."""
    for sent in referral.schemes.filter(closed_on=None).exclude(scheme=but).select_related("scheme"):
        sent.closed_on = on
        record(sent, by=by, why=because)
        no_longer_owed(referral, on, by, because, organisation=sent.scheme, side="scheme")
        end_referred(person=referral.person, scheme=sent.scheme, on=on, by=by, why=because)


@transaction.atomic
def close_referral(*, referral, reason, by, words="", on=None, version=None):
    """End a referral with a coded reason. Raises RuleBroken while a placement that it led to is agreed or runs.

    Followers hear of it: *no carer was found* becomes an unmet need, and keeps how many carers each need fitted.
    """
    on = on or timezone.localdate()
    lock(Person, referral.person_id)
    referral = lock(Referral, referral.pk, version)
    check_open(referral, "the schemes")
    waiting = Placement.objects.filter(match__referral=referral, state=Placement.State.AGREED).first()
    if waiting is not None:
        raise rules.STATE.broken(state="agreed and has still to start or to be ended")
    referral.state, referral.closed_on = Referral.State.CLOSED, on
    referral.closed_reason, referral.closed_words = reason, words.strip()
    if reason == codes.ClosedReason.NO_CARER:
        day = max(on, referral.wanted_from or on)
        referral.tried = queries.carers_tried(referral, day)
    with refusals(placements_advice_says_which_options="words"):
        record(referral, by=by, why=f"closed: {codes.ClosedReason(reason).label}")
    end_open_matches(referral, on, by, "the referral was closed")
    close_schemes(referral, on, by, "the referral was closed")
    REFERRAL_CLOSED.happened(referral=referral, by=by)
    return referral


@transaction.atomic
def follow_the_funding(*, person, on, by):
    """Open referrals of a person belong to the team that funds them from a day on. Returns how many changed hands."""
    team = funding_team(person, on)
    rows = Referral.objects.open().filter(person=person).exclude(organisation=team).order_by("pk")
    moved = list(rows.select_for_update(no_key=True)) if team else []
    for row in moved:
        row.organisation = team
        record(row, by=by, why="handed over to the team that funds the person")
    return len(moved)
