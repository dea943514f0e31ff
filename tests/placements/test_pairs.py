"""Sixty pairs of a person and a household with the verdicts worked out by hand, against PostgreSQL and against Python."""

from datetime import timedelta
from pathlib import Path

import pytest

from carers import actions as carers
from carers import rules
from carers.models import Carer
from placements import matching, queries
from placements.models import Referral
from placements.queries.homes import wanted
from placements.queries.verdicts import all_verdicts

from .. import factories as people
from . import factories

pytestmark = pytest.mark.django_db

FIT = {"y": matching.YES, "n": matching.NO, "?": matching.UNKNOWN}

# What each home is like, what its carer has, how they are approved and trained, and how many places there are.
HOMES = {
    1: {
        "home": {
            "step_free": True,
            "ground_floor_bedroom": True,
            "wheelchair": True,
            "pet_kinds": ["none"],
            "smoking": False,
            "assistants": True,
        },
        "carer": {
            "languages": "English, Urdu",
            "faith": "Muslim",
            "interests": "Music and walking",
            "skills": "Makaton",
        },
    },
    2: {"home": {"postcode": "NS2 2AA"}},
    3: {
        "home": {
            "postcode": "EM1 1AA",
            "step_free": False,
            "ground_floor_bedroom": False,
            "wheelchair": False,
            "pet_kinds": ["dog"],
            "smoking": True,
            "assistants": False,
        },
        "carer": {
            "languages": "English",
            "faith": "Christian",
            "interests": "Football",
            "skills": "First aid",
        },
    },
    4: {
        "home": {"postcode": "NS1 4AA", "step_free": True, "wheelchair": False, "pet_kinds": ["cat"]},
        "carer": {"languages": "Polish"},
    },
    5: {
        "home": {"postcode": "EM2 1AA", "pet_kinds": ["dog", "cat"], "smoking": False},
        "carer": {
            "languages": "English, BSL",
            "culture": "Punjabi",
            "interests": "Cooking and music",
            "kinds": (),
        },
    },
    6: {
        "home": {
            "postcode": "NS9 1AA",
            "step_free": True,
            "ground_floor_bedroom": True,
            "wheelchair": False,
            "pet_kinds": ["bird"],
            "smoking": False,
            "assistants": True,
        },
        "carer": {"languages": "Urdu"},
    },
    7: {
        "home": {"postcode": "EM1 7AA", "places": 1, "pet_kinds": ["none"], "smoking": True},
        "carer": {"interests": "Knitting"},
    },
    8: {
        "home": {"postcode": "NS1 8AA"},
        "carer": {"skills": "PEG feeding", "kinds": ("short_break",), "skilled": False},
    },
    9: {"home": {"postcode": "NS3 1AA", "places": 1}},
    10: {"home": {"postcode": "EM5 1AA", "places": 1}},
}
WANTED = {
    "A": {"areas": ["NS1"], "needs": ["step_free", "no_pets", "no_smoking"]},
    "B": {"areas": ["Northshire"], "language": "Urdu", "culture": "Muslim"},
    "C": {"areas": ["EM"], "interests": "music", "needs": ["no_dogs", "alone"]},
    "D": {
        "needs": ["wheelchair", "ground_floor", "assistant"],
        "two_carers": True,
        "skills": "Makaton or PEG",
    },
    "E": {"areas": ["Eastmoor", "NS9"], "language": "BSL", "needs": ["no_cats", "alone"]},
    "F": {},
}


def table():
    """{person: {home: {need: verdict}}} of the sixty pairs."""
    found = {}
    for line in (Path(__file__).parent / "pairs.txt").read_text().splitlines():
        if line.startswith("person"):
            who, needs = line.removeprefix("person ").split(": ")
            found[who] = {}
        elif not line.startswith("#"):
            home, *marks = line.split()
            found[who][int(home)] = dict(zip(needs.split(), (FIT[m] for m in marks), strict=True))
    return found


@pytest.fixture
def monday():
    """Whoever comes on Tuesdays is not there on the first day, and takes the place all the same."""
    today = people.today()
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture
def homes(scheme, council, other_council, team, scheme_worker, monday):
    """{carer: number of the home}"""
    found = {}
    factories.courses()
    for number, facts in HOMES.items():
        there = other_council if facts["home"].get("postcode", "").startswith("EM") else council
        home = factories.home(scheme, there, scheme_worker, **facts["home"])
        carer = factories.carer(home, scheme_worker, **facts.get("carer", {}))
        found[carer.pk] = number
        fill(number, home, team, scheme_worker, monday)
        if number == 1:
            factories.carer(home, scheme_worker, skilled=False)
    return found


def fill(number, home, team, by, monday):
    """Who is there: one, three, one with one place, one who soon leaves, one on Tuesdays; and a home that will close."""
    if number == 6:
        carers.close_places(
            household=home,
            places=3,
            period=rules.period(monday + timedelta(days=10)),
            reason="Building",
            by=by,
        )
    for _n in range({3: 1, 4: 3, 7: 1, 9: 1, 10: 1}.get(number, 0)):
        until = monday + timedelta(days=5) if number == 9 else None
        how = {"claim": "day", "weekdays": 1 << 1} if number == 10 else {"claim": "home"}
        carers.record_found(
            person=people.person(team),
            household=home,
            why="Lives there",
            period=rules.period(monday - timedelta(days=30), until),
            by=by,
            **how,
        )


def test_sixty_pairs(homes, person, team, monday):
    pairs = table()
    assert sum(len(rows) for rows in pairs.values()) == 60
    for who, expected in pairs.items():
        referral = Referral(person=person, organisation=team, kinds=["live_in"], **WANTED[who])
        asked = all_verdicts(wanted(referral, "live_in"), "live_in", monday, person)
        del asked["apart"]  # nobody here is kept apart: no pair says anything of it
        rows = Carer.objects.filter(pk__in=homes).annotate(
            **{f"v_{code}": how for code, how in asked.items()}
        )
        said = {
            homes[row["pk"]]: {code: row[f"v_{code}"] for code in asked}
            for row in rows.values("pk", *(f"v_{code}" for code in asked))
        }
        assert said == expected, who
        written = {
            homes[c.carer.pk]: {fit.code: fit.fit for fit in c.fits}
            for c in queries.these(referral, list(homes), "live_in", monday, [])
        }
        assert written == expected, who
