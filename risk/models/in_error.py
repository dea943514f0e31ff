"""What should not be on this record: an incident, a change, a foreseen need or an agreement about somebody else."""

from people.models import InError, is_of_one, points_at, says_why

from .change import ChangeNoticed, ForeseenNeed
from .incident import IncidentPerson
from .responsibility import ResponsibilityAgreement


class EventEnteredInError(InError):
    """One of the four, and why it is wrong here. Of an incident it is one person's row: the others keep theirs."""

    incident_row = points_at(IncidentPerson)
    change = points_at(ChangeNoticed)
    need = points_at(ForeseenNeed)
    agreement = points_at(ResponsibilityAgreement)

    class Meta:
        verbose_name_plural = "events entered in error"
        constraints = [
            says_why("risk_event_error_says_why"),
            is_of_one(("incident_row", "change", "need", "agreement"), "risk_event_error_is_of_one_row"),
        ]

    class Privacy:
        ordinary = ("id", "version", "incident_row", "change", "need", "agreement", "on")
        personal = ("person", "why")
        special = ()
