"""What falls due on this floor."""

from django.urls import reverse

from people.models import Person
from people.visibility import Level
from sharedlives.permissions import Permission
from sharedlives.worklist.deadlines import Deadline, Stage

from .models import IncidentPerson, RiskAssessment, own_organisations


def to_review():
    """Signed versions of living persons that hold: each must be looked at again by its date."""
    rows = RiskAssessment.objects.latest_version().filter(person__isnull=False, person__date_of_death=None)
    return rows.select_related("person", "organisation__council")


def my_risks(user):
    """Those whose person the user's team funds, and whose risk the user may write."""
    people = Person.objects.visible_to(user, least=Level.FUNDS, permission=Permission.RISK_WRITE)
    return to_review().filter(person__in=people)


RISK_REVIEW = Deadline(
    name="risk.risk_review",
    label="A risk assessment is to be looked at again",
    model=RiskAssessment,
    stages=(
        Stage("six_weeks", -42, "worker"),
        Stage("two_weeks", -14, "worker"),
        Stage("due", 0, "worker"),
        Stage("late", 7, "manager"),
        Stage("very_late", 28, "manager"),
    ),
    open=to_review,
    visible_to=lambda user: to_review().visible_to(user),
    owed_by=my_risks,
    responsible=lambda row: (row.person, row.organisation),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("risk:assessment", args=[object_id]),
)


def to_read():
    return IncidentPerson.objects.unread().select_related("person", "incident", "organisation__council")


def my_incidents(user):
    """Unread incidents of people whose funding team the user works in."""
    return to_read().visible_to(user).filter(organisation__in=own_organisations(user))


INCIDENT_READ = Deadline(
    name="risk.incident_read",
    label="An incident is to be read",
    model=IncidentPerson,
    stages=(
        Stage("recorded", -1, "worker"),
        Stage("due", 0, "worker"),
        Stage("late", 2, "manager"),
    ),
    open=to_read,
    visible_to=lambda user: to_read().visible_to(user),
    owed_by=my_incidents,
    responsible=lambda row: (row.person, row.organisation),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("risk:read_incident", args=[object_id]),
)
