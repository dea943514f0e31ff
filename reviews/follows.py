"""What reviews do when something happened on a lower floor."""

from careplans.moments import SERVICE_ADDED, SIGNED_OFF, SUPPORT_PLAN_HIDDEN, SUPPORT_PLAN_IN_USE
from people.moments import DEATH_UNDONE, DIED, FUNDING_MOVED
from placements.moments import ENDED, STARTED
from risk.moments import CHANGE_ANSWERED
from sharedlives.carried import Carried

from . import actions
from .models import RecordOwed, ReviewAction, ReviewDue, ReviewWanted

STARTED.then(actions.open_first_due)
ENDED.then(actions.void_dues)
SIGNED_OFF.then(actions.note_sign_off)
SERVICE_ADDED.then(actions.look_at_new_service)
SUPPORT_PLAN_IN_USE.then(actions.look_at_support_plan)
SUPPORT_PLAN_HIDDEN.then(actions.let_go_of_support_plan)
DIED.then(actions.void_everything)
DEATH_UNDONE.then(actions.restore_dues)
CHANGE_ANSWERED.then(actions.want_review_for_change)
FUNDING_MOVED.then(actions.follow_the_funding)


def held(model):
    """What is open of a model for some persons, and belongs to a team."""
    return lambda persons, team: model.objects.open().filter(person__in=persons, organisation=team)


DUES = Carried("reviews that fall due", held(ReviewDue))
RECORDS = Carried("records of reviews still to be sent", held(RecordOwed))
WANTED = Carried("reviews wanted sooner", held(ReviewWanted))
PROMISES = Carried("open actions from reviews", held(ReviewAction))
