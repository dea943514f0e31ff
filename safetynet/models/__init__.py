"""Lists that others send, how their rows stand to our records, and what somebody has to sort out."""

from .flag import Flag
from .link import LinkDecision, NotSamePerson
from .roster import Roster, RosterRow, RosterSource

__all__ = ["Flag", "LinkDecision", "NotSamePerson", "Roster", "RosterRow", "RosterSource"]
