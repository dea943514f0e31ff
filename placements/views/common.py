"""What the pages of this floor share."""

from django.core.exceptions import PermissionDenied

from people.models import Person
from sharedlives.permissions import needs

from ..models.scope import own_schemes

BOTH = ["GET", "POST"]


def may(user, person):
    """{PERMISSION: True} of what this user may do for this person, for templates. One query."""
    return {permission.name: True for permission in Person.objects.permissions_for(user, person)}


def for_own_scheme(request, scheme_id, permission):
    """Refuse with 403 what only the scheme itself may do. Seeing the person through another one is not enough."""
    if scheme_id not in own_schemes(request.user):
        raise PermissionDenied(needs(permission))
