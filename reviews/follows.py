"""What reviews do when something happened on a lower floor."""

from careplans.moments import SIGNED_OFF
from people.moments import DIED, FUNDING_MOVED
from placements.moments import ENDED, STARTED

from . import actions

STARTED.then(actions.open_first_due)
ENDED.then(actions.void_dues)
SIGNED_OFF.then(actions.note_sign_off)
DIED.then(actions.void_everything)
FUNDING_MOVED.then(actions.follow_the_funding)
