"""Referrals, matches, placements and their agreements."""

from .agreement import (
    AgreementEnteredInError,
    AgreementRequirement,
    AgreementSignature,
    AgreementSupersession,
    PlacementAgreement,
)
from .asked import AnswerOwed
from .away import Away
from .death import OwedAfterDeath
from .fees import AgreementFee, ChargesLook, FeeBand
from .introduction import Introduction
from .match import Match
from .placement import Booking, GateAnswer, OwedAfterEmergency, Placement
from .policy import BreaksPolicy, MatchingPolicy
from .referral import Referral, ReferralInformation, ReferralScheme
from .stopping import ToSettle
from .visit import MonitoringNote, MonitoringPolicy, MonitoringVisit, VisitOwed

__all__ = [
    "AgreementEnteredInError",
    "AgreementFee",
    "AgreementRequirement",
    "AgreementSignature",
    "AgreementSupersession",
    "AnswerOwed",
    "Away",
    "Booking",
    "BreaksPolicy",
    "ChargesLook",
    "FeeBand",
    "GateAnswer",
    "Introduction",
    "Match",
    "MatchingPolicy",
    "MonitoringNote",
    "MonitoringPolicy",
    "MonitoringVisit",
    "OwedAfterDeath",
    "OwedAfterEmergency",
    "Placement",
    "PlacementAgreement",
    "Referral",
    "ReferralInformation",
    "ReferralScheme",
    "ToSettle",
    "VisitOwed",
]
