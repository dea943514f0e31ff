"""What happens on this floor that others follow."""

from sharedlives.moments import Moment

MOVED = Moment(
    "carers.moved",
    "Stays go on at another home: people moved, a home moved house, or two rows of one dwelling were joined. Facts: "
    "stays, as [(old, new)], the same stay twice where only its home is another; on, by.",
)
HOME_CHANGED = Moment(
    "carers.home_changed",
    "Somebody comes to live in a home, or leaves it, a resident or one of the family. Facts: household, by.",
)
READY = Moment("carers.ready", "A carer was approved, or did a course. Facts: carer, by.")
