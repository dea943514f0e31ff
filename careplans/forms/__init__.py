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

__all__ = [
    "AcknowledgeForm",
    "AssessmentPageForm",
    "BeginAssessmentForm",
    "BeginPlanForm",
    "BudgetForm",
    "CheckAssessmentForm",
    "CheckForm",
    "InErrorForm",
    "OutcomesForm",
    "PartForm",
    "RemoveServiceForm",
    "SectionForm",
    "ServiceForm",
    "ShareForm",
    "SignForm",
    "WithdrawForm",
]
