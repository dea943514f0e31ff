"""Questions about homes and carers, asked by pages and by the floors above."""

from .occupancy import Days, ahead, lookups, occupancy, places_free
from .readiness import current_approval, emergency_refusals, lapsed_beside, lapsed_for

__all__ = [
    "Days",
    "ahead",
    "current_approval",
    "emergency_refusals",
    "lapsed_beside",
    "lapsed_for",
    "lookups",
    "occupancy",
    "places_free",
]
