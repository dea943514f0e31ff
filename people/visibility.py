"""Who may see a person. The only reader of the four sources: involvement, held review, cover, access grant.

What subtracts: a restriction that does not name the user, and a conflict of interest of theirs.

`PersonQuerySet.visible_to` is the one door; every other queryset composes it. (Exact rules: docs/adr.)
"""

import uuid
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone

from sharedlives.permissions import GRANTS, Role
from sharedlives.together import fetch

FUNDS, SUPPORTS, REFERRED, HOLDS = ("funds", "co_funds"), ("supports",), ("referred",), ("holds_review",)
TEAM_ROLES = (Role.CARE_MANAGER, Role.TEAM_MANAGER)
SCHEME_ROLES = (Role.SCHEME_WORKER, Role.SCHEME_MANAGER)


class Level(IntEnum):
    """How much of a person a source shows. A model names the least level that reads it."""

    REFERRAL = 1
    PAST = 2
    SUPPORTS = 3
    FUNDS = 4


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user, *, least=Level.REFERRAL, permission=None, at=None):
        """The persons whom a user may see at a level or above.

        With `permission`, only through memberships whose role holds it: two memberships never add up.
        `at` is a moment (now unless told): involvements count by its day, emergency access by its minute.
        """
        today = timezone.localdate(at)
        memberships = memberships_of(user, at) if at else user_memberships(user)
        return self.filter(pk__in=ids_visible(user, memberships, least, permission, today))

    def visible_to_each(self, users, persons, at):
        """{user id: the ids of those of `persons[user id]` whom the user may see at a moment}, in two statements."""
        today, held = timezone.localdate(at), memberships_of_each(users, at)
        found = {
            user.pk: self.filter(pk__in=persons[user.pk])
            .filter(pk__in=ids_visible(user, held.get(user.pk), Level.REFERRAL, None, today))
            .order_by()
            .values_list("pk", flat=True)
            for user in users
        }
        fetch(*found.values())
        return {pk: set(rows) for pk, rows in found.items()}

    def living(self):
        return self.filter(date_of_death=None)

    def masked_for(self, user):
        """Own people whose record is closed to this user, though that it exists is not hidden from them."""
        today, sights = timezone.localdate(), tuple(map(sight_of, user_memberships(user)))
        masked = model("Restriction").objects.filter(holds(today), person=OuterRef("pk"), kind="masked")
        seen = seen_by(sights, Level.SUPPORTS, None, today)
        why = Exists(masked) | Q(pk__in=too_close(sights))
        return self.filter(seen, why, closed_to(user.pk, sights, today))

    def not_invisible(self):
        """All but those whose record is invisible: emergency access has no door to these."""
        today = timezone.localdate()
        hidden = model("Restriction").objects.filter(holds(today), person=OuterRef("pk"), kind="invisible")
        return self.exclude(Exists(hidden))

    def permissions_for(self, user, person):
        """Every permission that the memberships making this person visible hold. One query."""
        held = {permission for m in user.current_memberships() for permission in GRANTS[m.role]}
        by_role = {}
        for permission in held:
            key = tuple(sorted(m.role for m in user.current_memberships() if permission in GRANTS[m.role]))
            key = (key, permission in READING, permission in HOLDER)
            by_role.setdefault(key, []).append(permission)
        checks = {
            f"p{n}": self.model.objects.visible_to(user, permission=group[0])
            for n, group in enumerate(by_role.values())
        }
        row = (
            self.filter(pk=person.pk)
            .annotate(**{name: Exists(found.filter(pk=OuterRef("pk"))) for name, found in checks.items()})
            .values(*checks)
            .first()
        ) or {}
        groups = list(by_role.values())
        return {p for n, group in enumerate(groups) if row.get(f"p{n}") for p in group}

    def with_worker_name(self):
        """Annotate `worker_name`: the worker of the team that funds the person today."""
        today = timezone.localdate()
        funding = model("Involvement").objects.filter(holds(today), person=OuterRef("pk"), role="funds")
        return self.annotate(worker_name=Subquery(funding.values("worker__name")[:1]))

    def with_page(self):
        """What the heading of a person's page needs, in a fixed number of queries."""
        return self.select_related("responsible_council").prefetch_related("communication_needs", "contacts")


HOLDER = GRANTS[Role.REVIEWING_OFFICER]  # what holding a review gives a right to, whoever holds it
READING = ("person.view", "plan.view", "risk.view", "placement.view", "review.view")


def holds(today):
    """Rows that hold on a day: begun, not ended."""
    return Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))


def model(name):
    return apps.get_model("people", name)


def user_memberships(user):
    """The current memberships of a user, asked once a request; none for somebody not signed in."""
    return user.current_memberships() if user.is_authenticated else []


def memberships_of(user, at=None):
    """The memberships that hold at a moment, each with what widens and what narrows its sight. One query."""
    return memberships_of_each([user], at).get(user.pk, [])


def memberships_of_each(users, at=None):
    """{user id: memberships} of several users at a moment, in one query.

    `covered`: the workers whom the user covers that day, unless away too (no chains). `granted`: the persons to whom
    access is open, `emergency`: those of them by break-glass. `beneath`: the teams beneath the organisation, for those
    who manage them. `close`: the persons to whom the user is too close, by declaration; `close_too`: the records
    linked with theirs.
    """
    at = at or timezone.now()
    sql, params = question_of_memberships()
    real = {SOME_DAY: timezone.localdate(at), SOME_MOMENT: at, SOME_USERS: [user.pk for user in users]}
    with connection.cursor() as cursor:
        cursor.execute(sql, [real.get(param, param) for param in params])
        rows = cursor.fetchall()
    found = {}
    for row in rows:
        membership = membership_out_of(row)
        found.setdefault(membership.user_id, []).append(membership)
    return found


def membership_out_of(row):
    """A membership with its organisation, that one's council, and its widths, out of a row of the question."""
    values, built = iter(row), {}
    for part, name in PARTS:
        own = [next(values) for _column in columns(name)]
        built[part] = model(name).from_db(DEFAULT_DB_ALIAS, columns(name), own) if any(own) else None
    membership, organisation = built["membership"], built["organisation"]
    organisation.council, membership.organisation = built["council"], organisation
    for width, ids in zip(Sight._fields[4:], values, strict=True):
        setattr(membership, width, ids)
    return membership


@cache
def columns(name):
    return [field.attname for field in model(name)._meta.concrete_fields]


PARTS = (("membership", "Membership"), ("organisation", "Organisation"), ("council", "Organisation"))
SOME_USERS = "the users asked about"
SOME_DAY, SOME_MOMENT = (
    date.max,
    datetime.max.replace(tzinfo=UTC),
)  # stand for the day and the moment asked about


@cache
def question_of_memberships():
    """(SQL, parameters) of the memberships of `SOME_USERS`, put together once a process.

    Every request asks it, and to put it together took longer than all the rest of a small page.
    """
    absences = model("Absence").objects.on(SOME_DAY)
    away_too = absences.filter(user=OuterRef("cover"))
    covered = absences.filter(~Exists(away_too), cover=OuterRef("user"))
    granted = model("AccessGrant").objects.open(SOME_MOMENT).filter(user=OuterRef("user"))
    emergency = granted.filter(kind="emergency")
    beneath = model("Organisation").objects.teams().filter(path__startswith=OuterRef("organisation__path"))
    conflicts = model("Conflict").objects.filter(holds(SOME_DAY))
    close = conflicts.filter(user=OuterRef("user"))
    theirs = conflicts.filter(user=OuterRef(OuterRef("user"))).exclude(person__identity=None)
    linked = model("Person").objects.filter(identity__in=theirs.values("person__identity"))
    asked = RawSQL("SELECT unnest(%s::uuid[])", [SOME_USERS])  # noqa: S611
    rows = model("Membership").objects.filter(holds(SOME_DAY), user__in=asked)
    widths = {
        "covered": covered.order_by().values("user"),
        "granted": granted.order_by().values("person"),
        "emergency": emergency.order_by().values("person"),
        "beneath": beneath.order_by().values("pk"),
        "close": close.order_by().values("person"),
        "close_too": linked.order_by().values("pk"),
    }
    rows = rows.annotate(**{name: ArraySubquery(ids) for name, ids in widths.items()})
    named = [
        *columns("Membership"),
        *(f"organisation__{column}" for column in columns("Organisation")),
        *(f"organisation__council__{column}" for column in columns("Organisation")),
    ]
    rows = rows.order_by("organisation__name", "role", "pk").values_list(*named, *widths)
    return rows.query.sql_with_params()


class Sight(NamedTuple):
    """What of a membership decides whom it shows: two of the same values show the same persons."""

    role: str
    organisation_id: uuid.UUID
    user_id: uuid.UUID
    past_days: int  # how long an organisation may still read its own rows after it has gone
    covered: tuple
    granted: tuple
    emergency: tuple
    beneath: tuple
    close: tuple
    close_too: tuple


def sight_of(membership):
    """The sight of a membership as `memberships_of` returns it."""
    council = membership.organisation.council
    return Sight(
        role=membership.role,
        organisation_id=membership.organisation_id,
        user_id=membership.user_id,
        past_days=council.past_access_days if council else 90,
        **{width: tuple(getattr(membership, width)) for width in Sight._fields[4:]},
    )


def sights_of(user):
    """All that decides whom a user sees and what is theirs to do: two of the same value are shown the same rows."""
    memberships = user_memberships(user)
    places = tuple((held.organisation.path, held.organisation.council_id) for held in memberships)
    return user.pk, places, tuple(map(sight_of, memberships))


def ids_visible(user, memberships, least, permission, today):
    """The ids of the persons whom memberships show, as SQL.

    A page asks it dozens of times, once for each kind of row on it, and to put it together costs more than to run it.
    """
    if not memberships:
        return []
    sights = tuple(map(sight_of, memberships))
    sql = sql_visible(user.pk, sights, least, permission, today)
    return RawSQL(*sql) if sql else []  # noqa: S611 - out of Django's own compiler, with its parameters


def sql_visible(user_id, sights, least, permission, today):
    """(SQL, parameters) of the ids that sights show; None for nobody.

    Put together once for all sights of one shape, with a stand-in for each id and each day, and filled in with these.
    """
    stands = {}

    def stand_in(value):
        if isinstance(value, tuple):
            return tuple(map(stand_in, value))
        if isinstance(value, uuid.UUID):
            return stands.setdefault(value, uuid.UUID(int=len(stands)))
        return value

    shape = tuple(Sight(*map(stand_in, sight)) for sight in sights)
    found = sql_of_shape(stand_in(user_id), shape, least, permission)
    if found is None:
        return None
    sql, params = found
    real = {stand: value for value, stand in stands.items()} | {SOME_DAY: today}
    real |= {began_by(sight, SOME_DAY): began_by(sight, today) for sight in sights}
    return sql, tuple(real.get(param, param) for param in params)


@lru_cache(maxsize=2048)
def sql_of_shape(user_id, sights, least, permission):
    """(SQL, parameters) of `sql_visible` for stand-ins, on `SOME_DAY`; None for nobody."""
    persons = model("Person")._base_manager.filter(seen_by(sights, least, permission, SOME_DAY))
    rows = persons.exclude(closed_to(user_id, sights, SOME_DAY)).order_by().values("pk")
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return None


def seen_by(sights, least, permission, today):
    """Condition on a person: the sight of one membership that holds the permission, by itself, shows them."""
    through = Q()
    for sight in sights:
        if permission is None or permission in GRANTS[sight.role]:
            for condition in conditions_of(sight, least, permission, today):
                through |= condition
    rows = model("Involvement").objects.filter(through, person=OuterRef("pk"), since__lte=today)
    seen = Exists(rows) if through else Q(pk__in=[])
    granted = sights[0].granted if sights else ()
    if granted and least <= Level.SUPPORTS and permission in (None, *READING):
        return Q(seen) | Q(pk__in=granted)
    return Q(seen)


def conditions_of(sight, least, permission, today):
    """Conditions on an involvement, any of which lets this sight see the person at a level."""
    if sight.role in TEAM_ROLES:
        return team_conditions(sight, least, permission, today)
    if sight.role in SCHEME_ROLES:
        return scheme_conditions(sight, least, permission, today)
    if sight.role == Role.REVIEWING_OFFICER:
        return [now(today, HOLDS, worker=sight.user_id)]
    return []  # commissioners, data officers and administrators see no person


def team_conditions(sight, least, permission, today):
    within = {"organisation": sight.organisation_id}
    if sight.role == Role.TEAM_MANAGER:
        within = {"organisation__in": sight.beneath}
    found = [now(today, FUNDS, **within)]
    if permission is None or permission in HOLDER:
        found.append(now(today, HOLDS, worker=sight.user_id))
    if sight.covered:
        found.append(now(today, FUNDS, worker__in=sight.covered))
    if least <= Level.PAST and permission in (None, *READING):
        found.append(formerly(sight, FUNDS, today, **within))
    return found


def scheme_conditions(sight, least, permission, today):
    within = {"organisation": sight.organisation_id}
    found = []
    if least <= Level.SUPPORTS:
        found.append(now(today, SUPPORTS, **within))
        if sight.covered:
            found.append(now(today, SUPPORTS, worker__in=sight.covered))
    if least <= Level.PAST and permission in (None, *READING):
        found.append(formerly(sight, SUPPORTS, today, **within))
    if least <= Level.REFERRAL:
        found.append(now(today, REFERRED, **within))
    return found


def now(today, roles, **conditions):
    return Q(Q(until=None) | Q(until__gt=today), role__in=roles, **conditions)


def formerly(sight, roles, today, **within):
    """Ended: the own organisation may still read its own rows for the days its council set (90 unless set)."""
    return Q(role__in=roles, until__lte=today, until__gt=began_by(sight, today), **within)


def began_by(sight, today):
    """The day from which on what has ended may still be read."""
    return today - timedelta(days=sight.past_days)


def closed_to(user_id, sights, today):
    """A restriction that does not name the user; or a person to whom the user is too close.

    Emergency access opens masked records, never invisible ones, and never the own family's.
    """
    restrictions = model("Restriction").objects.filter(holds(today), person=OuterRef("pk"))
    named = model("RestrictionAllows").objects.filter(restriction=OuterRef("pk"), user=user_id)
    closed = restrictions.exclude(Exists(named))
    granted = sights[0].granted if sights else ()
    restricted = Q(Exists(closed.exclude(kind="masked", person__in=granted) if granted else closed))
    close = too_close(sights)
    return restricted | Q(pk__in=close) if close else restricted


def opened_to(user):
    """Condition on a row: access to its person is open to the user now. (Each membership holds the same persons.)"""
    return Q(person__in=[pk for membership in user_memberships(user)[:1] for pk in membership.granted])


def opened_by_emergency(user):
    """Condition on a row: access to its person is open to the user now by break-glass."""
    return Q(person__in=[pk for membership in user_memberships(user)[:1] for pk in membership.emergency])


def too_close(sights):
    """The persons whose record is closed to a user by a conflict of interest, linked records included.

    Takes sights, or memberships as `memberships_of` returns them.
    """
    return [*sights[0].close, *sights[0].close_too] if sights else []


def sources_of(user, person):
    """Why a user may see a person: [(membership, level, involvement)], strongest first; before what closes the record.

    For whoever explains access; what counts is `visible_to` alone.
    """
    today, found = timezone.localdate(), []
    rows = model("Involvement").objects.filter(person=person, since__lte=today).select_related("organisation")
    for membership in user_memberships(user):
        seen = set()
        for level in sorted(Level, reverse=True):
            for condition in conditions_of(sight_of(membership), level, None, today):
                for row in rows.filter(condition).exclude(pk__in=seen):
                    seen.add(row.pk)
                    found.append((membership, level, row))
    return sorted(found, key=lambda source: -source[1])


def is_closed_to(user, person):
    """Whether a restriction or a conflict of interest closes a record to a user, whatever else opens it."""
    sights = tuple(map(sight_of, user_memberships(user)))
    rows = model("Person").objects.filter(pk=person.pk)
    return rows.filter(closed_to(user.pk, sights, timezone.localdate())).exists()
