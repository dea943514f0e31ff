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
STOPPED = Moment(
    "carers.stopped",
    "Somebody stops being a carer, or the approvals of a carer are suspended. Facts: carer, why (stopped or suspended), "
    "on, by.",
)
RESUMED = Moment("carers.resumed", "A suspended carer is approved again as before. Facts: carer, by.")
LEFT = Moment(
    "carers.left", "A scheme works with a home no longer, from a day on. Facts: household, scheme, on, by."
)
