"""What placements do when something happens on the floors beneath."""

from careplans import moments as careplans
from careplans.clashes import CHECKS
from carers import moments as carers
from people import moments as people
from risk import moments as risk
from sharedlives.carried import Carried

from . import actions, queries
from .models import Referral

people.DIED.then(actions.end_after_death)
people.FUNDING_MOVED.then(actions.follow_the_funding)
people.DEATH_UNDONE.then(actions.restore_after_death)
carers.MOVED.then(actions.follow_stays)
carers.READY.then(actions.close_owed_of_carer)
carers.STOPPED.then(actions.settle_after_stopping)
carers.RESUMED.then(actions.carer_is_back)
carers.LEFT.then(actions.settle_after_leaving)
careplans.HELD.then(actions.close_owed_of_person)
risk.SETTLED.then(actions.close_owed_of_person)

CHECKS.append(queries.week_clashes)

REFERRALS = Carried(
    "open referrals",
    lambda persons, team: Referral.objects.open().filter(person__in=persons, organisation=team),
)
