"""Who owns what is written here."""

from django.utils import timezone

from people.queries import funding_team


def owner(person, by):
    """The team that owns a new row: the one that funds the person, else the council team of who writes it."""
    team = funding_team(person, timezone.localdate())
    if team is not None:
        return team
    return next(m.organisation for m in by.current_memberships())
