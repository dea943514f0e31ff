"""What happens on this floor that others follow."""

from sharedlives.moments import Moment

STARTED = Moment(
    "placements.started",
    "A placement has begun, by plan, by emergency, or recorded as it was found. Facts: placement, by.",
)
ENDED = Moment("placements.ended", "A placement has ended, or will never start. Facts: placement, by.")
REFERRAL_CLOSED = Moment(
    "placements.referral_closed", "A referral was closed, with its reason. Facts: referral, by."
)
