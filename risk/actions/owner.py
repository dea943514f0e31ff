"""Whose a new row is."""

from django.utils import timezone

from carers.models import HouseholdScheme
from people.models.organisation import current
from people.queries import funding_team


def owner(person, by):
    """The organisation that owns a new row: the team that funds the person, else the one of who writes it."""
    team = funding_team(person, timezone.localdate()) if person else None
    return team or next(membership.organisation for membership in by.current_memberships())


def owner_of_home(household, by):
    """The scheme that owns what is written about a home: of those that work with it, the one of who writes it."""
    links = HouseholdScheme.objects.filter(current(timezone.localdate()), household=household)
    own = [membership.organisation for membership in by.current_memberships()]
    schemes = set(links.values_list("scheme", flat=True))
    return next((organisation for organisation in own if organisation.pk in schemes), own[0])
