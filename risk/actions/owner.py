"""Whose a new row is."""

from django.utils import timezone

from people.queries import funding_team


def owner(person, by):
    """The organisation that owns a new row: the team that funds the person, else the one of who writes it."""
    team = funding_team(person, timezone.localdate()) if person else None
    return team or next(membership.organisation for membership in by.current_memberships())
