"""Assessment, care and support plan versions, budgets, and which version a scheme holds.

A signed version is never changed: triggers refuse it (migration `signed_versions_are_final`). That it was superseded,
or entered in error, is a row that points at it.
"""

from .assessment import Assessment, AssessmentPart
from .budget import PersonalBudget
from .in_error import NeedEnteredInError
from .package import WEEKDAYS, Service
from .plan import CarePlan, Outcome, PlanShare, ShareOwed
from .policy import PlanPolicy
from .scope import own_organisations
from .signing import EnteredInError, SignOff, Supersession
from .support import SupportPlan, SupportStep
from .wishes import Reassessment, Wish

__all__ = [
    "Assessment",
    "AssessmentPart",
    "CarePlan",
    "EnteredInError",
    "NeedEnteredInError",
    "Outcome",
    "PersonalBudget",
    "PlanPolicy",
    "PlanShare",
    "Reassessment",
    "Service",
    "ShareOwed",
    "SignOff",
    "Supersession",
    "SupportPlan",
    "SupportStep",
    "WEEKDAYS",
    "Wish",
    "own_organisations",
]
