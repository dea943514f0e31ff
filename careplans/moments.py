"""What happens on this floor that others follow."""

from sharedlives.moments import Moment

SIGNED_OFF = Moment(
    "careplans.signed_off",
    "A care plan and its personal budget are both signed off. Facts: person, on (the later of the two days), by.",
)
