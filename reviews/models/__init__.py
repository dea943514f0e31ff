"""The duty to look again (ReviewDue), the meeting (Review), and what came of it."""

from .change import AgreedChange
from .due import ReviewDue
from .held import (
    IncidentConsidered,
    OutcomeRating,
    RecordCopy,
    RecordEnteredInError,
    RecordOwed,
    RequirementRating,
)
from .meeting import Participant, Review, ReviewSubject
from .policy import ReviewPolicy
from .remark import RecordRemark
from .todo import ActionAccount, ReviewAction
from .wanted import ReviewWanted

__all__ = [
    "ActionAccount",
    "AgreedChange",
    "IncidentConsidered",
    "OutcomeRating",
    "Participant",
    "RecordCopy",
    "RecordEnteredInError",
    "RecordOwed",
    "RecordRemark",
    "RequirementRating",
    "Review",
    "ReviewAction",
    "ReviewDue",
    "ReviewPolicy",
    "ReviewSubject",
    "ReviewWanted",
]
