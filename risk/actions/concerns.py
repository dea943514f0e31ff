"""Concerns: raising one, sending it past those whom it is about, deciding, answering."""

import secrets
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Person
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import Concern, ConcernAbout, ConcernLink
from .links import answers_for
from .reach import managers_for, reach_of, subjects, write_about

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that can be mistaken for another


def new_reference():
    return "C-" + "".join(secrets.choice(LETTERS) for _letter in range(7))


@transaction.atomic
def raise_concern(*, by=None, link=None, person=None, about=(), once=None, on=None, **facts):
    """Take a concern in: from a user for somebody, or through a link. Starts the clock. Returns the `Concern`.

    `about` holds kinds of `ConcernAbout`. `once` is the key of the form: sent twice, it is one concern.
    """
    on = on or timezone.localdate()
    once = once or uuid.uuid4()
    if link is not None:
        link = lock(ConcernLink, link.pk)
        earlier = Concern.objects.filter(once=once, link=link).first()
        if earlier is not None:
            return earlier
        check_link(link, on)
        person = link.person
    council = person.responsible_council if person else link.council
    concern = Concern(
        person=person,
        council=council,
        once=once,
        link=link,
        reference=new_reference(),
        written_by=by,
        written_for=queries.own_organisation(by, person) if by else None,
        due_on=on + timedelta(days=queries.policy(council, on).concern_days),
        **without_unsafe_way(facts),
    )
    send_on_its_way(concern, subjects(person, about, on), on)
    with refusals():
        record(concern, by=by, why="concern raised")
    write_about(concern, subjects(person, about, on), by, ConcernAbout, "concern")
    return concern


def check_link(link, on):
    """Refuse a link that is closed or flooded. Raises RuleBroken."""
    if not link.opens(on):
        raise rules.LINK_CLOSED.broken()
    an_hour_ago = timezone.now() - timedelta(hours=1)
    holds = rules.A_LINK_HOLDS if link.person_id else rules.THE_PUBLIC_LINK_HOLDS
    if Concern.objects.filter(link=link, received_at__gt=an_hour_ago).count() >= holds:
        raise rules.TOO_MANY.broken()


def without_unsafe_way(facts):
    """Where it is not safe to contact somebody, no number and no address is kept."""
    if facts.get("safe_to_contact") and facts.get("contact_way", Concern.Way.NONE) != Concern.Way.NONE:
        return facts
    safe = False if facts.get("contact_way") == Concern.Way.NONE else facts.get("safe_to_contact")
    return facts | {
        "safe_to_contact": False if safe else safe,
        "contact_way": Concern.Way.NONE,
        "contact_details": "",
        "contact_when": "",
    }


def send_on_its_way(concern, about, on):
    """Set who may know of a concern and who answers for it: never those whom it is about."""
    concern.reach = reach_of(about)
    if concern.person is None:
        concern.reach = Concern.Reach.MANAGERS
    concern.organisation = answers_for(concern.person, concern.council, on)
    if concern.reach == Concern.Reach.MANAGERS:
        concern.organisation = managers_for(concern.council, concern.organisation, about, on)
    concern.next_stage_on = first_stage_on("risk.concern", council=concern.council, due_on=concern.due_on)


@transaction.atomic
def say_about(*, concern, about, by, person=None, not_theirs=False, version=None, on=None):
    """Say whom a concern is about; with `person`, in whose life. It goes on its way anew, past those named.

    `not_theirs`: it stands on the wrong record, and nobody knows yet on which it should: a manager finds out.
    """
    concern = lock(Concern, concern.pk, version)
    on = on or timezone.localdate()
    check_open(concern)
    if person is not None:
        concern.person = lock(Person, person.pk)
        concern.council = person.responsible_council
    elif not_theirs:
        concern.person = None
    found = subjects(concern.person, about, on)
    send_on_its_way(concern, found, on)
    with refusals():
        record(concern, by=by, why="whom it is about")
    write_about(concern, found, by, ConcernAbout, "concern")
    return concern


def check_open(concern):
    if concern.answered_on is not None:
        raise rules.ANSWERED_ONCE.broken()


@transaction.atomic
def decide_about_concern(*, concern, person_wants, has_needs, at_risk, cannot_protect, by, version=None):
    """The council answers the three-part test of Care Act 2014 s42(1). What the person wants comes first."""
    concern = lock(Concern, concern.pk, version)
    rules.decided((has_needs, at_risk, cannot_protect))
    rules.wants_first(person_wants)
    concern.person_wants, concern.test_decided_by = person_wants.strip(), by
    concern.has_needs, concern.at_risk, concern.cannot_protect = has_needs, at_risk, cannot_protect
    with refusals():
        return record(concern, by=by, why="three-part test decided")


@transaction.atomic
def tell_designated_officer(*, concern, on, by, version=None):
    """The children's designated officer was told, because children live in the home of somebody whom it is about.

    Raises RuleBroken: before it was received, or after today.
    """
    concern = lock(Concern, concern.pk, version)
    if not timezone.localdate(concern.received_at) <= on <= timezone.localdate():
        raise rules.OFFICER_TOLD_IN_ORDER.broken("on")
    concern.officer_told_on, concern.officer_told_by = on, by
    return record(concern, by=by, why="designated officer told")


@transaction.atomic
def answer_concern(*, concern, outcome, answer_way, by, answer="", why_not_told="", version=None, on=None):
    """What came of it, and how whoever raised it was told: the safe way they chose, in person, or not and why."""
    concern = lock(Concern, concern.pk, version)
    check_open(concern)
    rules.safe_answer(answer_way, concern.contact_way, concern.get_contact_way_display())
    told = answer_way != Concern.Way.NONE
    concern.answered_on, concern.answered_by = on or timezone.localdate(), by
    concern.outcome, concern.answer_way = outcome, answer_way
    concern.answer = answer.strip() if told else ""
    concern.why_not_told = "" if told else why_not_told.strip()
    concern.next_stage_on = None
    with refusals(risk_concern_told_or_why_not="answer" if told else "why_not_told"):
        return record(concern, by=by, why="answered")
