"""What plans do when something happened on a lower floor."""

from people.moments import DEATH_UNDONE, DIED

from . import actions

DIED.then(actions.stop_after_death)
DEATH_UNDONE.then(actions.remind_again)
