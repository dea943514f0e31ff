"""Everything that can happen to a file that is brought in, and to its rows."""

from .arriving import name_columns, receive
from .rows import decide, leave_out, mend
from .working import AT_ONCE, confirm, put_aside, work_off, work_off_all

__all__ = [
    "AT_ONCE",
    "confirm",
    "decide",
    "leave_out",
    "mend",
    "name_columns",
    "put_aside",
    "receive",
    "work_off",
    "work_off_all",
]
