"""What plans do when something happened on a lower floor."""

from people.moments import DIED

from . import actions

DIED.then(actions.stop_after_death)
