"""Everything that can happen to homes, stays and carers."""

from .apart import end_apart, keep_apart, look_again_at_apart
from .applications import end_application, enquire, go_on, note_need, say_consulted
from .availability import end_availability, state_availability
from .carers import (
    approve,
    correct_carer,
    end_approval,
    record_training,
    register_carer,
)
from .copies import (
    add_carer_name,
    ask_for_carer_copy,
    close_carer_copy,
    decide_carer_entry,
    decide_carer_names,
    release_carer_copy,
)
from .deaths import restore_stays
from .dwellings import join_dwellings, move_house, say_same_dwelling
from .homes import (
    add_member,
    close_places,
    correct_household,
    detach_scheme,
    end_member,
    register_household,
    reopen,
    set_limit,
    share_household,
)
from .panel import decide, hold_panel, meet_condition, write_letter
from .places import (
    amend_stay,
    book,
    claim_place,
    end_stay,
    end_stays_of_the_dead,
    lock_places,
    move,
    move_home,
    record_found,
    release,
    release_expired_holds,
)
from .requirements import exempt, exempt_from_course, record_requirement
from .stand_in import write_plan_b
from .stopping import end_carer, leave_home, leave_homes, lift_suspension, suspend
from .ties import check_not_close, declare_tie, end_tie, is_close

__all__ = [
    "end_apart",
    "keep_apart",
    "look_again_at_apart",
    "add_carer_name",
    "ask_for_carer_copy",
    "close_carer_copy",
    "decide_carer_entry",
    "decide_carer_names",
    "release_carer_copy",
    "end_availability",
    "state_availability",
    "add_member",
    "amend_stay",
    "approve",
    "book",
    "check_not_close",
    "claim_place",
    "close_places",
    "correct_carer",
    "correct_household",
    "decide",
    "declare_tie",
    "detach_scheme",
    "end_approval",
    "end_carer",
    "end_member",
    "end_stay",
    "end_stays_of_the_dead",
    "end_tie",
    "end_application",
    "enquire",
    "exempt",
    "exempt_from_course",
    "go_on",
    "hold_panel",
    "is_close",
    "join_dwellings",
    "leave_home",
    "leave_homes",
    "lift_suspension",
    "lock_places",
    "meet_condition",
    "move",
    "note_need",
    "move_home",
    "move_house",
    "record_found",
    "record_requirement",
    "record_training",
    "register_carer",
    "register_household",
    "release",
    "release_expired_holds",
    "reopen",
    "restore_stays",
    "say_consulted",
    "say_same_dwelling",
    "set_limit",
    "share_household",
    "suspend",
    "write_letter",
    "write_plan_b",
]
