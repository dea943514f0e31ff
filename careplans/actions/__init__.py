"""Everything that can happen to assessments, care plans, budgets and their copies."""

from .assessing import ASSESSING, amend_assessment, assess, write_part
from .budget import set_budget
from .drafting import DRAFT, amend_draft, draft_plan
from .ended_services import look_at_ended_services
from .in_error import assessment_in_error, reassessment_in_error, support_plan_in_error, wish_in_error
from .mourning import remind_again, stop_after_death
from .package import add_service, amend_service, remove_service
from .reassessing import close_reassessment, open_reassessment
from .sharing import acknowledge_plan, follow_decision, share_plan
from .signing import enter_in_error, sign_plan, withdraw_signatures
from .support import draft_support_plan, use_support_plan, write_support_plan
from .wishes import answer_wish, pass_on, service_closes, wish_by_note, write_wish

__all__ = [
    "ASSESSING",
    "DRAFT",
    "acknowledge_plan",
    "add_service",
    "amend_assessment",
    "amend_draft",
    "amend_service",
    "answer_wish",
    "assess",
    "assessment_in_error",
    "close_reassessment",
    "draft_plan",
    "draft_support_plan",
    "enter_in_error",
    "follow_decision",
    "look_at_ended_services",
    "open_reassessment",
    "pass_on",
    "reassessment_in_error",
    "remind_again",
    "remove_service",
    "service_closes",
    "set_budget",
    "share_plan",
    "sign_plan",
    "stop_after_death",
    "support_plan_in_error",
    "use_support_plan",
    "wish_by_note",
    "wish_in_error",
    "withdraw_signatures",
    "write_part",
    "write_support_plan",
    "write_wish",
]
