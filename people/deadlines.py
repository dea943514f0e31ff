"""What the worklist asks of this floor: who is told about a person, by which ladder, and who works on what."""

from collections import defaultdict
from datetime import datetime, time

from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone

from sharedlives.permissions import Role
from sharedlives.worklist import protocols
from sharedlives.worklist.deadlines import Deadline, Stage
from sharedlives.worklist.protocols import Told

from . import queries
from .models import (
    Absence,
    AccessGrant,
    AccessRequest,
    AdvocacyTest,
    ContactNote,
    CopyToRecall,
    Handover,
    Involvement,
    LadderStage,
    LegalFact,
    LegalFactShare,
    Membership,
    Organisation,
    OrganisationChange,
    Person,
)
from .models.handover import managed_teams
from .models.sharing import objected_to
from .visibility import sights_of

DIED = "the person has died"
# Of two involvements of one organisation with one person the nearer one answers.
NEARNESS = ("funds", "co_funds", "supports", "referred", "knows")


def ladder(*, deadline, council):
    """The council's own ladder; the shipped one where it has set none, or one without rungs."""
    if council is None:
        return deadline.stages
    rows = LadderStage.objects.filter(ladder__council=council, ladder__deadline=deadline.name).order_by(
        "offset"
    )
    own = tuple(Stage(row.stage, row.offset, row.tells) for row in rows)
    return own or deadline.stages


def nearest_first():
    whens = [When(role=role, then=Value(rank)) for rank, role in enumerate(NEARNESS)]
    return Case(*whens, output_field=IntegerField())


def worker(*, person, organisation, on):
    """The worker of the organisation's involvement with the person on a day, as a query expression."""
    rows = Involvement.objects.current(on).filter(
        person=OuterRef(person),
        organisation=OuterRef(organisation),
        role__in=NEARNESS,
        worker__is_active=True,
    )
    return Subquery(rows.order_by(nearest_first()).values("worker")[:1])


def funding(*, person, on):
    """The path of the team that funds the person on a day, and its worker, as query expressions."""
    rows = Involvement.objects.funding().current(on).filter(person=OuterRef(person))
    working = rows.filter(worker__is_active=True)
    return Subquery(rows.values("organisation__path")[:1]), Subquery(working.values("worker")[:1])


def names(*, persons):
    """How persons are named on screen, and their references."""
    fields = ("given_name", "preferred_name", "family_name", "reference")
    rows = Person.objects.filter(pk__in=persons).only(*fields)
    return {row.pk: (row.known_as, row.reference) for row in rows}


def recipients(*, asked, on):
    """Whom the clock tells on a day, for a batch of questions: worker, else cover, else the nearest manager.

    Only active users, and only those who may see the person: a restriction silences its reminder too. Nobody is
    reminded of a person who has died, except of what outlives them.
    """
    finder = Finder(asked, on)
    return [finder.told(question) for question in asked]


class Finder:
    """What one batch needs, asked once: involvements, managers, absences; and, per user, whom they may see."""

    def __init__(self, asked, on):
        self.on = on
        self.at = timezone.make_aware(datetime.combine(on, time(12)))
        self.persons = {question.person.pk for question in asked if question.person}
        organisations = {
            question.organisation.pk: question.organisation for question in asked if question.organisation
        }
        self.users = {}
        self.workers = self.find_workers(organisations)
        self.managers = self.find_managers(organisations)
        for question in asked:
            if question.worker:
                self.one(question.worker)
        self.covers = self.find_covers()
        self.seen = self.find_seen(asked)

    def one(self, user):
        """One object for one user, so that memberships are asked for once."""
        return self.users.setdefault(user.pk, user)

    def find_workers(self, organisations):
        rows = Involvement.objects.current(self.on).filter(
            person__in=self.persons, organisation__in=organisations, role__in=NEARNESS, worker__isnull=False
        )
        found = {}
        for row in rows.order_by(nearest_first()).select_related("worker"):
            found.setdefault((row.person_id, row.organisation_id), self.one(row.worker))
        return found

    def find_managers(self, organisations):
        """{organisation: [managers]} of every organisation on the way up."""
        upward = {part for organisation in organisations.values() for part in way_up(organisation)}
        rows = Membership.objects.current(self.on).filter(
            organisation__in=upward, role__in=(Role.TEAM_MANAGER, Role.SCHEME_MANAGER), user__is_active=True
        )
        found = {}
        for row in rows.order_by("since", "pk").select_related("user"):
            found.setdefault((str(row.organisation_id), row.role), []).append(self.one(row.user))
        return found

    def find_covers(self):
        """{user: who covers} for the absences of the day. Somebody away without cover stands in it with None."""
        absences = Absence.objects.on(self.on)
        theirs = Q(user__in=self.users)
        their_covers = Q(user__in=absences.filter(user__in=self.users).values("cover"))
        rows = absences.filter(theirs | their_covers).select_related("cover").order_by("since", "pk")
        return {row.user_id: self.one(row.cover) for row in rows}

    def find_seen(self, asked):
        """{user id: the persons whom they may see} of everybody who may be told of one of these persons."""
        persons = defaultdict(set)
        for question in asked:
            for user in self.candidates(question) if question.person else ():
                persons[user.pk].add(question.person.pk)
        return Person.objects.visible_to_each([self.users[pk] for pk in persons], persons, self.at)

    def candidates(self, question):
        """The worker, who covers them, and every manager on the way up."""
        if worker := self.worker_of(question):
            yield worker
            if cover := self.covers.get(worker.pk):
                yield cover
        if question.organisation:
            for part in way_up(question.organisation):
                yield from self.managers.get((part, role_above(question.organisation)), ())

    def worker_of(self, question):
        """Whom the row itself names, else the person's worker in the organisation that answers for it; or None."""
        person, organisation = question.person, question.organisation
        if question.worker:
            return self.one(question.worker)
        return self.workers.get((person.pk, organisation.pk)) if person and organisation else None

    def told(self, question):
        if question.person and question.person.date_of_death and not question.outlives:
            return Told(silent_because=DIED)
        if question.tells == "worker":
            found = self.worker_or_cover(question)
            if found:
                return Told(recipients=(found,))
        managers = self.managers_of(question)
        return Told(recipients=tuple((user, "manager") for user in managers))

    def worker_or_cover(self, question):
        """(user, stands_in_for), or None when the manager has to hear of it instead."""
        person, user = question.person, self.worker_of(question)
        if user is None:
            return None
        if user.pk not in self.covers:
            return (user, "") if self.may_see(user, person) else None
        cover = self.covers[user.pk]
        away_too = cover.pk in self.covers
        return (cover, "cover") if not away_too and self.may_see(cover, person) else None

    def managers_of(self, question):
        """The managers of the nearest organisation upward that has one who may see the person."""
        if question.organisation is None:
            return []
        role = role_above(question.organisation)
        for part in way_up(question.organisation):
            users = [u for u in self.managers.get((part, role), ()) if self.may_see(u, question.person)]
            if users:
                return users
        return []

    def may_see(self, user, person):
        if not user.is_active:
            return False
        if person is None:
            return True
        return person.pk in self.seen[user.pk]


def role_above(organisation):
    """The role of those who hear of it when nobody below does."""
    is_scheme = organisation.kind == Organisation.Kind.SCHEME
    return Role.SCHEME_MANAGER if is_scheme else Role.TEAM_MANAGER


def way_up(organisation):
    """The ids of an organisation and those above it, nearest first. A scheme has no manager above itself."""
    if organisation.kind == Organisation.Kind.SCHEME:
        return [str(organisation.pk)]
    return [part for part in reversed(organisation.path.split("/")) if part]


def councils(*, on):
    return list(Organisation.objects.councils().current(on).order_by("name").values_list("pk", "name"))


protocols.use(
    recipients=recipients,
    ladder=ladder,
    worker=worker,
    funding=funding,
    names=names,
    councils=councils,
    sights=sights_of,
)


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
