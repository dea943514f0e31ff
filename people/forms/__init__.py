"""What can be typed about people, by what it is about."""

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
from .persons import (
    AbsenceForm,
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

__all__ = [
    "AbsenceForm",
    "AcceptChangeForm",
    "AcceptHandoverForm",
    "AccessCheckForm",
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
