"""Region, councils, teams and schemes of the demo, and who works in them."""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.contrib.auth.hashers import make_password

import sharedlives
from people.actions import plain
from people.models import Membership, Organisation, User
from sharedlives.devstack.signins import DOMAIN, PASSWORD, SEES
from sharedlives.permissions import Role

from .names import NAMES

COUNCILS = Path(sharedlives.__file__).parent / "data" / "councils-2023.geojson"
HOME_COUNCILS = ("E06000005", "E06000047", "E06000004")  # neighbours on the map
TEAMS = (
    ("Riverside team", "Market Square team", "Northgate team"),
    ("Cathedral team", "Dales team", "Coast team", "Wear Valley team"),
    ("Quayside team", "Parkfield team"),
)
SCHEMES = (
    # slug, name, number of the council it serves, run by the council itself, takes emergencies
    ("harbour", "Harbour Shared Lives", 0, True, True),
    ("hearth", "Hearth and Home Shared Lives", 0, False, False),
    ("oakleaf", "Oakleaf Shared Lives", 1, True, True),
    ("dales", "Dales Family Placements", 1, False, False),
    ("teesbank", "Teesbank Shared Lives", 2, True, False),
    ("lantern", "Lantern Shared Lives", 2, False, True),
)
PEOPLE_A_COUNCIL = 1000  # more people than three councils hold bring further councils with them
PEOPLE_A_WORKER = 25
SINCE = date(2015, 4, 1)
NAMES_OF_SIGN_INS = {
    "care.manager": "Amina Yusuf",
    "reviewing.officer": "Ruth Pell",
    "team.manager": "Tom Ellery",
    "scheme.worker": "Priya Nair",
    "scheme.manager": "Owen Price",
    "commissioner": "Carla Munro",
    "data.officer": "Dev Patel",
    "admin": "Sam Root",
}


@dataclass
class Worker:
    id: str
    name: str
    people: int = 0


@dataclass(eq=False)
class Body:
    """An organisation, and the staff who act for it."""

    id: str
    name: str
    path: str
    council: "Body | None" = None
    workers: list = field(default_factory=list)
    manager: Worker | None = None
    reviewing_officer: Worker | None = None
    code: str = ""
    slug: str = ""
    emergencies: bool = False

    def next_worker(self):
        """The worker with the fewest people, so that caseloads are even."""
        worker = min(self.workers, key=lambda one: one.people)
        worker.people += 1
        return worker


@dataclass
class World:
    region: Body
    councils: list
    teams: dict  # council number → teams
    schemes: dict  # council number → schemes
    services: dict  # council number → a day service
    sign_ins: dict = field(default_factory=dict)

    def schemes_near(self, council):
        """The schemes that serve a council area; two at least, as far as there are two."""
        number = self.councils.index(council)
        near = self.schemes[number]
        return near if len(near) > 1 else [*near, *self.schemes[(number + 1) % len(self.councils)]]

    @property
    def all_schemes(self):
        return [scheme for schemes in self.schemes.values() for scheme in schemes]

    @property
    def all_teams(self):
        return [team for teams in self.teams.values() for team in teams]


def council_facts(wanted):
    """[(ONS code, name, region)]: the three neighbours first, then others of England as far as wanted."""
    features = json.loads(COUNCILS.read_text())["features"]
    facts = {f["properties"]["code"]: f["properties"] for f in features}
    others = [c for c, p in facts.items() if p["country"] == "England" and c not in HOME_COUNCILS]
    others.sort(key=lambda code: (facts[code]["region"] != facts[HOME_COUNCILS[0]]["region"], code))
    codes = [*HOME_COUNCILS, *others][:wanted]
    return [(code, facts[code]["name"], facts[code]["region"]) for code in codes]


class Founder:
    """Writes the organisations and their staff, and remembers them as a `World`."""

    def __init__(self, loader, dice, people):
        self.loader, self.dice, self.people = loader, dice, people
        self.password = make_password(PASSWORD)
        self.number = 0

    def world(self):
        facts = council_facts(max(len(HOME_COUNCILS), self.people // PEOPLE_A_COUNCIL))
        region = self.organisation("region", facts[0][2], None)
        world = World(region, [], {}, {}, {})
        for number, (code, name, _region) in enumerate(facts):
            self.council(world, number, code, name)
        self.staff(world)
        return world

    def organisation(self, kind, name, parent, **facts):
        key = self.dice.uuid()
        path = f"{parent.path if parent else '/'}{key}/"
        council = key if kind == "council" else (parent and parent.council and parent.council.id)
        phone = f"01632 960{self.dice.between(100, 999)}"
        email = f"{'.'.join(plain(name).split())}@{DOMAIN}"
        self.loader[Organisation].write(
            id=key, kind=kind, name=name, parent_id=parent and parent.id, council_id=council, path=path,
            phone=phone, email=email, **facts,
        )  # fmt: skip
        body = Body(
            key,
            name,
            path,
            code=facts.get("ons_code", ""),
            emergencies=facts.get("accepts_emergencies", False),
        )
        body.council = body if kind == "council" else (parent.council if parent else None)
        return body

    def council(self, world, number, code, name):
        council = self.organisation("council", name, world.region, ons_code=code)
        world.councils.append(council)
        teams = (
            TEAMS[number]
            if number < len(TEAMS)
            else [f"{name} {part} team" for part in ("north", "central", "south")]
        )
        world.teams[number] = [self.organisation("team", team, council) for team in teams]
        world.services[number] = self.organisation("service", f"{name} day opportunities", council)
        world.schemes[number] = [
            self.scheme(world, council, *row) for row in SCHEMES if row[2] == number
        ] or [
            self.scheme(world, council, f"s{number}", f"{name} Shared Lives", number, True, number % 2 == 0)
        ]

    def scheme(self, world, council, slug, name, number, own, emergencies):
        parent = council if own else world.region
        cqc = f"1-{self.dice.between(10**8, 10**9 - 1)}"
        age = self.dice.pick((16, 18, 18))
        body = self.organisation(
            "scheme", name, parent, accepts_emergencies=emergencies, age_from=age, cqc_location_id=cqc
        )
        body.slug = slug
        return body

    def staff(self, world):
        teams, schemes = world.all_teams, world.all_schemes
        self.sign_ins(world, teams[0], schemes[0])
        for team in teams:
            self.fill(team, Role.CARE_MANAGER, self.people / len(teams))
            team.manager = team.manager or self.worker(team, Role.TEAM_MANAGER)
            team.reviewing_officer = team.reviewing_officer or self.worker(team, Role.REVIEWING_OFFICER)
        for scheme in schemes:
            self.fill(scheme, Role.SCHEME_WORKER, self.people / len(schemes))
            scheme.manager = scheme.manager or self.worker(scheme, Role.SCHEME_MANAGER)

    def fill(self, body, role, people):
        while len(body.workers) < max(2, round(people / PEOPLE_A_WORKER)):
            body.workers.append(self.worker(body, role))

    def sign_ins(self, world, team, scheme):
        places = {
            "care.manager": (team, Role.CARE_MANAGER),
            "reviewing.officer": (team, Role.REVIEWING_OFFICER),
            "team.manager": (team, Role.TEAM_MANAGER),
            "scheme.worker": (scheme, Role.SCHEME_WORKER),
            "scheme.manager": (scheme, Role.SCHEME_MANAGER),
            "commissioner": (team.council, Role.COMMISSIONER),
            "data.officer": (team.council, Role.DATA_OFFICER),
            "admin": (world.region, Role.ADMINISTRATOR),
        }
        for sign_in in SEES:
            body, role = places[sign_in]
            world.sign_ins[sign_in] = self.worker(
                body, role, NAMES_OF_SIGN_INS[sign_in], f"{sign_in}@{DOMAIN}"
            )
        team.workers.append(world.sign_ins["care.manager"])
        team.manager = world.sign_ins["team.manager"]
        team.reviewing_officer = world.sign_ins["reviewing.officer"]
        scheme.workers.append(world.sign_ins["scheme.worker"])
        scheme.manager = world.sign_ins["scheme.manager"]

    def worker(self, body, role, name="", email=""):
        self.number += 1
        if not name:
            female, male, family = self.dice.pick(NAMES)
            name = f"{self.dice.pick(female + male)} {self.dice.pick(family)}"
        email = email or f"{'.'.join(plain(name).split())}.{self.number}@{DOMAIN}"
        phone = f"01632 960{self.dice.between(100, 999)}"
        key = self.loader[User].write(name=name, email=email, phone=phone, password=self.password)
        self.loader[Membership].write(user_id=key, organisation_id=body.id, role=role.value, since=SINCE)
        return Worker(key, name)
