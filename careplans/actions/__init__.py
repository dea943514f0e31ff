"""Everything that can happen to assessments, care plans, budgets and their copies."""

from .assessing import ASSESSING, amend_assessment, assess, write_part
from .budget import set_budget
from .drafting import DRAFT, amend_draft, draft_plan
from .package import add_service, amend_service, remove_service
from .sharing import acknowledge_plan, share_plan, stop_after_death
from .signing import enter_in_error, sign_plan, withdraw_signatures

__all__ = [
    "ASSESSING",
    "DRAFT",
    "acknowledge_plan",
    "add_service",
    "amend_assessment",
    "amend_draft",
    "amend_service",
    "assess",
    "draft_plan",
    "enter_in_error",
    "remove_service",
    "set_budget",
    "share_plan",
    "sign_plan",
    "stop_after_death",
    "withdraw_signatures",
    "write_part",
]
