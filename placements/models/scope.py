"""Which organisations a user acts for. Sight of persons is `Person.objects.visible_to`, never this."""

from people.models import Organisation
from sharedlives.permissions import Role

SCHEME_ROLES = (Role.SCHEME_WORKER, Role.SCHEME_MANAGER)
TEAM_ROLES = (Role.CARE_MANAGER, Role.TEAM_MANAGER)


def own_schemes(user):
    """Ids of the schemes in which the user works. No query beyond the memberships, kept on the user."""
    if not user.is_authenticated:
        return []
    return [m.organisation_id for m in user.current_memberships() if m.role in SCHEME_ROLES]


def own_teams(user):
    """The teams whose caseload the user works: their own; for a team manager those beneath as well."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    teams = Organisation.objects.teams()
    found = Organisation.objects.none()
    for membership in user.current_memberships():
        if membership.role == Role.CARE_MANAGER:
            found |= teams.filter(pk=membership.organisation_id)
        if membership.role == Role.TEAM_MANAGER:
            found |= teams.beneath(membership.organisation.path)
    return found
