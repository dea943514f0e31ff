"""What happens on this floor that others follow."""

from sharedlives.moments import Moment

INCIDENT = Moment("risk.incident", "An incident was recorded. Facts: incident, by.")
SETTLED = Moment(
    "risk.settled",
    "A person’s risk assessment was signed, or the responsibilities for it were agreed by both. Facts: person, by.",
)
CHANGE_ANSWERED = Moment(
    "risk.change_answered",
    "The council answered a change that a scheme had noticed, and said what follows. Facts: change, by.",
)
