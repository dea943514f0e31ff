"""Assessment, care and support plan versions, budgets, and which version a scheme holds.

A signed version is never changed: triggers refuse it (migration `signed_versions_are_final`). That it was superseded,
or entered in error, is a row that points at it.
"""

from .assessment import Assessment
from .budget import PersonalBudget
from .plan import CarePlan, Outcome, PlanShare
from .scope import own_organisations
from .signing import EnteredInError, SignOff, Supersession

__all__ = [
    "Assessment",
    "CarePlan",
    "EnteredInError",
    "Outcome",
    "PersonalBudget",
    "PlanShare",
    "SignOff",
    "Supersession",
    "own_organisations",
]
