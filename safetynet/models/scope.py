"""Which organisations a user answers for here. Sight of persons is `Person.objects.visible_to`, never this."""

from sharedlives.permissions import GRANTS, Permission, Role

SCHEME_ROLES = (Role.SCHEME_WORKER, Role.SCHEME_MANAGER)


def own(user, *roles):
    """The organisations in which the user has one of these roles today. No query beyond the memberships."""
    if not user.is_authenticated:
        return []
    return [m.organisation for m in user.current_memberships() if m.role in roles]


def own_councils(user):
    """Ids of the councils whose lists, links and duplicates the user decides as data officer."""
    councils = [organisation.council_id for organisation in own(user, Role.DATA_OFFICER)]
    return [pk for pk in councils if pk]


def own_senders(user):
    """Ids of the organisations for which the user may send lists."""
    if not user.is_authenticated:
        return []
    may = [m for m in user.current_memberships() if Permission.ROSTER_UPLOAD in GRANTS[m.role]]
    return [m.organisation_id for m in may if m.role != Role.DATA_OFFICER]
