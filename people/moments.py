"""What happens on this floor that others may want to follow."""

from sharedlives.moments import Moment

DIED = Moment("people.died", "A person has died")
CONTACT_WRITTEN = Moment(
    "people.contact_written",
    "A contact with a person was written down. Facts: note, wish (what the person wished for then, or empty), by.",
)
DEATH_UNDONE = Moment(
    "people.death_undone", "A death was recorded in error, and is put right. Facts: person, by."
)
SHARING_DECIDED = Moment(
    "people.sharing_decided", "What the person said about sharing was written down. Facts: person, by."
)
FUNDING_MOVED = Moment("people.funding_moved", "Another team funds a person from a day on")
