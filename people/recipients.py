"""What the clock asks of this floor: whom it tells about a person, by which ladder, and who works on what."""

from collections import defaultdict
from datetime import datetime, time

from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from sharedlives.permissions import Role
from sharedlives.worklist import protocols
from sharedlives.worklist.deadlines import Stage
from sharedlives.worklist.protocols import Told

from .models import Absence, Involvement, LadderStage, Membership, Organisation, Person
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
