"""Who may see a person. The only reader of the four sources: involvement, held review, cover, access grant.

`PersonQuerySet.visible_to` is the one door; every other queryset composes it. (Exact rules: docs/adr.)
"""

from enum import IntEnum

from django.apps import apps
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from sharedlives.permissions import GRANTS, Role

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
        at = at or timezone.now()
        today = timezone.localdate(at)
        sources = involvement_sources(user, least, permission, today)
        if least <= Level.SUPPORTS and permission in (None, *READING):
            sources.append(through_grant(user, at))
        if not sources:
            return self.none()
        seen = sources[0]
        for source in sources[1:]:
            seen |= source
        return self.filter(seen).exclude(closed_to(user, today))

    def living(self):
        return self.filter(date_of_death=None)

    def masked_for(self, user):
        """Own people whose record is masked for this user: that it exists is not hidden from them."""
        today = timezone.localdate()
        own = involvement_sources(user, Level.SUPPORTS, None, today)
        if not own:
            return self.none()
        seen = own[0]
        for source in own[1:]:
            seen |= source
        masked = model("Restriction").objects.filter(holds(today), person=OuterRef("pk"), kind="masked")
        return self.filter(seen, Exists(masked), closed_to(user, today))

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
            key = (key, permission in READING)
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


READING = ("person.view", "plan.view", "risk.view", "placement.view", "review.view")


def holds(today):
    """Rows that hold on a day: begun, not ended."""
    return Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))


def model(name):
    return apps.get_model("people", name)


def involved(roles, today, **conditions):
    """EXISTS an involvement of these roles that holds on a day."""
    rows = model("Involvement").objects.filter(
        holds(today), person=OuterRef("pk"), role__in=roles, **conditions
    )
    return Exists(rows)


def involvement_sources(user, least, permission, today):
    """The sources that come from the user's memberships, each holding the permission by itself."""
    if not user.is_authenticated:
        return []
    memberships = [
        m for m in user.current_memberships() if permission is None or permission in GRANTS[m.role]
    ]
    sources = []
    for membership in memberships:
        sources += sources_of(membership, user, least, permission, today)
    return sources


def sources_of(membership, user, least, permission, today):
    if membership.role in TEAM_ROLES:
        return team_sources(membership, user, least, permission, today)
    if membership.role in SCHEME_ROLES:
        return scheme_sources(membership, least, permission, today)
    if membership.role == Role.REVIEWING_OFFICER:
        return [involved(HOLDS, today, worker=user)]
    return []  # commissioners, data officers and administrators see no person


def team_sources(membership, user, least, permission, today):
    within = {"organisation": membership.organisation}
    if membership.role == Role.TEAM_MANAGER:
        beneath = model("Organisation").objects.teams().beneath(membership.organisation.path)
        within = {"organisation__in": beneath.values("pk")}
    sources = [involved(FUNDS, today, **within), involved(HOLDS, today, worker=user)]
    sources.append(through_cover(user, FUNDS, today))
    if least <= Level.PAST and permission in (None, *READING):
        sources.append(formerly(FUNDS, today, **within))
    return sources


def scheme_sources(membership, least, permission, today):
    within = {"organisation": membership.organisation}
    sources = []
    if least <= Level.SUPPORTS:
        sources.append(involved(SUPPORTS, today, **within))
        sources.append(through_cover(membership.user, SUPPORTS, today))
    if least <= Level.PAST and permission in (None, *READING):
        sources.append(formerly(SUPPORTS, today, **within))
    if least <= Level.REFERRAL:
        sources.append(involved(REFERRED, today, **within))
    return sources


def through_cover(user, roles, today):
    """Persons whose named worker is away and covered by this user, in an organisation of the same kind of role.

    No chains: cover counts only while the covering user is not away too.
    """
    absences = model("Absence").objects.filter(since__lte=today, until__gte=today)
    away_too = absences.filter(user=user)
    covered = absences.filter(cover=user, user=OuterRef("worker")).filter(~Exists(away_too))
    rows = model("Involvement").objects.filter(
        Exists(covered), holds(today), person=OuterRef("pk"), role__in=roles
    )
    return Exists(rows)


def formerly(roles, today, **within):
    """Ended: the own organisation may still read its own rows for the days its council set."""
    readable_until = ExpressionWrapper(
        F("until") + Coalesce(F("organisation__council__past_access_days"), 90),
        output_field=models.DateField(),
    )
    rows = model("Involvement").objects.annotate(readable_until=readable_until)
    return Exists(
        rows.filter(
            person=OuterRef("pk"), role__in=roles, until__lte=today, readable_until__gt=today, **within
        )
    )


def through_grant(user, at):
    return Exists(model("AccessGrant").objects.open(at).filter(person=OuterRef("pk"), user=user))


def closed_to(user, today):
    """A restriction that does not name the user. Emergency access opens masked records, never invisible ones."""
    restrictions = model("Restriction").objects.filter(holds(today), person=OuterRef("pk"))
    named = model("RestrictionAllows").objects.filter(restriction=OuterRef("pk"), user=user)
    granted = model("AccessGrant").objects.open(timezone.now()).filter(person=OuterRef("person"), user=user)
    return Exists(restrictions.exclude(Exists(named)).exclude(Q(kind="masked") & Exists(granted)))
