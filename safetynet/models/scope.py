"""Which organisations a user answers for here. Sight of persons is `Person.objects.visible_to`, never this."""

from sharedlives.permissions import GRANTS, Permission, Role

SCHEME_ROLES = (Role.SCHEME_WORKER, Role.SCHEME_MANAGER)


def own(user, permission, *roles):
    """The organisations in which the user has one of these roles, and it holds the permission. No further query."""
    if not user.is_authenticated:
        return []
    held = [m for m in user.current_memberships() if permission in GRANTS[m.role]]
    return [m.organisation for m in held if m.role in roles]


def own_councils(user, permission=Permission.LINK_DECIDE):
    """Ids of the councils for which the user is data officer."""
    councils = [organisation.council_id for organisation in own(user, permission, Role.DATA_OFFICER)]
    return [pk for pk in councils if pk]


def own_senders(user):
    """Ids of the organisations for whose lists the user answers as one of their own staff."""
    senders = [role for role in Role if role != Role.DATA_OFFICER]
    return [organisation.pk for organisation in own(user, Permission.ROSTER_UPLOAD, *senders)]
