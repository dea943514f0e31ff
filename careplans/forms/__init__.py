"""What can be typed about assessments, plans and budgets."""

from .assessments import AssessmentPageForm, BeginAssessmentForm, CheckAssessmentForm, PartForm
from .package import RemoveServiceForm, ServiceForm
from .plans import (
    AcknowledgeForm,
    BeginPlanForm,
    BudgetForm,
    CheckForm,
    InErrorForm,
    OutcomesForm,
    SectionForm,
    ShareForm,
    SignForm,
    WithdrawForm,
)
from .support import BeginSupportForm, SupportForm, UseSupportForm
from .wishes import (
    AnswerForm,
    CloseReassessmentForm,
    ClosingForm,
    PassOnForm,
    ReassessForm,
    WishForm,
)

__all__ = [
    "AcknowledgeForm",
    "AnswerForm",
    "AssessmentPageForm",
    "BeginAssessmentForm",
    "BeginPlanForm",
    "BeginSupportForm",
    "BudgetForm",
    "CheckAssessmentForm",
    "CheckForm",
    "CloseReassessmentForm",
    "ClosingForm",
    "InErrorForm",
    "OutcomesForm",
    "PartForm",
    "PassOnForm",
    "ReassessForm",
    "RemoveServiceForm",
    "SectionForm",
    "ServiceForm",
    "ShareForm",
    "SignForm",
    "SupportForm",
    "UseSupportForm",
    "WishForm",
    "WithdrawForm",
]
