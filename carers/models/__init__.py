"""Homes, stays, limits, closures, carers, approvals, training."""

from .carer import Approval, Carer, Training, TrainingCourse
from .home import AT_MOST, Closure, Household, HouseholdMember, HouseholdScheme, PlaceLimit
from .stay import BINDING, COUNTED, Stay

__all__ = [
    "AT_MOST",
    "BINDING",
    "COUNTED",
    "Approval",
    "Carer",
    "Closure",
    "Household",
    "HouseholdMember",
    "HouseholdScheme",
    "PlaceLimit",
    "Stay",
    "Training",
    "TrainingCourse",
]
