"""What falls due on this floor."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from careplans.queries import worked_on_by
from people.models import Involvement, Person
from people.visibility import Level
from sharedlives.permissions import Permission
from sharedlives.worklist.deadlines import Deadline, Stage

from .models import IncidentPerson, RiskAssessment


def with_funding_team(rows):
    """With `person.funding_now`: a record outlives the team that wrote it; who funds the person today answers."""
    funding = Involvement.objects.funding().current(timezone.localdate())
    funding = funding.select_related("organisation__council")
    return rows.prefetch_related(Prefetch("person__involvements", queryset=funding, to_attr="funding_now"))


def answers_for(row):
    """The team that funds the person today; where none does, the one that wrote the row."""
    funding = row.person.funding_now
    return funding[0].organisation if funding else row.organisation


def to_review():
    """Signed versions of living persons that hold: each must be looked at again by its date."""
    rows = RiskAssessment.objects.latest_version().filter(person__isnull=False, person__date_of_death=None)
    return with_funding_team(rows.select_related("person", "organisation__council"))


def my_risks(user):
    """Those of the user's own people, whose risk the user may write."""
    people = Person.objects.visible_to(user, least=Level.FUNDS, permission=Permission.RISK_WRITE)
    return to_review().filter(worked_on_by(user, ("funds", "co_funds")), person__in=people)


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
    responsible=lambda row: (row.person, answers_for(row)),
    council=lambda row: answers_for(row).council,
    path=lambda object_id: reverse("risk:assessment", args=[object_id]),
)


def to_read():
    rows = IncidentPerson.objects.unread().select_related("person", "incident", "organisation__council")
    return with_funding_team(rows)


def my_incidents(user):
    """Unread incidents of the user's own people."""
    return to_read().visible_to(user).filter(worked_on_by(user, ("funds", "co_funds")))


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
    responsible=lambda row: (row.person, answers_for(row)),
    council=lambda row: answers_for(row).council,
    path=lambda object_id: reverse("risk:read_incident", args=[object_id]),
    urgent=True,
    outlives=True,
)
