"""What happens on this floor that others follow."""

from sharedlives.moments import Moment

SIGNED_OFF = Moment(
    "careplans.signed_off",
    "A care plan and its personal budget are both signed off. Facts: person, on (the later of the two days), by.",
)
SERVICE_ADDED = Moment(
    "careplans.service_added",
    "A signed plan has a new service. Facts: person, service (its name), started_on, by.",
)
HELD = Moment(
    "careplans.held", "A scheme acknowledged a plan, or an assessment was completed. Facts: person, by."
)
SUPPORT_PLAN_IN_USE = Moment(
    "careplans.support_plan_in_use",
    "A scheme's support plan of a person is in use. Facts: person, scheme, on, by.",
)
SUPPORT_PLAN_HIDDEN = Moment(
    "careplans.support_plan_hidden",
    "The only support plan of a scheme for a person was entered in error: none is left. Facts: person, scheme, by.",
)
