"""Everything that can happen to risk assessments, responsibility agreements, incidents and concerns."""

from .assessments import (
    RISK_FIELDS,
    add_risk,
    amend_assessment,
    as_facts,
    draft_assessment,
    enter_in_error,
    sign_assessment,
    stop_after_death,
)
from .changes import answer_change, close_need, foresee, notice_change
from .checks import (
    confirm_by_note,
    look_again_after_hospital,
    look_again_after_incident,
    look_again_after_move,
    look_again_at_home,
    still_right,
)
from .concerns import (
    answer_concern,
    decide_about_concern,
    raise_concern,
    say_about,
    tell_designated_officer,
)
from .copies import acknowledge_copy, give_copy, share_assessment
from .in_error import change_in_error, incident_in_error, need_in_error, responsibilities_in_error
from .incidents import (
    decide_safeguarding,
    name_person,
    read_incident,
    record_incident,
    tell_cqc,
    tell_workers,
)
from .links import close_link, find_link, make_link, read_receipt, receipt
from .redress import (
    acknowledge_complaint,
    answer_complaint,
    record_complaint,
    say_sorry,
    say_sorry_in_writing,
    say_whom_redress_is_about,
    take_further,
)
from .responsibilities import agree_responsibilities, draft_responsibilities, side_of

__all__ = [
    "tell_designated_officer",
    "acknowledge_complaint",
    "acknowledge_copy",
    "answer_change",
    "answer_complaint",
    "give_copy",
    "look_again_after_hospital",
    "look_again_after_move",
    "look_again_at_home",
    "record_complaint",
    "say_sorry",
    "say_sorry_in_writing",
    "say_whom_redress_is_about",
    "share_assessment",
    "take_further",
    "change_in_error",
    "close_need",
    "incident_in_error",
    "need_in_error",
    "responsibilities_in_error",
    "foresee",
    "look_again_after_incident",
    "notice_change",
    "confirm_by_note",
    "still_right",
    "answer_concern",
    "close_link",
    "decide_about_concern",
    "find_link",
    "make_link",
    "raise_concern",
    "read_receipt",
    "receipt",
    "say_about",
    "tell_cqc",
    "RISK_FIELDS",
    "add_risk",
    "agree_responsibilities",
    "amend_assessment",
    "as_facts",
    "decide_safeguarding",
    "draft_assessment",
    "draft_responsibilities",
    "enter_in_error",
    "name_person",
    "read_incident",
    "record_incident",
    "side_of",
    "sign_assessment",
    "stop_after_death",
    "tell_workers",
]
