"""Organisations, users, persons, and who is involved with whom."""

from .access import AccessGrant, Restriction, RestrictionAllows
from .ladder import Ladder, LadderStage
from .legal import LegalFact, LegalFactShare
from .organisation import Absence, Membership, Organisation, User
from .person import CommunicationNeed, Identity, Involvement, Person, PersonalContact

__all__ = [
    "AccessGrant",
    "Absence",
    "CommunicationNeed",
    "Identity",
    "Involvement",
    "Ladder",
    "LadderStage",
    "LegalFact",
    "LegalFactShare",
    "Membership",
    "Organisation",
    "Person",
    "PersonalContact",
    "Restriction",
    "RestrictionAllows",
    "User",
]
