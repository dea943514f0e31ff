"""What falls due on this floor."""

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from careplans.queries import worked_on_by
from people.models import Involvement, Person
from people.queries import funding_team
from people.visibility import Level
from sharedlives.permissions import Permission, Role
from sharedlives.worklist.deadlines import Deadline, Stage

from . import queries
from .models import (
    ChangeNoticed,
    Complaint,
    Concern,
    DutyOfCandour,
    ForeseenNeed,
    Incident,
    IncidentPerson,
    LookAgain,
    RiskAssessment,
    RiskCheck,
    RiskCopy,
    managed_by,
    own_organisations,
)

Reach = Concern.Reach


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
    """Signed versions of living persons that hold and were not checked since: a check has a date of its own."""
    rows = RiskAssessment.objects.latest_version().filter(person__isnull=False, person__date_of_death=None)
    rows = rows.filter(~Exists(RiskCheck.objects.filter(assessment=OuterRef("pk"))))
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
    follows_funding=True,
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
    follows_funding=True,
    urgent=True,
    outlives=True,
)


def to_answer():
    """Concerns not answered yet, those of people who have died included: whoever raised one is still told."""
    rows = Concern.objects.open().select_related("person", "organisation__council", "council")
    return rows.prefetch_related("about__user")


def my_concerns(user):
    """Of the user's own people; and as a manager those that only managers may know of."""
    mine = worked_on_by(user, ("funds", "co_funds")) & ~Q(reach=Concern.Reach.MANAGERS)
    managed = Q(reach=Concern.Reach.MANAGERS, organisation__in=managed_by(user))
    return to_answer().visible_to(user).filter(mine | managed, council_side(user))


def council_side(user):
    """Only the council answers a concern: what a scheme wrote waits for others."""
    people = Person.objects.visible_to(user, least=Level.FUNDS, permission=Permission.CONCERN_ANSWER)
    return Q(reach=Concern.Reach.MANAGERS) | Q(person__in=people)


def waiting_for_answer(user):
    """What the user wrote and the council has not answered yet."""
    return to_answer().visible_to(user).filter(written_by=user.pk)


def answers_for_concern(concern):
    """Person and organisation: past whom it is about. Where only managers may know, no worker is asked for."""
    if concern.reach != Concern.Reach.MANAGERS:
        return concern.person, queries.answering_team(concern)
    subjects = [about.user for about in concern.about.all() if about.user]
    today = timezone.localdate()
    return None, queries.other_managers(concern.council, concern.organisation, subjects, False, today)


CONCERN = Deadline(
    name="risk.concern",
    label="A concern is to be answered",
    model=Concern,
    stages=(
        Stage("received", -60, "worker"),
        Stage("due", 0, "worker"),
        Stage("late", 1, "manager"),
        Stage("very_late", 5, "manager"),
    ),
    open=to_answer,
    visible_to=lambda user: to_answer().visible_to(user),
    owed_by=my_concerns,
    waits_for=waiting_for_answer,
    responsible=answers_for_concern,
    council=lambda row: row.council,
    path=lambda object_id: reverse("risk:concern", args=[object_id]),
)


def cqc_to_tell():
    rows = Incident.objects.filter(cqc_notifiable=True, cqc_told_on=None, due_on__isnull=False)
    return rows.select_related("cqc_owed_by__council")


CQC_NOTICE = Deadline(
    name="risk.cqc_notice",
    label="The Care Quality Commission is to be told of an incident",
    model=Incident,
    stages=(Stage("recorded", -7, "manager"), Stage("due", 0, "manager"), Stage("late", 1, "manager")),
    open=cqc_to_tell,
    visible_to=lambda user: cqc_to_tell().visible_to(user).filter(cqc_owed_by__in=own_organisations(user)),
    owed_by=lambda user: cqc_to_tell().visible_to(user).filter(cqc_owed_by__in=run_by(user)),
    responsible=lambda row: (None, row.cqc_owed_by),
    council=lambda row: row.cqc_owed_by.council,
    path=lambda object_id: reverse("risk:tell_cqc", args=[object_id]),
    person="",
    organisation="cqc_owed_by",
)


def run_by(user):
    """The schemes that a user manages."""
    return [m.organisation_id for m in user.current_memberships() if m.role == Role.SCHEME_MANAGER]


# -- Between two versions, changes and what will come ----------------------------------------------------


def checked():
    """The newest checks of versions that hold, of living persons: looked at again by their date."""
    versions = RiskAssessment.objects.latest_version().filter(person__date_of_death=None)
    rows = RiskCheck.objects.filter(is_newest=True, assessment__in=versions)
    return rows.select_related("person", "organisation__council")


def wanted_sooner():
    """Versions that are wanted before their date because something happened."""
    rows = LookAgain.objects.filter(done_on=None, person__date_of_death=None)
    return rows.select_related("person", "organisation__council")


def of_my_risks(rows, user):
    """Those of the user's own people, whose risk the user may write."""
    people = Person.objects.visible_to(user, least=Level.FUNDS, permission=Permission.RISK_WRITE)
    return rows.filter(worked_on_by(user, ("funds", "co_funds")), person__in=people)


def funding_or_own(row, person):
    """Person and organisation that answer for a row: the team that funds the person today, else the row's own."""
    return person, funding_team(person, timezone.localdate()) or row.organisation


STILL_RIGHT = Deadline(
    name="risk.still_right",
    label="A risk assessment that was checked is to be looked at again",
    model=RiskCheck,
    stages=RISK_REVIEW.stages,
    open=checked,
    visible_to=lambda user: checked().visible_to(user),
    owed_by=lambda user: of_my_risks(checked(), user),
    responsible=lambda row: funding_or_own(row, row.person),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("risk:check", args=[object_id]),
    follows_funding=True,
)
LOOK_AGAIN = Deadline(
    name="risk.look_again",
    label="Risks are to be looked at sooner, because something happened",
    model=LookAgain,
    stages=(Stage("opened", -60, "worker"), Stage("due", 0, "worker"), Stage("late", 3, "manager")),
    open=wanted_sooner,
    visible_to=lambda user: wanted_sooner().visible_to(user),
    owed_by=lambda user: of_my_risks(wanted_sooner(), user),
    responsible=lambda row: funding_or_own(row, row.person),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("risk:wanted", args=[object_id]),
    follows_funding=True,
)


def changes_to_answer():
    return ChangeNoticed.objects.open().select_related("person", "organisation__council")


def my_changes(user):
    """Unanswered changes of the user's own people."""
    people = Person.objects.visible_to(user, least=Level.FUNDS, permission=Permission.RISK_WRITE)
    return changes_to_answer().filter(worked_on_by(user, ("funds", "co_funds")), person__in=people)


def changes_told(user):
    """What the own scheme noticed and the council has not answered."""
    own = own_organisations(user)
    return changes_to_answer().visible_to(user).filter(organisation__in=own, noticed_by=user.pk)


CHANGE = Deadline(
    name="risk.change",
    label="A change that the scheme noticed is to be answered",
    model=ChangeNoticed,
    stages=(
        Stage("noticed", -60, "worker"),
        Stage("due", 0, "worker"),
        Stage("late", 2, "manager"),
        Stage("very_late", 14, "manager"),
    ),
    open=changes_to_answer,
    visible_to=lambda user: changes_to_answer().visible_to(user),
    owed_by=my_changes,
    waits_for=changes_told,
    responsible=lambda row: (
        row.person,
        funding_team(row.person, timezone.localdate()) or row.person.responsible_council,
    ),
    council=lambda row: row.person.responsible_council,
    path=lambda object_id: reverse("risk:change", args=[object_id]),
    follows_funding=True,
)


def foreseen():
    return ForeseenNeed.objects.open().select_related("person", "organisation__council", "owner")


FORESEEN = Deadline(
    name="risk.foreseen",
    label="A need that was foreseen is to be looked at again",
    model=ForeseenNeed,
    stages=(Stage("due", 0, "worker"), Stage("late", 28, "manager")),
    open=foreseen,
    visible_to=lambda user: foreseen().visible_to(user),
    owed_by=lambda user: foreseen().visible_to(user).filter(owner=user.pk),
    responsible=lambda row: funding_or_own(row, row.person),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("risk:foreseen", args=[object_id]),
    follows_funding=True,
    worker=lambda row: row.owner,
)


# -- Copies of a signed version, complaints, candour -----------------------------------------------------


def copies_to_read():
    rows = RiskCopy.objects.for_schemes().waiting()
    return rows.select_related("person", "scheme", "organisation__council")


def my_copies_to_read(user):
    """Versions given to the user's own schemes, about people with whom the user works."""
    mine = copies_to_read().visible_to(user).filter(scheme__in=own_organisations(user))
    return mine.filter(worked_on_by(user, ("supports",)))


COPY_TO_READ = Deadline(
    name="risk.copy_to_read",
    label="A newer risk assessment is to be read",
    model=RiskCopy,
    stages=(Stage("sent", -5, "worker"), Stage("due", 0, "worker"), Stage("late", 3, "manager")),
    open=copies_to_read,
    visible_to=lambda user: copies_to_read().visible_to(user),
    owed_by=my_copies_to_read,
    waits_for=lambda user: of_my_risks(copies_to_read(), user),
    responsible=lambda row: (row.person, row.scheme),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("risk:read_copy", args=[object_id]),
    organisation="scheme",
)


def copies_to_give():
    rows = RiskCopy.objects.to_hand_over().waiting()
    return rows.select_related("person", "carer", "organisation__council")


COPY_TO_GIVE = Deadline(
    name="risk.copy_to_give",
    label="A copy of the risk assessment is to be given to the person or a carer",
    model=RiskCopy,
    stages=(Stage("signed", -5, "worker"), Stage("due", 0, "worker"), Stage("late", 7, "manager")),
    open=copies_to_give,
    visible_to=lambda user: copies_to_give().visible_to(user),
    owed_by=lambda user: of_my_risks(copies_to_give(), user),
    responsible=lambda row: funding_or_own(row, row.person),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("risk:give_copy", args=[object_id]),
    follows_funding=True,
)


def complaints_open():
    rows = Complaint.objects.open().select_related("person__responsible_council", "organisation")
    return rows.prefetch_related("about__user")


def own_to_answer(rows, user):
    """Rows of the user's own organisations about people with whom the user works; as a manager, what only they know."""
    worked_on = worked_on_by(user, ("funds", "co_funds", "supports"))
    own = Q(worked_on, ~Q(reach=Reach.MANAGERS), organisation__in=own_organisations(user))
    managed = Q(reach=Reach.MANAGERS, organisation__in=managed_by(user, Permission.INCIDENT_WRITE))
    return rows.visible_to(user).filter(own | managed)


def answers_for_redress(row):
    """Person and organisation: past whom it is about. Where only managers may know, no worker is asked for."""
    if row.reach != Reach.MANAGERS:
        return row.person, row.organisation
    subjects = [about.user for about in row.about.all() if about.user]
    council, today = row.person.responsible_council, timezone.localdate()
    return None, queries.other_managers(council, row.organisation, subjects, False, today)


COMPLAINT = Deadline(
    name="risk.complaint",
    label="A complaint is to be answered",
    model=Complaint,
    stages=(
        Stage("received", -180, "worker"),
        Stage("soon", -7, "worker"),
        Stage("due", 0, "manager"),
        Stage("late", 14, "manager"),
    ),
    open=complaints_open,
    visible_to=lambda user: complaints_open().visible_to(user),
    owed_by=lambda user: own_to_answer(complaints_open(), user),
    responsible=answers_for_redress,
    council=lambda row: row.person.responsible_council,
    path=lambda object_id: reverse("risk:complaint", args=[object_id]),
    outlives=True,
)


def candour_open():
    rows = DutyOfCandour.objects.open().select_related("person__responsible_council", "organisation")
    return rows.prefetch_related("about__user")


CANDOUR = Deadline(
    name="risk.candour",
    label="Sorry is to be said in writing",
    model=DutyOfCandour,
    stages=(Stage("said", -14, "worker"), Stage("due", 0, "worker"), Stage("late", 1, "manager")),
    open=candour_open,
    visible_to=lambda user: candour_open().visible_to(user),
    owed_by=lambda user: own_to_answer(candour_open(), user),
    responsible=answers_for_redress,
    council=lambda row: row.person.responsible_council,
    path=lambda object_id: reverse("risk:candour", args=[object_id]),
    outlives=True,
)


def homes_to_review():
    """Signed versions of homes that hold. The scheme that wrote them looks at them again."""
    rows = RiskAssessment.objects.latest_version().filter(household__isnull=False)
    return rows.select_related("household", "organisation__council")


HOME_REVIEW = Deadline(
    name="risk.home_review",
    label="The risk assessment of a home is to be looked at again",
    model=RiskAssessment,
    stages=(Stage("six_weeks", -42, "manager"), Stage("due", 0, "manager"), Stage("late", 14, "manager")),
    open=homes_to_review,
    visible_to=lambda user: homes_to_review().visible_to(user),
    owed_by=lambda user: homes_to_review().visible_to(user).filter(organisation__in=run_by(user)),
    responsible=lambda row: (None, row.organisation),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("risk:home_assessment", args=[object_id]),
    about=lambda: F("household__label"),
    person="",
    organisation="organisation",
)
