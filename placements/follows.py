"""What placements do when something happens on the floors beneath."""

from people import moments as people

from . import actions

people.DIED.then(actions.end_after_death)
