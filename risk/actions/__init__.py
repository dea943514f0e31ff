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
from .incidents import decide_safeguarding, name_person, read_incident, record_incident, tell_workers
from .responsibilities import agree_responsibilities, draft_responsibilities, side_of

__all__ = [
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
