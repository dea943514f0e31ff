"""Questions about homes and carers, asked by pages and by the floors above."""

from .apart import stays_apart_from, under_one_roof
from .occupancy import Days, ahead, carrying, lookups, occupancy, places_free
from .readiness import lapsed_beside, lapsed_for, takes_nobody, taking_new

__all__ = [
    "Days",
    "ahead",
    "carrying",
    "lapsed_beside",
    "lapsed_for",
    "lookups",
    "occupancy",
    "places_free",
    "stays_apart_from",
    "takes_nobody",
    "taking_new",
    "under_one_roof",
]
