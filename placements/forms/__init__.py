"""What can be typed about referrals, matches, agreements and placements."""

from .agreements import AgreementForm, ChargesForm, InErrorForm, SignForm
from .breaks import BookBreaksForm, CancelBreakForm
from .matches import AgreeForm, AnswersForm, EndMatchForm, HomesForm, IntroductionForm, ProposeForm
from .placements import (
    AwayForm,
    BackForm,
    CoverForm,
    DoneAfterDeathForm,
    EmergencyForm,
    EndForm,
    ExistingForm,
    PlacementsFilter,
    PutRightForm,
    SettleForm,
    StartForm,
)
from .referrals import AnswerForm, CloseForm, InformationForm, ReferForm, SendForm
from .stopping import SettleWhereForm
from .visits import VisitForm

__all__ = [
    "SettleWhereForm",
    "AgreeForm",
    "AgreementForm",
    "AnswerForm",
    "AnswersForm",
    "AwayForm",
    "BackForm",
    "BookBreaksForm",
    "CancelBreakForm",
    "ChargesForm",
    "CloseForm",
    "CoverForm",
    "DoneAfterDeathForm",
    "EmergencyForm",
    "EndForm",
    "EndMatchForm",
    "ExistingForm",
    "HomesForm",
    "InErrorForm",
    "InformationForm",
    "IntroductionForm",
    "PlacementsFilter",
    "ProposeForm",
    "PutRightForm",
    "ReferForm",
    "SendForm",
    "SettleForm",
    "SignForm",
    "StartForm",
    "VisitForm",
]
