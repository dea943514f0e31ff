"""Organisations, users, persons, and who is involved with whom."""

from .about import AboutMe
from .access import AccessGrant, Restriction, RestrictionAllows
from .conflict import Conflict
from .contact import ContactNote, ContactPolicy
from .handover import Answer, Handover, OrganisationChange, OrganisationMove
from .in_error import InError, NoteEnteredInError, is_of_one, points_at, says_why
from .ladder import Ladder, LadderStage
from .legal import LegalFact, LegalFactShare
from .organisation import Absence, Membership, Organisation, User
from .person import CommunicationNeed, Identity, Involvement, NameWord, Person, PersonalContact
from .recall import CopyToRecall
from .seen import Seen, seen_or_why_not
from .sharing import AdvocacyTest, SharingDecision
from .subject_access import AccessEntry, AccessName, AccessRequest

__all__ = [
    "AboutMe",
    "AdvocacyTest",
    "ContactNote",
    "ContactPolicy",
    "CopyToRecall",
    "SharingDecision",
    "AccessEntry",
    "AccessGrant",
    "AccessName",
    "AccessRequest",
    "Absence",
    "Answer",
    "CommunicationNeed",
    "Conflict",
    "Handover",
    "Identity",
    "InError",
    "Involvement",
    "Ladder",
    "LadderStage",
    "LegalFact",
    "LegalFactShare",
    "Membership",
    "NoteEnteredInError",
    "NameWord",
    "Organisation",
    "OrganisationChange",
    "OrganisationMove",
    "Person",
    "PersonalContact",
    "Restriction",
    "RestrictionAllows",
    "Seen",
    "User",
    "is_of_one",
    "points_at",
    "says_why",
    "seen_or_why_not",
]
