"""Organisations, users, persons, and who is involved with whom."""

from .access import AccessGrant, Restriction, RestrictionAllows
from .handover import Answer, Handover, OrganisationChange, OrganisationMove
from .ladder import Ladder, LadderStage
from .legal import LegalFact, LegalFactShare
from .organisation import Absence, Membership, Organisation, User
from .person import CommunicationNeed, Identity, Involvement, Person, PersonalContact

__all__ = [
    "AccessGrant",
    "Absence",
    "Answer",
    "CommunicationNeed",
    "Handover",
    "Identity",
    "Involvement",
    "Ladder",
    "LadderStage",
    "LegalFact",
    "LegalFactShare",
    "Membership",
    "Organisation",
    "OrganisationChange",
    "OrganisationMove",
    "Person",
    "PersonalContact",
    "Restriction",
    "RestrictionAllows",
    "User",
]
