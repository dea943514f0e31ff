"""What risk does when something happened here or on a lower floor."""

from carers.moments import HOME_CHANGED, MOVED
from people.moments import CONTACT_WRITTEN, DIED

from . import actions
from .moments import INCIDENT

CONTACT_WRITTEN.then(actions.confirm_by_note)
HOME_CHANGED.then(actions.look_again_at_home)
DIED.then(actions.stop_after_death)
MOVED.then(actions.look_again_after_move)
INCIDENT.then(actions.tell_workers)
INCIDENT.then(actions.look_again_after_incident)
