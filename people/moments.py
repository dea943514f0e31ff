"""What happens on this floor that others may want to follow."""

from sharedlives.moments import Moment

DIED = Moment("people.died", "A person has died")
FUNDING_MOVED = Moment("people.funding_moved", "Another team funds a person from a day on")
