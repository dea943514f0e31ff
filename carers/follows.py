"""What homes do when something happens on the floor of people."""

from people import moments as people

from . import actions

people.DIED.then(actions.end_stays_of_the_dead)
people.DEATH_UNDONE.then(actions.restore_stays)
