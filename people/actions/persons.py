"""Everything that can happen to persons, and to who is involved with them."""

import re
import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.actions import drop_mails, queue_mail, start_clocks
from sharedlives.worklist.deadlines import first_stage_on

from .. import moments, rules
from ..likeness.facts import letters
from ..models import (
    Absence,
    AccessGrant,
    Involvement,
    Organisation,
    Person,
    PersonalContact,
    Restriction,
    RestrictionAllows,
)
from ..queries import funding_team, managers_of
from ..visibility import too_close, user_memberships
from .legal import end_shares_to, owe_shares_to

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without letters that are mistaken for digits
APART = re.compile(r"\b(o|mc) (?=\w)")  # beginnings of Irish names, written apart
EMERGENCY = "people.emergency_access"  # the deadline


def new_reference():
    """A reference for mails and printed sheets, such as P-7KQ2MX: it says nothing about the person."""
    return "P-" + "".join(secrets.choice(ALPHABET) for _letter in range(6))


def plain(text):
    """How names are searched and sorted: plain lower-case letters, single spaces; *O’Hara* and *O Hara* as ohara."""
    return APART.sub(r"\1", letters(text))


def name_keys(person):
    """Set what search and sorting read from the names."""
    names = (person.given_name, person.preferred_name, person.family_name)
    person.search_name = plain(" ".join(dict.fromkeys(n for n in names if n)))[:300]
    person.sort_name = plain(f"{person.family_name} {person.preferred_name or person.given_name}")[:200]


def check_person(person):
    """Refuse an impossible birth date or NHS number. Raises RuleBroken beside the field."""
    rules.plausible_birth(person.date_of_birth, timezone.localdate())
    if person.nhs_number:
        person.nhs_number = "".join(person.nhs_number.split()).replace("-", "")
        fault = rules.nhs_number_fault(person.nhs_number)
        if fault:
            raise rules.NHS_NUMBER.broken("nhs_number", typed=person.nhs_number, why=fault)


@transaction.atomic
def register(*, team, by, worker=None, since=None, **facts):
    """Put a person on our records, funded by a team. The one who registers is the worker unless told."""
    person = Person(reference=new_reference(), responsible_council=team.council, **facts)
    check_person(person)
    name_keys(person)
    record(person, by=by, why="registered")
    involve(
        person=person,
        organisation=team,
        role=Involvement.Role.FUNDS,
        worker=worker or by,
        since=since or timezone.localdate(),
        by=by,
    )
    return person


@transaction.atomic
def correct(*, person, by, version=None, why="details corrected", **facts):
    """Change details of a person. Raises Stale when somebody else saved meanwhile."""
    person = lock(Person, person.pk, version)
    for name, value in facts.items():
        setattr(person, name, value)
    check_person(person)
    name_keys(person)
    return record(person, by=by, why=why)


@transaction.atomic
def involve(*, person, organisation, role, since, by, worker=None, until=None):
    """Open an involvement: from this day the organisation may see the person as its role allows."""
    involvement = Involvement(
        person=person, organisation=organisation, role=role, worker=worker, since=since, until=until
    )
    with refusals():
        record(involvement, by=by, why=f"{Involvement.Role(role).label} from {since}")
    if role == Involvement.Role.SUPPORTS:
        owe_shares_to(person=person, scheme=organisation, by=by)
    return involvement


@transaction.atomic
def end_involvement(*, involvement, on, by, why="ended"):
    """End an involvement: from this day it no longer shows the person (the own rows stay for the council's days)."""
    involvement = lock(Involvement, involvement.pk)
    involvement.until = max(on, involvement.since)
    record(involvement, by=by, why=why)
    if involvement.role == Involvement.Role.SUPPORTS:
        end_shares_to(person=involvement.person, scheme=involvement.organisation, by=by)
    return involvement


@transaction.atomic
def change_worker(*, involvement, worker, by):
    """Another worker of the same organisation answers for the person from now on."""
    involvement = lock(Involvement, involvement.pk)
    involvement.worker = worker
    return record(involvement, by=by, why="named worker changed")


@transaction.atomic
def transfer(*, person, to, worker, on, by):
    """The person's funding moves to another team on a day: the old involvement ends, the new one begins."""
    current = Involvement.objects.funding().current(on).filter(person=person).first()
    if current is not None:
        end_involvement(involvement=current, on=on, by=by, why="handed over")
    new = involve(person=person, organisation=to, role=Involvement.Role.FUNDS, worker=worker, since=on, by=by)
    if on <= timezone.localdate():  # a handover of the future is followed on its day, by the nightly run
        moments.FUNDING_MOVED.happened(person=person, on=on, by=by)
    return new


@transaction.atomic
def open_emergency_access(*, person, reason, by):
    """Read-only sight of a person outside one's own people for 24 hours from the minute.

    The managers of the team that funds the person are told at once by mail, and on My work until one has read it.
    Raises RuleBroken for the own record or the family's.
    """
    if person.pk in too_close(user_memberships(by)):
        raise rules.CONFLICT.broken()
    now, today = timezone.now(), timezone.localdate()
    team = funding_team(person, today)
    grant = AccessGrant(
        person=person,
        user=by,
        reason=reason.strip(),
        opened_at=now,
        ends_at=now + timedelta(hours=24),
        organisation=team,
    )
    if team:
        grant.due_on = today
        grant.next_stage_on = first_stage_on(EMERGENCY, council=team.council, due_on=today)
    record(grant, by=by, why="emergency access")
    for manager in managers_of(team, today) if team else []:
        queue_mail(
            recipient=manager,
            template="emergency_access",
            path=reverse("people:read_grant", args=[grant.pk]),
            reference=person.reference,
        )
    return grant


@transaction.atomic
def read_grant(*, grant, by):
    """A manager has read about an emergency access. The first one who does answers for all; nobody for themselves."""
    grant = lock(AccessGrant, grant.pk)
    if grant.read_at is None:
        if grant.user_id == by.pk:
            raise rules.READ_BY_ANOTHER.broken()
        grant.read_by, grant.read_at, grant.next_stage_on = by, timezone.now(), None
        record(grant, by=by, why="read by the manager")
    return grant


@transaction.atomic
def restrict(*, person, kind, reason, allowed, by, since=None):
    """Close a record to all but those named."""
    restriction = Restriction(person=person, kind=kind, reason=reason, since=since or timezone.localdate())
    record(restriction, by=by, why="restricted")
    for user in allowed:
        record(RestrictionAllows(restriction=restriction, user=user), by=by, why="may open it")
    return restriction


@transaction.atomic
def add_contact(*, person, by, **facts):
    """Record somebody in the person's own life."""
    return record(PersonalContact(person=person, **facts), by=by, why="added")


@transaction.atomic
def end_contact(*, contact, by):
    """The contact no longer holds; the row stays."""
    contact = lock(PersonalContact, contact.pk)
    contact.until = timezone.localdate()
    return record(contact, by=by, why="no longer a contact")


@transaction.atomic
def record_death(*, person, on, by, version=None):
    """A person has died: reminders, invitations and calendars stop; what is owed to others stays."""
    person = lock(Person, person.pk, version)
    person.date_of_death = on
    record(person, by=by, why="death recorded")
    drop_mails(reference=person.reference, why="the person has died")
    moments.DIED.happened(person=person, on=on, by=by)
    return person


@transaction.atomic
def undo_death(*, person, why, by, version=None):
    """The death was recorded in error, and why: what ended because of it goes on, and its clocks run again.

    Meetings that were called off stay called off: who was told must be asked again. Raises RuleBroken.
    """
    person = lock(Person, person.pk, version)
    if person.date_of_death is None:
        raise rules.NOT_DEAD.broken()
    person.date_of_death = None
    record(person, by=by, why=f"death recorded in error: {why.strip()}")
    moments.DEATH_UNDONE.happened(person=person, by=by)
    start_clocks(person=person)
    return person


@transaction.atomic
def be_away(*, cover, since, until, by):
    """Somebody is away: the cover sees their people and gets their reminders, for these days."""
    with refusals():
        return record(Absence(user=by, cover=cover, since=since, until=until), by=by, why="away")


@transaction.atomic
def place_in_tree(*, organisation, by):
    """Save an organisation and its place in the tree; everything beneath it moves along.

    The path is the ids from the root, so that “this team and those beneath it” is one comparison.
    """
    set_place(organisation)
    record(organisation, by=by, why="organisation saved")
    for child in organisation.children.all():
        place_in_tree(organisation=child, by=by)
    return organisation


def set_place(organisation):
    parent = organisation.parent
    organisation.path = f"{parent.path if parent else '/'}{organisation.pk}/"
    is_council = organisation.kind == Organisation.Kind.COUNCIL
    organisation.council = organisation if is_council else (parent.council if parent else None)
