"""Questions about who is involved, asked by the floors above."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from sharedlives.permissions import GRANTS, Permission, Role
from sharedlives.records.models import AccessLogEntry
from sharedlives.together import fetch

from . import rules
from .models import ContactPolicy, Involvement, LegalFact, Membership, Person, SharingDecision
from .visibility import Level, user_memberships

OUTSIDE_SEARCHES_A_DAY = 20


def funding_involvement(person, on):
    """The involvement of the team that funds a person on a day, with organisation and worker, or None."""
    rows = Involvement.objects.funding().current(on).filter(person=person)
    return rows.select_related("organisation__council", "worker").first()


def funding_team(person, on):
    """The team that funds a person on a day, or None: that is a gap."""
    involvement = funding_involvement(person, on)
    return involvement.organisation if involvement else None


def supports_involvement(person, scheme, on):
    """The involvement of a scheme that supports a person on a day, or None."""
    rows = Involvement.objects.current(on).filter(person=person, organisation=scheme, role="supports")
    return rows.select_related("organisation", "worker").first()


def outside_searches_left(user):
    """How many more times today a user may search outside their own people (20 a day, each in the access log)."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    used = AccessLogEntry.objects.filter(user_id=user.pk, at__gte=today, why="searched outside own people")
    return max(0, OUTSIDE_SEARCHES_A_DAY - used.count())


def managers_of(organisation, on):
    """The managers of the nearest organisation upward that has any on a day: the own one first, at most the root."""
    way_up = [part for part in organisation.path.split("/") if part]
    roles = (Role.TEAM_MANAGER, Role.SCHEME_MANAGER)
    rows = Membership.objects.current(on).filter(
        organisation__in=way_up, role__in=roles, user__is_active=True
    )
    rows = list(rows.select_related("user", "organisation").order_by("user__name"))
    nearest = max((len(row.organisation.path) for row in rows), default=0)
    return [row.user for row in rows if len(row.organisation.path) == nearest]


def authority_of(contact, on, reach="welfare"):
    """The recorded authority by which a contact may decide for the person on a day, or None (MCA 2005).

    `reach` is `welfare` or `money`: an attorney for one decides nothing about the other; an appointee only about
    benefits, so only `money`. A best-interests decision counts where it names the contact. Next of kin has none.
    """
    facts = LegalFact.objects.holding(on).filter(person=contact.person_id, holder=contact)
    return next((fact for fact in facts.order_by("since") if fact.reaches(reach)), None)


def authority_to_sign(person, contact, on, field="representative"):
    """The recorded authority under which a contact signs for a person on a day, about health and welfare.

    Raises RuleBroken, beside that field of the form, where there is none.
    """
    of_person = contact is not None and contact.person_id == person.pk
    fact = authority_of(contact, on) if of_person else None
    if fact is None:
        name = contact.name if of_person else "nobody"
        raise rules.SIGNS_WITH_AUTHORITY.broken(field, name=name, on=f"{on:%-d %B %Y}")
    return fact


def who_might_sign(user, person, on):
    """[(contact, the authority on our records that this user may read, or None)], for somebody who takes a signature.

    Of a person who does not support them yet, a scheme is offered only whom the person agreed to.
    """
    known = Q(person__in=Person.objects.visible_to(user, least=Level.SUPPORTS)) | Q(agreed_by_person=True)
    contacts = person.contacts.filter(known, Q(until=None) | Q(until__gt=on))
    facts = LegalFact.objects.visible_to(user).holding(on).filter(person=person, holder__isnull=False)
    facts = facts.order_by("-since")
    fetch(contacts, facts)
    held = {fact.holder_id: fact for fact in facts if fact.reaches("welfare")}
    return [(contact, held.get(contact.pk)) for contact in contacts]


def manages(user, organisation):
    """Does a user manage an organisation, or one above it in the tree?"""
    return any(
        organisation.path.startswith(membership.organisation.path)
        for membership in user.current_memberships()
        if Permission.TEAM_VIEW in GRANTS[membership.role]
    )


@dataclass(frozen=True)
class Sharing:
    """Whether something may be shared, and the decision it hangs on (None: the person was never asked)."""

    allowed: bool
    decision: SharingDecision | None = None


def sharing_allowed(person, what, with_whom, on):
    """Whether a kind of record (`SharingDecision.What`) may be shared with a scheme or a contact on a day.

    A carer counts as their scheme. `SharingDecisionQuerySet.deciding` says which decision holds. Never asked: allowed, as
    the law allows sharing for the person's care. An objection with a recorded lawful ground allows.
    """
    decision = SharingDecision.objects.filter(person=person).deciding(what, with_whom, on).first()
    return Sharing(decision is None or decision.allows, decision)


def organisation_of(user, person):
    """The organisation for which a user writes about a person: the one involved; for a manager the funding team."""
    today = timezone.localdate()
    memberships = user.current_memberships()
    rows = Involvement.objects.current(today).filter(
        person=person, organisation__in=[m.organisation_id for m in memberships]
    )
    involved = rows.exclude(role=Involvement.Role.KNOWS).select_related("organisation").first()
    if involved:
        return involved.organisation
    team = funding_team(person, today)
    managed = team and any(team.path.startswith(m.organisation.path) for m in memberships)
    return team if managed else memberships[0].organisation


def worked_on_by(user, roles=("funds", "co_funds"), nobody_named=False):
    """Condition: the row's person is this user's to work on today, as named worker or as cover (no chains).

    With `nobody_named` also where the own organisation has named nobody. Every fact of the user is a literal here,
    so that PostgreSQL begins at the few persons of one worker whatever else is asked of the row.
    """
    memberships = user_memberships(user)
    covered = memberships[0].covered if memberships else []
    mine = Q(worker__in=[user.pk, *covered])
    if nobody_named:
        mine |= Q(worker=None, organisation__in=[m.organisation_id for m in memberships])
    rows = Involvement.objects.current(timezone.localdate()).filter(mine, role__in=roles)
    return Q(person__in=rows.order_by().values("person"))


@dataclass(frozen=True)
class WorkerStory:
    """Who has answered for the person: since when the present one, and how often it changed in a time."""

    since: object  # date, or None when nobody is named
    changes: int


def worker_story(person, *, after):
    """How long the named care manager has known the person, and how often it changed after a day. One query.

    Read from the history of involvements: the day is the one on which the change was saved, or the involvement began.
    """
    rows = Involvement.history.filter(person_id=person.pk, role=Involvement.Role.FUNDS)
    known, since, changes = None, None, 0
    for worker, began, saved in rows.order_by("history_date", "history_id").values_list(
        "worker_id", "since", "history_date"
    ):
        if worker == known:
            continue
        day = began if since is None else max(began, timezone.localdate(saved))
        changes += bool(known and worker and day >= after)
        known, since = worker, day
    return WorkerStory(since if known else None, changes)


def contact_policy(council, on):
    """How long contact may wait on a day: the council's own policy, else the shipped one, else what a new row says."""
    return contact_policies(council, on).first() or ContactPolicy()


def contact_days(council, on):
    """After how many days a person is to be seen again."""
    return contact_policy(council, on).days


def contact_policies(council, on):
    """The versions in force on a day, the council's own newest first, then the shipped one."""
    rows = ContactPolicy.objects.filter(Q(council=council) | Q(council=None), in_force_from__lte=on)
    return rows.order_by(F("council").asc(nulls_last=True), "-in_force_from")
