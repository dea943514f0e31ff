"""What commissioning does when something happened on a lower floor."""

from placements.moments import REFERRAL_CLOSED

from . import actions

REFERRAL_CLOSED.then(actions.note_unmet_need)
