"""What can be typed about risk, responsibilities, incidents and concerns."""

from .assessments import (
    AgreeForm,
    AssessmentForm,
    BeginForm,
    InErrorForm,
    ResponsibilityForm,
    RiskForm,
    SignForm,
)
from .changes import AnswerChangeForm, ChangeForm, ChangesFilter, CloseNeedForm, ForeseeForm, StillRightForm
from .concerns import (
    AboutForm,
    AnswerForm,
    CloseLinkForm,
    LinkForm,
    OfficerToldForm,
    OpenForm,
    PublicLinkForm,
    RaiseForm,
)
from .copies import GiveCopyForm, ReadCopyForm, ShareForm
from .incidents import CqcForm, IncidentForm, ReadForm, SafeguardingForm
from .redress import (
    AcknowledgeComplaintForm,
    AnswerComplaintForm,
    CandourForm,
    ComplaintForm,
    FurtherForm,
    InWritingForm,
    RedressAboutForm,
)

__all__ = [
    "OfficerToldForm",
    "AcknowledgeComplaintForm",
    "AnswerComplaintForm",
    "CandourForm",
    "ComplaintForm",
    "FurtherForm",
    "GiveCopyForm",
    "InWritingForm",
    "RedressAboutForm",
    "ReadCopyForm",
    "ShareForm",
    "AnswerChangeForm",
    "ChangeForm",
    "ChangesFilter",
    "CloseNeedForm",
    "ForeseeForm",
    "StillRightForm",
    "AboutForm",
    "AgreeForm",
    "AnswerForm",
    "AssessmentForm",
    "BeginForm",
    "CloseLinkForm",
    "CqcForm",
    "InErrorForm",
    "IncidentForm",
    "LinkForm",
    "OpenForm",
    "PublicLinkForm",
    "RaiseForm",
    "ReadForm",
    "ResponsibilityForm",
    "RiskForm",
    "SafeguardingForm",
    "SignForm",
]
