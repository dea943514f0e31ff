"""Questions about who is involved, asked by the floors above."""

from django.utils import timezone

from sharedlives.permissions import Role
from sharedlives.records.models import AccessLogEntry

from .models import Involvement, LegalFact, Membership

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
    for fact in facts.order_by("since"):
        kind = LegalFact.Kind(fact.kind)
        if kind in LegalFact.AUTHORITY and fact.field in (reach, LegalFact.Field.BOTH):
            if kind != LegalFact.Kind.APPOINTEE or reach == "money":
                return fact
        if kind == LegalFact.Kind.BEST_INTERESTS:
            return fact
    return None
