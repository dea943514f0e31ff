"""What can be typed about people, by what it is about."""

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
    "CommunicationForm",
    "ContactForm",
    "DeathForm",
    "EmergencyAccessForm",
    "FindForm",
    "MailsForm",
    "PersonForm",
    "RegisterForm",
    "SignInForm",
    "WorkerForm",
]
