"""Risk assessments, who is responsible for which part of them, and what went wrong."""

from .assessment import Risk, RiskAssessment, RiskControl, RiskEnteredInError, RiskSupersession
from .change import ChangeNoticed, ForeseenNeed
from .check import LookAgain, RiskCheck
from .concern import Concern, ConcernAbout, ConcernLink, managed_by
from .copies import RiskCopy
from .in_error import EventEnteredInError
from .incident import Incident, IncidentPerson
from .own import own_organisations
from .policy import RiskPolicy, RiskScale
from .redress import Complaint, DutyOfCandour, RedressAbout
from .responsibility import ResponsibilityAgreement

__all__ = [
    "ChangeNoticed",
    "Complaint",
    "DutyOfCandour",
    "RedressAbout",
    "RiskControl",
    "RiskCopy",
    "ForeseenNeed",
    "LookAgain",
    "RiskCheck",
    "Concern",
    "ConcernAbout",
    "ConcernLink",
    "EventEnteredInError",
    "Incident",
    "IncidentPerson",
    "ResponsibilityAgreement",
    "Risk",
    "RiskAssessment",
    "RiskEnteredInError",
    "RiskPolicy",
    "RiskScale",
    "RiskSupersession",
    "managed_by",
    "own_organisations",
]
