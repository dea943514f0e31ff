"""Made-up councils, staff, people and placements of a replay, and what happens to them day by day."""

from datetime import timedelta

from django.db import transaction

from carers.models import Carer, Household
from people import actions as people
from people.models import Absence, Involvement, Membership, Organisation, User
from placements.models import Placement
from reviews import actions as reviews
from reviews.actions.dues import meet
from reviews.models import ReviewDue
from sharedlives.permissions import Role

COUNCILS, TEAMS, WORKERS = 4, 2, 6


def organisation(kind, name, parent=None, **facts):
    row = Organisation(kind=kind, name=name, parent=parent, **facts)
    row.path = f"{parent.path if parent else '/'}{row.pk}/"
    row.council = row if kind == "council" else (parent.council if parent else None)
    row.save()
    return row


class Lives:
    """`news(day)` does to the records what people did that day. Nothing here knows of reminders."""

    def __init__(self, dice, first, end, placements):
        self.dice, self.first, self.end = dice, first, end
        self.hired = 0
        self.region = organisation("region", "Replayed region")
        self.teams, self.schemes, self.workers = [], {}, {}
        for number in range(COUNCILS):
            council = organisation("council", f"Council {number}", self.region, ons_code=f"E0600{number:04}")
            scheme = organisation("scheme", f"Scheme {number}", self.region)
            for n in range(TEAMS):
                team = organisation("team", f"Team {number} {n}", council)
                self.teams.append(team)
                self.schemes[team.pk] = scheme
                self.workers[team.pk] = [self.hire(team, Role.CARE_MANAGER) for _n in range(WORKERS)]
                self.hire(team, Role.TEAM_MANAGER)
        days = (end - first).days
        self.starting = {}
        for n in range(placements):
            on = first + timedelta(days=int(dice.random() * days * 0.8))
            self.starting.setdefault(on, []).append(n)
        self.meetings, self.leaving, self.opened, self.left = {}, {}, {}, {}

    def hire(self, team, role):
        self.hired += 1
        user = User.objects.create(name=f"Worker {self.hired}", email=f"worker.{self.hired}@example.org")
        Membership.objects.create(user=user, organisation=team, role=role, since=self.first)
        return user

    def news(self, day):
        for number in self.starting.pop(day, []):
            self.start(number, day)
        for due_id in self.meetings.pop(day, []):
            self.hold(due_id, day)
        for involvement_id in self.leaving.pop(day, []):
            self.hand_over(involvement_id)
        self.staff(day)
        self.note(day)

    def start(self, number, day):
        """A person whom a team funds comes to live with a carer."""
        team = self.dice.choice(self.teams)
        worker, scheme = self.dice.choice(self.workers[team.pk]), self.schemes[team.pk]
        person = people.register(
            team=team, by=worker, worker=worker, since=day, given_name="Replayed", family_name=f"N{number:05}",
            date_of_birth=self.first.replace(year=1980),
        )  # fmt: skip
        home = Household.objects.create(
            label=f"Home {number}", address=f"{number} Example Lane", postcode="QX1 2AB", council=team.council,
            normalised_address=f"{number} example lane",
        )  # fmt: skip
        carer = Carer.objects.create(
            household=home,
            organisation=scheme,
            reference=f"C-{number:06}",
            given_name="Carer",
            family_name=f"N{number}",
        )
        placement = Placement.objects.create(
            person=person, scheme=scheme, funding_team=team, carer=carer, kind="floating", state="active",
            starts_on=day, reference=f"R-{number:06}",
        )  # fmt: skip
        reviews.open_first_due(placement=placement, by=worker)

    def note(self, day):
        """Which reviews were opened and which ended since yesterday; for the new ones, when they will be held."""
        seen = ReviewDue.objects.values_list("pk", "state", "due_on", "closed_on")
        for pk, state, due_on, _closed_on in seen.exclude(pk__in=list(self.left)):
            if pk not in self.opened:
                self.opened[pk] = day
                on = self.held_on(due_on, day)
                if on:
                    self.meetings.setdefault(on, []).append(pk)
            if state != ReviewDue.State.OPEN:
                self.left[pk] = day

    def held_on(self, due_on, today):
        """Most reviews are held about their day, some months late, a few never."""
        dice = self.dice.random()
        if dice < 0.04:
            return None
        late = self.dice.randint(-20, 10) if dice < 0.7 else self.dice.randint(11, 60 if dice < 0.9 else 300)
        return max(due_on + timedelta(days=late), today + timedelta(days=1))

    @transaction.atomic
    def hold(self, due_id, day):
        due = ReviewDue.objects.open().select_for_update(of=("self",)).filter(pk=due_id).first()
        if due is None:
            return
        if self.dice.random() < 0.03:
            reviews.no_longer_owed(due=due, why="Moved to another country", by=None, on=day)
        else:
            meet(due, on=day, held_on=day, agreed_on=None, by=None)

    def staff(self, day):
        """Somebody goes on leave, covered by a colleague who may be away too; somebody leaves for good, and a new one comes."""
        team = self.dice.choice(self.teams)
        workers = self.workers[team.pk]
        if self.dice.random() < 0.25:
            managers = list(
                User.objects.filter(memberships__organisation=team, memberships__role=Role.TEAM_MANAGER)
            )
            user = self.dice.choice([*workers, *managers])
            until = day + timedelta(days=self.dice.randint(1, 30))
            cover = self.dice.choice([other for other in workers if other != user])
            if not Absence.objects.filter(user=user, until__gte=day).exists():
                Absence.objects.create(user=user, cover=cover, since=day, until=until)
        if self.dice.random() < 0.02:
            gone = workers.pop(self.dice.randrange(len(workers)))
            User.objects.filter(pk=gone.pk).update(is_active=False)
            workers.append(self.hire(team, Role.CARE_MANAGER))
            for pk in Involvement.objects.filter(worker=gone, until=None).values_list("pk", flat=True):
                on = day + timedelta(days=self.dice.randint(1, 40))
                self.leaving.setdefault(on, []).append(pk)

    def hand_over(self, involvement_id):
        involvement = Involvement.objects.get(pk=involvement_id)
        worker = self.dice.choice(self.workers[involvement.organisation_id])
        people.change_worker(involvement=involvement, worker=worker, by=None)
