"""Questions of this floor: what is in a pack, how the gates stand, which homes may fit."""

from ..models.placement import WITHOUT_HOME
from .around import open_placement_of, prefilled, schemes_to_ask, team_managers, with_answers
from .calendar import (
    BOOKED_BY_DATE,
    bookings_of,
    homes_for_breaks,
    may_book,
    month_of_home,
    month_of_homes,
)
from .cover import cover_of
from .fees import fee_bands, outside_bands
from .gate import KEPT_BY_THE_STAY, Move, claim_for, move_of, plan_held, standings, stay_of, stays_of
from .homes import candidate, candidates, carers_of, chosen, emergency_homes, needs_of, scheme_of, these
from .introductions import introductions, matching_policy
from .packs import in_words, pack, pack_allowed
from .profiles import may_be_named, profile, profile_allowed
from .rest import rest_of
from .tried import carers_tried
from .verdicts import PER_PAGE
from .visits import monitoring_policy, visited_together
from .week import week_clashes

__all__ = [
    "BOOKED_BY_DATE",
    "KEPT_BY_THE_STAY",
    "Move",
    "PER_PAGE",
    "WITHOUT_HOME",
    "bookings_of",
    "candidate",
    "candidates",
    "carers_of",
    "carers_tried",
    "chosen",
    "claim_for",
    "cover_of",
    "emergency_homes",
    "fee_bands",
    "homes_for_breaks",
    "in_words",
    "introductions",
    "matching_policy",
    "may_be_named",
    "may_book",
    "monitoring_policy",
    "month_of_home",
    "month_of_homes",
    "move_of",
    "needs_of",
    "open_placement_of",
    "outside_bands",
    "pack",
    "pack_allowed",
    "plan_held",
    "profile",
    "profile_allowed",
    "prefilled",
    "rest_of",
    "scheme_of",
    "schemes_to_ask",
    "standings",
    "stay_of",
    "stays_of",
    "team_managers",
    "these",
    "visited_together",
    "week_clashes",
    "with_answers",
]
