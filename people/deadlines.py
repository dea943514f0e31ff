"""What falls due on this floor. Whom the clock tells of it stands in `people.recipients`."""

from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from sharedlives.worklist.deadlines import Deadline, Stage

from . import queries, recipients  # noqa: F401 - read with the deadlines, so that the clock can ask
from .models import (
    AccessGrant,
    AccessRequest,
    AdvocacyTest,
    CommunicationNeed,
    ContactNote,
    CopyToRecall,
    Handover,
    LegalFact,
    LegalFactShare,
    Organisation,
    OrganisationChange,
)
from .models.handover import managed_teams
from .models.sharing import objected_to


def unread():
    return AccessGrant.objects.unread().select_related("person", "organisation__council")


def to_read(user):
    """Emergency access to the records that the user's teams hold, by somebody else, not read about yet."""
    return unread().visible_to(user).filter(organisation__in=managed_teams(user)).exclude(user=user.pk)


EMERGENCY_ACCESS = Deadline(
    name="people.emergency_access",
    label="Emergency access is to be read about",
    model=AccessGrant,
    stages=(Stage("late", 2, "manager"), Stage("very_late", 7, "manager")),
    open=unread,
    visible_to=lambda user: unread().visible_to(user),
    owed_by=to_read,
    responsible=lambda row: (row.person, row.organisation),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("people:read_grant", args=[object_id]),
    urgent=True,
    outlives=True,
)


# -- Teams that pass people on ------------------------------------------------------------------------

TO_BE_ANSWERED = (Stage("asked", -7, "manager"), Stage("due", 0, "manager"), Stage("late", 3, "manager"))


def handovers():
    """Handovers of living people that wait for an answer."""
    return Handover.objects.open().filter(person__date_of_death=None).select_related("to__council", "team")


HANDOVER = Deadline(
    name="people.handover",
    label="A team asks yours to take over a person",
    model=Handover,
    stages=TO_BE_ANSWERED,
    open=handovers,
    visible_to=lambda user: handovers().visible_to(user),
    owed_by=lambda user: handovers().to_answer_by(user),
    waits_for=lambda user: handovers().visible_to(user).filter(asked_by=user),
    responsible=lambda row: (None, row.to),  # the record is not theirs to see yet: no name, no reference
    council=lambda row: row.to.council,
    path=lambda object_id: reverse("people:handover", args=[object_id]),
    person="",
    organisation="to",
)


def team_changes():
    return OrganisationChange.objects.open().select_related("to__council", "team")


TEAM_CHANGE = Deadline(
    name="people.team_change",
    label="A change of teams waits for your answer",
    model=OrganisationChange,
    stages=TO_BE_ANSWERED,
    open=team_changes,
    visible_to=lambda user: team_changes().visible_to(user),
    owed_by=lambda user: team_changes().to_answer_by(user),
    responsible=lambda row: (None, row.to),
    council=lambda row: row.to.council,
    path=lambda object_id: reverse("people:change", args=[object_id]),
    person="",
    organisation="to",
)


# -- What the law asks, and who speaks up ----------------------------------------------------------


def legal_facts():
    return LegalFact.objects.to_look_at_again().select_related("person", "organisation__council")


def shares_owed():
    """What the person does not want shared is not owed, nor late, while they object."""
    objected = objected_to("legal", OuterRef("scheme"))
    rows = LegalFactShare.objects.to_share().filter(~objected)
    return rows.select_related("person", "organisation__council", "scheme")


def shares_unread():
    return LegalFactShare.objects.to_acknowledge().select_related("person", "scheme__council", "organisation")


def advocates():
    return AdvocacyTest.objects.waiting_for_advocate().select_related("person", "organisation__council")


def shares_of_own_schemes(user):
    """What was shared with the user's own schemes, about people whom the user works with."""
    own = [membership.organisation_id for membership in user.current_memberships()]
    unread = shares_unread().visible_to(user).filter(scheme__in=own)
    return unread.filter(queries.worked_on_by(user, ("supports",)))


def of_the_person(row):
    return row.person, row.organisation


def council_of_owner(row):
    return row.organisation.council


def fact_path(object_id):
    return reverse("people:legal_fact", args=[object_id])


LEGAL_FACT_ENDS = Deadline(
    name="people.legal_fact_ends",
    label="An order or authority ends, or the court is to be asked",
    model=LegalFact,
    stages=(
        Stage("early", -56, "worker"),
        Stage("soon", -14, "worker"),
        Stage("due", 0, "worker"),
        Stage("late", 7, "manager"),
    ),
    open=legal_facts,
    visible_to=lambda user: legal_facts().visible_to(user),
    owed_by=lambda user: legal_facts().visible_to(user).filter(queries.worked_on_by(user)),
    responsible=of_the_person,
    council=council_of_owner,
    path=fact_path,
)
LEGAL_FACT_TO_SHARE = Deadline(
    name="people.legal_fact_to_share",
    label="A legal fact is to be shared with a scheme",
    model=LegalFactShare,
    stages=(Stage("due", 0, "worker"), Stage("late", 5, "manager")),
    open=shares_owed,
    visible_to=lambda user: shares_owed().visible_to(user),
    owed_by=lambda user: shares_owed().visible_to(user).filter(queries.worked_on_by(user)),
    responsible=of_the_person,
    council=council_of_owner,
    path=lambda object_id: reverse("people:legal_share", args=[object_id]),
)
LEGAL_FACT_TO_READ = Deadline(
    name="people.legal_fact_to_read",
    label="A legal fact is to be read and acknowledged",
    model=LegalFactShare,
    stages=(Stage("sent", -5, "worker"), Stage("due", 0, "worker"), Stage("late", 3, "manager")),
    open=shares_unread,
    visible_to=lambda user: shares_unread().visible_to(user),
    owed_by=shares_of_own_schemes,
    responsible=lambda share: (share.person, share.scheme),
    council=lambda share: share.scheme.council,
    path=lambda object_id: reverse("people:legal_share", args=[object_id]),
    organisation="scheme",
    waits_for=lambda user: shares_unread().visible_to(user).filter(queries.worked_on_by(user)),
)
ADVOCATE_OWED = Deadline(
    name="people.advocate_owed",
    label="An advocate is to be appointed",
    model=AdvocacyTest,
    stages=(Stage("soon", -14, "worker"), Stage("due", 0, "worker"), Stage("late", 7, "manager")),
    open=advocates,
    visible_to=lambda user: advocates().visible_to(user),
    owed_by=lambda user: advocates().visible_to(user).filter(queries.worked_on_by(user)),
    responsible=of_the_person,
    council=council_of_owner,
    path=lambda object_id: reverse("people:advocacy", args=[object_id]),
)


# -- Contact -----------------------------------------------------------------------------------------


def to_be_seen():
    return ContactNote.objects.keeping_the_clock().select_related("person__responsible_council")


def who_sees(note):
    """The team that funds the person today."""
    return note.person, queries.funding_team(
        note.person, timezone.localdate()
    ) or note.person.responsible_council


CONTACT = Deadline(
    name="people.contact",
    label="A person is to be seen again",
    model=ContactNote,
    stages=(Stage("soon", -14, "worker"), Stage("due", 0, "worker"), Stage("late", 14, "manager")),
    open=to_be_seen,
    visible_to=lambda user: to_be_seen().visible_to(user),
    owed_by=lambda user: to_be_seen().visible_to(user).filter(queries.worked_on_by(user)),
    responsible=who_sees,
    council=lambda note: note.person.responsible_council,
    path=lambda object_id: reverse("people:contact_due", args=[object_id]),
    follows_funding=True,
)


def to_be_asked():
    return CommunicationNeed.objects.keeping_the_clock().select_related("person__responsible_council")


COMMUNICATION = Deadline(
    name="people.communication",
    label="A person is to be asked again how they communicate",
    model=CommunicationNeed,
    stages=(Stage("soon", -14, "worker"), Stage("due", 0, "worker"), Stage("late", 28, "manager")),
    open=to_be_asked,
    visible_to=lambda user: to_be_asked().visible_to(user),
    owed_by=lambda user: to_be_asked().visible_to(user).filter(queries.worked_on_by(user)),
    responsible=who_sees,
    council=lambda need: need.person.responsible_council,
    path=lambda object_id: reverse("people:communication_due", args=[object_id]),
    organisation="person__responsible_council",
    follows_funding=True,
)


# -- Copies of everything about a person ------------------------------------------------------------


def copies():
    return AccessRequest.objects.open().select_related("person", "organisation__council")


COPY_DUE = Deadline(
    name="people.copy_due",
    label="A copy of everything about a person is to be handed over",
    model=AccessRequest,
    stages=(
        Stage("early", -21, "manager"),
        Stage("soon", -7, "manager"),
        Stage("due", 0, "manager"),
        Stage("late", 1, "manager"),
    ),
    open=copies,
    visible_to=lambda user: copies().visible_to(user),
    owed_by=lambda user: copies().visible_to(user).filter(organisation__in=managed_teams(user)),
    responsible=of_the_person,
    council=council_of_owner,
    path=lambda object_id: reverse("people:access_request", args=[object_id]),
    outlives=True,
)


# -- Entered in error ----------------------------------------------------------------------------------


def copies_to_recall():
    return CopyToRecall.objects.open().select_related("person", "organisation__council")


def copies_of_mine(user):
    """A scheme recalls what itself gave away; of everything else, the team that funds the person now."""
    rows = copies_to_recall().visible_to(user)
    own = [m.organisation_id for m in user.current_memberships()]
    scheme = Q(organisation__kind=Organisation.Kind.SCHEME)
    return rows.filter(
        queries.worked_on_by(user, ("funds", "co_funds", "supports")), ~scheme | Q(organisation__in=own)
    )


def who_recalls(row):
    """The scheme that gave it, or the team that funds the person now."""
    if row.organisation.kind == Organisation.Kind.SCHEME:
        return row.person, row.organisation
    return row.person, queries.funding_team(row.person, timezone.localdate()) or row.organisation


COPY_TO_RECALL = Deadline(
    name="people.copy_to_recall",
    label="A copy of something entered in error is to be recalled",
    model=CopyToRecall,
    stages=(Stage("listed", -3, "worker"), Stage("due", 0, "worker"), Stage("late", 4, "manager")),
    open=copies_to_recall,
    visible_to=lambda user: copies_to_recall().visible_to(user),
    owed_by=copies_of_mine,
    responsible=who_recalls,
    council=council_of_owner,
    path=lambda object_id: reverse("people:recall", args=[object_id]),
    outlives=True,
)
