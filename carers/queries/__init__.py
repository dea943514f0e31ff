"""Questions about homes and carers, asked by pages and by the floors above."""

from .occupancy import Days, ahead, lookups, occupancy, places_free
from .readiness import current_approval, emergency_refusals

__all__ = ["Days", "ahead", "current_approval", "emergency_refusals", "lookups", "occupancy", "places_free"]
