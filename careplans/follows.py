"""What plans do when something happened on a lower floor."""

from people.moments import DEATH_UNDONE, DIED, SHARING_DECIDED

from . import actions

DIED.then(actions.stop_after_death)
DEATH_UNDONE.then(actions.remind_again)
SHARING_DECIDED.then(actions.follow_decision)
