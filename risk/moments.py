"""What happens on this floor that others follow."""

from sharedlives.moments import Moment

INCIDENT = Moment("risk.incident", "An incident was recorded. Facts: incident, by.")
