"""Referrals, matches, placements and their agreements."""

from .agreement import (
    AgreementEnteredInError,
    AgreementRequirement,
    AgreementSignature,
    AgreementSupersession,
    PlacementAgreement,
)
from .away import Away
from .death import OwedAfterDeath
from .match import Match
from .placement import Booking, GateAnswer, OwedAfterEmergency, Placement
from .referral import Referral, ReferralInformation, ReferralScheme

__all__ = [
    "AgreementEnteredInError",
    "AgreementRequirement",
    "AgreementSignature",
    "AgreementSupersession",
    "Away",
    "Booking",
    "GateAnswer",
    "Match",
    "OwedAfterDeath",
    "OwedAfterEmergency",
    "Placement",
    "PlacementAgreement",
    "Referral",
    "ReferralInformation",
    "ReferralScheme",
]
