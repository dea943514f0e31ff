"""Homes, stays, limits, closures, carers, approvals, training."""

from .apart import KeptApart
from .application import Applicant, Application, NeedMet, StageReached
from .availability import Availability
from .carer import Approval, Carer, Training, TrainingCourse
from .copies import CarerCopy, CarerCopyEntry, CarerCopyName
from .dwelling import SameDwelling
from .home import AT_MOST, Closure, Household, HouseholdMember, HouseholdScheme, PlaceLimit
from .panel import ApprovalCondition, PanelDecision, PanelMeeting
from .requirement import Requirement, RequirementKind
from .stand_in import PlanB
from .stay import BINDING, COUNTED, Stay
from .suspension import Suspension
from .tie import CarerTie

__all__ = [
    "AT_MOST",
    "BINDING",
    "COUNTED",
    "Applicant",
    "Application",
    "Approval",
    "ApprovalCondition",
    "Availability",
    "Carer",
    "CarerCopy",
    "CarerCopyEntry",
    "CarerCopyName",
    "CarerTie",
    "Closure",
    "Household",
    "HouseholdMember",
    "HouseholdScheme",
    "KeptApart",
    "NeedMet",
    "PanelDecision",
    "PanelMeeting",
    "PlaceLimit",
    "PlanB",
    "Requirement",
    "RequirementKind",
    "SameDwelling",
    "StageReached",
    "Stay",
    "Suspension",
    "Training",
    "TrainingCourse",
]
