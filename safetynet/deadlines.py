"""What this floor supplies to the worklist: work for somebody where a reminder has nobody to go to."""

from sharedlives.worklist import protocols

from . import actions

protocols.use(nobody=actions.nobody)
