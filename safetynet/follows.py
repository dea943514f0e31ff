"""What lists and flags do when something happened on a lower floor."""

from people import moments as people
from sharedlives.carried import Carried

from . import actions
from .models import Flag

people.FUNDING_MOVED.then(actions.follow_the_funding)


def open_flags(persons, team):
    """Open flags about some persons for which a team answers."""
    return Flag.objects.open().with_about().filter(about__in=persons, owner_organisation=team)


FLAGS = Carried("things to sort out", open_flags)
