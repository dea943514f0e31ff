"""Homes and carers of the demo, opened as people need them; their places never promise more than they hold."""

from dataclasses import dataclass, field
from datetime import timedelta

from carers.models import (
    Approval,
    Availability,
    Carer,
    Closure,
    Household,
    HouseholdMember,
    HouseholdScheme,
    PlaceLimit,
    PlanB,
    Requirement,
    RequirementKind,
    Training,
    TrainingCourse,
)
from carers.rules import expires_on, normalised
from sharedlives.devstack.signins import DOMAIN

from . import words
from .dice import References
from .names import HERITAGE_SHARES, HERITAGES, NAMES, PETS, RELATIONS, STREETS
from .people import phone, postcode

RESIDENTS = {1: 0.6, 2: 0.31, 3: 0.09}  # how many a home is for, whom the demo puts there
ALSO = {
    "live_in": ("short_break", "day_support"),
    "short_break": ("day_support", "live_in"),
    "day_support": ("short_break",),
    "kinship": ("floating",),
    "floating": ("kinship",),
}
EIGHT_WEEKS = timedelta(days=56)  # before training expires the first reminder comes
SPARE_EVERY = 9  # after so many homes one with nobody in it: that is what the dashboard shows as free


@dataclass
class Home:
    id: str
    council: object
    scheme: object
    wanted: int
    limit: int
    carers: list  # [(id, name)]
    emergencies: bool
    taken: int = 0
    label: str = ""
    members: list = field(default_factory=list)


class Estate:
    """Finds a place for a person: in the home that was opened last, or in a new one."""

    def __init__(self, loader, dice, today):
        self.loader, self.dice, self.today = loader, dice, today
        self.open, self.addresses, self.count, self.detailed = {}, set(), 0, True
        self.references = References("C", dice)
        courses = list(TrainingCourse.objects.order_by("slug"))
        self.asked = list(RequirementKind.objects.order_by("slug"))
        self.mandatory = [course for course in courses if course.mandatory]
        self.extra = [course for course in courses if not course.mandatory and not course.for_emergencies]
        self.for_emergencies = [course for course in courses if course.for_emergencies]

    def place(self, case, kind, emergency=False, carer=None):
        """A home of the case's scheme with room for one more of this kind, and a carer in it; one by name, if told."""
        if carer:
            home = self.new(case.scheme, case.team.council, kind, True, wanted=1, name=carer)
            home.taken = 1
            return home
        key = (case.scheme.id, kind, emergency)
        home = self.open.get(key)
        if home is None or home.taken >= home.wanted:
            home = self.open[key] = self.new(case.scheme, case.team.council, kind, emergency)
            if self.count % SPARE_EVERY == 0:
                self.new(case.scheme, case.team.council, kind, False, wanted=0)
        home.taken += 1
        return home

    def new(self, scheme, council, kind, emergency, wanted=None, name=None):
        dice, self.count = self.dice, self.count + 1
        wanted = dice.weighted(RESIDENTS) if wanted is None else wanted
        limit = 3 if wanted == 3 else dice.between(max(1, wanted), 3)
        heritage = dice.weighted(HERITAGE_SHARES)
        family = name[1] if name else dice.pick(NAMES[heritage][2])
        since = self.today - dice.days(1500, 5000)
        home = Home(
            dice.uuid(), council, scheme, wanted, limit, [], emergency or (scheme.emergencies and dice.chance(0.3)),
            label=f"The {family} home",
        )  # fmt: skip
        self.write_home(home, since)
        for _ in range(2 if dice.chance(0.33) else 1):
            home.carers.append(
                self.carer(home, heritage, family, kind, since, name and not home.carers and name[0])
            )
        return home

    def write_home(self, home, since):
        dice = self.dice
        address, code, plain = self.address()
        step_free = dice.chance(0.35)
        self.loader[Household].write(
            id=home.id, label=home.label, address=address, postcode=code, normalised_address=plain,
            uprn=str(100_000_000_000 + self.count) if dice.chance(0.7) else "", council_id=home.council.id,
            step_free=step_free, ground_floor_bedroom=step_free and dice.chance(0.6),
            wheelchair=step_free and dice.chance(0.35), **self.what_it_is_like(), smoking=dice.weighted({None: 0.08, True: 0.07, False: 0.85}),
            notes=dice.pick(("", "", "Park in the lane behind the house.", "The bell is at the side door.")),
        )  # fmt: skip
        self.loader[HouseholdScheme].write(household_id=home.id, scheme_id=home.scheme.id, since=since)
        if home.limit < 3:
            self.loader[PlaceLimit].write(household_id=home.id, places=home.limit, period=(since, None))
        if home.limit > home.wanted and dice.chance(0.08):
            begins = self.today + timedelta(days=dice.between(-30, 40))
            reason = dice.pick(
                ("Building work in the spare room", "The carer recovers from an operation", "A new baby")
            )
            self.loader[Closure].write(
                household_id=home.id, places=1, period=(begins, begins + dice.days(14, 90)), reason=reason
            )
        if dice.chance(0.3):
            born = (self.today - dice.days(1500, 9000)).replace(day=1)
            female, male, _family = dice.pick(NAMES)
            self.loader[HouseholdMember].write(
                household_id=home.id, given_name=dice.pick(female + male), relation=dice.pick(RELATIONS), born_in=born,
                since=max(since, born),
            )  # fmt: skip

        if self.detailed and self.count % 3:
            self.loader[PlanB].write(
                household_id=home.id, words=words.PLANS_B[self.count % 2], since=self.today
            )

    def what_it_is_like(self):
        """Pets in about half of the homes, as in the country; some have not been asked yet."""
        kinds, words = self.dice.pick(PETS)
        assistants = self.dice.weighted({None: 0.3, True: 0.55, False: 0.15})
        return {"pet_kinds": kinds, "pets": words, "assistants": assistants}

    def address(self):
        while True:
            address, code = f"{self.dice.between(1, 160)} {self.dice.pick(STREETS)}", postcode(self.dice)
            plain = normalised(address, code)
            if plain not in self.addresses:
                self.addresses.add(plain)
                return address, code, plain

    def carer(self, home, heritage, family, kind, since, given=None):
        dice = self.dice
        kin, (female, male, _families) = HERITAGES[heritage], NAMES[heritage]
        key, given = dice.uuid(), given or dice.pick(female + male)
        reference = self.references.new()
        self.loader[Carer].write(
            id=key, organisation_id=home.scheme.id, household_id=home.id, reference=reference, given_name=given,
            family_name=family, email=f"{reference.lower()}@{DOMAIN}", phone=phone(dice),
            languages="English" if kin.language == "English" else f"English, {kin.language}",
            worker_id=home.scheme.workers[self.count % len(home.scheme.workers)].id,
            faith=kin.faith if dice.chance(0.4) else "", skills=dice.pick(words.SKILLS), interests=dice.pick(words.INTERESTS),
        )  # fmt: skip
        self.approve(home, key, kind, since)
        self.train(home, key)
        if self.detailed and self.count % 4 == 0:
            self.say_when(key, since)
        if self.detailed:
            self.ask(home, key)
        return key, f"{given} {family}"

    def say_when(self, carer, since):
        """Some carers have said when in the week they cannot support, or when alone they can."""
        says, weekdays, parts, more = words.AVAILABILITY[self.count // 4 % len(words.AVAILABILITY)]
        self.loader[Availability].write(
            carer_id=carer, says=says, weekdays=weekdays, parts=parts, words=more, since=since
        )

    def approve(self, home, carer, kind, since):
        dice = self.dice
        kinds = [kind, *(other for other in ALSO[kind] if dice.chance(0.4))]
        until = None
        if dice.chance(0.3):  # a yearly approval; a few have just lapsed
            until = self.today + timedelta(days=dice.between(-20, 360))
        self.loader[Approval].write(
            carer_id=carer, kinds=kinds, emergency=home.emergencies, conditions=dice.pick(words.CONDITIONS), since=since,
            until=until, approved_by_id=home.scheme.manager.id,
        )  # fmt: skip

    def ask(self, home, carer):
        """What is asked of a carer and the home; now and then something has lapsed. Without courses."""
        dice = self.dice
        for kind in self.asked:
            about_home = kind.about == "home"
            if about_home and len(home.carers):
                continue  # the second carer of a home: the home has its own already
            span = (kind.months or 40) * 30
            done_on = (
                self.today - dice.days(span + 1, span + 60)
                if dice.chance(0.004)
                else self.today - dice.days(10, span - 1)
            )
            due_on = expires_on(done_on, kind.months)
            self.loader[Requirement].write(
                organisation_id=home.scheme.id, kind_id=str(kind.pk), carer_id=None if about_home else carer,
                household_id=home.id if about_home else None, done_on=done_on, expires_on=due_on, due_on=due_on,
                next_stage_on=due_on and due_on - EIGHT_WEEKS, decision="satisfied",
                number=f"{dice.between(10**11, 10**12 - 1):012}" if kind.is_check else "",
                level="barred" if kind.is_check else "",
            )  # fmt: skip

    def train(self, home, carer):
        dice = self.dice
        courses = [*self.mandatory, *(course for course in self.extra if dice.chance(0.25))]
        if not self.detailed:
            courses = self.mandatory[:2]
        if home.emergencies:
            courses += self.for_emergencies
        for course in courses:
            months = course.refresh_months
            if months is None:
                done_on = self.today - dice.days(100, 2500)
            elif dice.chance(0.008):  # forgotten
                done_on = self.today - dice.days(months * 31, months * 31 + 60)
            else:
                done_on = self.today - dice.days(10, months * 30)
            due_on = expires_on(done_on, months)
            self.loader[Training].write(
                carer_id=carer, course_id=str(course.pk), done_on=done_on, expires_on=due_on, due_on=due_on,
                next_stage_on=due_on and due_on - EIGHT_WEEKS,
            )  # fmt: skip
