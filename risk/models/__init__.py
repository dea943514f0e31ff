"""Risk assessments, who is responsible for which part of them, and what went wrong."""

from .assessment import Risk, RiskAssessment, RiskEnteredInError, RiskSupersession
from .incident import Incident, IncidentPerson
from .own import own_organisations
from .responsibility import ResponsibilityAgreement

__all__ = [
    "Incident",
    "IncidentPerson",
    "ResponsibilityAgreement",
    "Risk",
    "RiskAssessment",
    "RiskEnteredInError",
    "RiskSupersession",
    "own_organisations",
]
