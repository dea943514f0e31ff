"""What placements do when something happens on the floors beneath."""

from people import moments as people

from sharedlives.carried import Carried

from . import actions
from .models import Referral

people.DIED.then(actions.end_after_death)
people.FUNDING_MOVED.then(actions.follow_the_funding)

REFERRALS = Carried(
    "open referrals",
    lambda persons, team: Referral.objects.open().filter(person__in=persons, organisation=team),
)
