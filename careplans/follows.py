"""What plans do when something happened on a lower floor."""

from people.moments import CONTACT_WRITTEN, DEATH_UNDONE, DIED, SHARING_DECIDED

from . import actions

CONTACT_WRITTEN.then(actions.wish_by_note)
DIED.then(actions.stop_after_death)
DEATH_UNDONE.then(actions.remind_again)
SHARING_DECIDED.then(actions.follow_decision)
