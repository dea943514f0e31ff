"""Legal facts about a person, and their way to the schemes that support them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people import rules
from people.models import Involvement, LegalFact, LegalFactShare
from people.queries import funding_team
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .objections import refuse_objected


@transaction.atomic
def record_legal_fact(*, person, by, replaces=None, **facts):
    """Write down a legal fact, or a newer one in place of an old one. Each supporting scheme is owed its copy.

    Raises RuleBroken: an authority without its holder, a court order without reference and end, dates out of order.
    """
    today = timezone.localdate()
    team = funding_team(person, today)
    fact = LegalFact(
        person=person, organisation=team or person.responsible_council, replaces=replaces, **facts
    )
    set_due(fact)
    with refusals():
        record(fact, by=by, why=f"{fact.get_kind_display()} recorded")
    if replaces is not None:
        stop(replaces, by=by, why="replaced by a newer one")
    supporting = Involvement.objects.current(today).filter(person=person, role="supports")
    for scheme in dict.fromkeys(row.organisation for row in supporting.select_related("organisation")):
        owe_share(fact=fact, scheme=scheme, by=by)  # once, also where it supports the person in two ways
    return fact


def set_due(fact):
    """When somebody must act on it, and when the first reminder of that goes out."""
    fact.due_on = rules.legal_fact_due(
        is_liberty=fact.kind == LegalFact.Kind.LIBERTY,
        since=fact.since,
        applied_on=fact.applied_on,
        granted_on=fact.granted_on,
        until=fact.until,
    )
    fact.next_stage_on = stage("people.legal_fact_ends", fact.organisation, fact.due_on)


def stage(deadline, organisation, due_on):
    return first_stage_on(deadline, council=organisation.council, due_on=due_on) if due_on else None


def stop(fact, *, by, why):
    """No reminders about a fact that holds no longer, nor about its copies."""
    fact = lock(LegalFact, fact.pk)
    fact.next_stage_on = None
    record(fact, by=by, why=why)
    for share in LegalFactShare.objects.filter(fact=fact, next_stage_on__isnull=False):
        share.next_stage_on = None
        record(share, by=by, why=why)


@transaction.atomic
def close_legal_fact(*, fact, on, because, by, version=None):
    """It holds no longer from a day on, and no newer one takes its place. The row stays."""
    fact = lock(LegalFact, fact.pk, version)
    fact.closed_on, fact.closed_because = on, because
    with refusals():
        record(fact, by=by, why="holds no longer")
    stop(fact, by=by, why="holds no longer")
    return fact


def owe_share(*, fact, scheme, by):
    """A supporting scheme is to be told about a legal fact: the deadline to share it opens."""
    due_on = timezone.localdate() + timedelta(days=rules.SHARE_WITHIN)
    share = LegalFactShare(
        person=fact.person, fact=fact, scheme=scheme, organisation=fact.organisation, due_on=due_on
    )
    share.next_stage_on = stage("people.legal_fact_to_share", fact.organisation, due_on)
    return record(share, by=by, why="the scheme supports the person")


def owe_again(share, *, by):
    """The person no longer objects: the days to share it count from now."""
    share.due_on = timezone.localdate() + timedelta(days=rules.SHARE_WITHIN)
    share.next_stage_on = stage("people.legal_fact_to_share", share.organisation, share.due_on)
    return record(share, by=by, why="the person no longer objects")


def owe_shares_to(*, person, scheme, by):
    """A scheme begins to support a person: it is owed every legal fact that holds and that it has not had."""
    had = LegalFactShare.objects.filter(scheme=scheme)
    for share in had.filter(person=person, no_longer=True):
        share.no_longer = False
        record(share, by=by, why="the scheme supports the person again")
    for fact in LegalFact.objects.holding(timezone.localdate()).filter(person=person):
        if not had.filter(fact=fact).exists():
            owe_share(fact=fact, scheme=scheme, by=by)


def end_shares_to(*, person, scheme, by):
    """A scheme no longer supports a person: nothing is owed to it any more."""
    for share in LegalFactShare.objects.filter(person=person, scheme=scheme, no_longer=False):
        share.no_longer, share.next_stage_on = True, None
        record(share, by=by, why="the scheme no longer supports the person")


@transaction.atomic
def share_legal_fact(*, share, by, version=None):
    """Share a legal fact with a scheme: it may read it from now on, and is asked to acknowledge it.

    Raises RuleBroken where the person objected and no lawful ground is recorded.
    """
    share = lock(LegalFactShare, share.pk, version)
    today = timezone.localdate()
    refuse_objected(person=share.person, what="legal", with_whom=share.scheme, on=today)
    share.shared_on, share.shared_by = today, by
    share.due_on = today + timedelta(days=rules.READ_WITHIN)
    share.next_stage_on = stage("people.legal_fact_to_read", share.scheme, share.due_on)
    return record(share, by=by, why="shared with the scheme")


@transaction.atomic
def acknowledge_legal_fact(*, share, by, version=None):
    """A named worker of the scheme has read it."""
    share = lock(LegalFactShare, share.pk, version)
    share.acknowledged_at, share.acknowledged_by, share.next_stage_on = timezone.now(), by, None
    with refusals():
        return record(share, by=by, why="read and acknowledged")
