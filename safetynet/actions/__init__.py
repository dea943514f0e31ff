"""Everything that happens to lists, their rows, links and flags."""

from .flags import assign, close, follow_the_funding, nobody, not_yet, take
from .linking import (
    decide,
    decide_records,
    keep_records_apart,
    link_records,
    not_the_same,
    same_person,
    undo,
    unlink_records,
)
from .rosters import receive
from .sweep import sweep_safety_net

__all__ = [
    "assign",
    "close",
    "decide",
    "decide_records",
    "follow_the_funding",
    "keep_records_apart",
    "link_records",
    "nobody",
    "not_the_same",
    "not_yet",
    "receive",
    "same_person",
    "sweep_safety_net",
    "take",
    "undo",
    "unlink_records",
]
