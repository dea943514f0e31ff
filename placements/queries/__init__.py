"""Questions of this floor: what is in a pack, how the gates stand, which homes may fit."""

from ..models.placement import WITHOUT_HOME
from .gate import KEPT_BY_THE_STAY, Move, claim_for, move_of, plan_held, standings, stay_of
from .homes import candidate, candidates, emergency_homes
from .packs import in_words, pack

__all__ = [
    "KEPT_BY_THE_STAY",
    "Move",
    "WITHOUT_HOME",
    "candidate",
    "candidates",
    "claim_for",
    "emergency_homes",
    "in_words",
    "move_of",
    "pack",
    "plan_held",
    "standings",
    "stay_of",
]
