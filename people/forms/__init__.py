"""What can be typed about people, by what it is about."""

from .contact import QuickNoteForm
from .handovers import (
    AcceptChangeForm,
    AcceptHandoverForm,
    AccessCheckForm,
    DeclineForm,
    HandoverForm,
    TeamChangeForm,
    UndoForm,
    WithdrawForm,
)
from .legal import (
    CloseLegalFactForm,
    LegalFactForm,
    ReadLegalFactForm,
    RepresentativeField,
    ShareLegalFactForm,
)
from .persons import (
    AbsenceForm,
    AskAgainForm,
    CommunicationForm,
    ContactForm,
    DeathForm,
    EmergencyAccessForm,
    FindForm,
    MailsForm,
    PersonForm,
    RegisterForm,
    SignInForm,
    WorkerForm,
)
from .recalls import InErrorForm
from .restriction import LiftForm, RestrictForm
from .seen import SEEN, SeenForm
from .voice import AboutMeForm, AdvocacyTestForm, FollowAdvocacyForm, SharingForm

__all__ = [
    "InErrorForm",
    "SEEN",
    "SeenForm",
    "QuickNoteForm",
    "CloseLegalFactForm",
    "LegalFactForm",
    "ReadLegalFactForm",
    "RepresentativeField",
    "ShareLegalFactForm",
    "LiftForm",
    "RestrictForm",
    "AboutMeForm",
    "AdvocacyTestForm",
    "FollowAdvocacyForm",
    "SharingForm",
    "AbsenceForm",
    "AcceptChangeForm",
    "AcceptHandoverForm",
    "AccessCheckForm",
    "AskAgainForm",
    "CommunicationForm",
    "ContactForm",
    "DeathForm",
    "DeclineForm",
    "EmergencyAccessForm",
    "FindForm",
    "HandoverForm",
    "MailsForm",
    "PersonForm",
    "RegisterForm",
    "SignInForm",
    "TeamChangeForm",
    "UndoForm",
    "WithdrawForm",
    "WorkerForm",
]
