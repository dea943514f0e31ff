"""The whole comparison: levels in words, a weight that ranks, and a verdict. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from .levels import (
    born_level,
    family_level,
    given_level,
    nhs_level,
    only_a_beginning,
    postcode_level,
    swapped,
)


class Verdict(StrEnum):
    """What the comparison comes to: surely one person, perhaps, or no sign of it."""

    SAME = "same"
    POSSIBLE = "possible"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Likeness:
    """The outcome of a comparison. `weight` ranks; `reasons` say what agrees and what does not."""

    verdict: Verdict
    weight: int
    reasons: tuple[str, ...]

    @property
    def words(self):
        """The reasons as one sentence."""
        said = "; ".join(self.reasons)
        return said[:1].upper() + said[1:] + "." if said else ""


WEIGHTS = {
    "given": {
        "same": 7,
        "nickname": 6,
        "loose_nickname": 5,
        "middle": 4,
        "typo": 5,
        "initial": 3,
        "part": 3,
        "differ": -6,
    },
    "family": {"same": 10, "part": 7, "typo": 8, "differ": -5},
    "names": {"swapped": 15, "nearly_swapped": 12},
    "born": {"same": 13, "swapped": 10, "digit": 9, "year": 8, "year_digit": 5, "differ": -9},
    "nhs": {"same": 16, "near": 6, "differ": -10},
    "postcode": {"same": 8, "near": 6, "district": 2, "differ": -2},
}
SAYS = {
    "given": {
        "same": "same first name",
        "nickname": "first names are forms of one name",
        "loose_nickname": "first names may be forms of one name",
        "middle": "known by a middle name",
        "typo": "first names nearly the same",
        "initial": "only an initial, which agrees",
        "part": "first names agree as far as they go, but one list says less",
        "differ": "first names differ (a twin or another relative?)",
    },
    "family": {
        "same": "same family name",
        "part": "part of a double-barrelled family name",
        "typo": "family names nearly the same",
        "differ": "family names differ",
    },
    "names": {
        "swapped": "first and family name have changed places",
        "nearly_swapped": "first and family name have changed places, and are nearly the same",
    },
    "born": {
        "same": "same date of birth",
        "swapped": "day and month of birth have changed places",
        "digit": "one digit of the day or month of birth differs",
        "year": "the year of birth differs by one",
        "year_digit": "one digit of the year of birth differs",
        "differ": "dates of birth differ",
        "missing": "a date of birth is missing",
    },
    "nhs": {"same": "same NHS number", "near": "NHS number one digit off", "differ": "NHS numbers differ"},
    "postcode": {
        "same": "same postcode",
        "near": "postcode one character off",
        "district": "same postcode district",
        "differ": "postcodes differ",
    },
}
BORN_NEAR = {"same", "swapped", "digit", "year"}
SURE_GIVEN = {"same", "nickname"}
LIKE_GIVEN = {"same", "nickname", "loose_nickname", "middle", "typo", "initial", "part"}
LIKE_FAMILY = {"same", "part", "typo"}


def compare(a, b):
    """Compare two `Facts`. Returns a `Likeness`; the order of the two does not matter."""
    levels = levels_of(a, b)
    weight = sum(WEIGHTS[field].get(level, 0) for field, level in levels.items())
    said = [
        (WEIGHTS[field].get(level, 0), SAYS[field][level])
        for field, level in levels.items()
        if level in SAYS[field]
    ]
    agree = [text for points, text in sorted(said, key=lambda s: -s[0]) if points > 0]
    against = [text for points, text in said if points <= 0]
    return Likeness(verdict_of(levels), weight, (*agree, *against))


def levels_of(a, b):
    given, family = given_level(a, b), family_level(a, b)
    if given in SURE_GIVEN and only_a_beginning(a, b):
        given = "part"
    levels = {
        "given": given,
        "family": family,
        "born": born_level(a.born, b.born),
        "nhs": nhs_level(a.nhs_number, b.nhs_number),
        "postcode": postcode_level(a.postcode, b.postcode),
    }
    if given in ("differ", "initial") and family in ("differ", "part") and (places := swapped(a, b)):
        levels |= {"given": "missing", "family": "missing", "names": places}
    return levels


def verdict_of(levels):
    """The decision from the levels. Relatives' guard: differing first names are never `same`."""
    if levels["nhs"] == "same":
        return Verdict.SAME if confirmed(levels) else Verdict.POSSIBLE
    if levels["nhs"] != "differ" and certain(levels):
        return Verdict.SAME
    return Verdict.POSSIBLE if perhaps(levels) else Verdict.DIFFERENT


def confirmed(levels):
    """An equal NHS number, and neither name nor birth speaks against it."""
    if "names" in levels:
        return levels["born"] in BORN_NEAR
    if levels["given"] not in LIKE_GIVEN or levels["born"] not in BORN_NEAR:
        return False
    married = levels["born"] == "same" and levels["given"] in SURE_GIVEN
    return levels["family"] in LIKE_FAMILY or married


def certain(levels):
    """Without a number to go by: the whole name and the birth date, or the whole name, a slip and the postcode."""
    if "names" in levels:
        return levels["born"] == "same"
    if levels["given"] not in SURE_GIVEN:
        return False
    if levels["born"] == "same":
        return levels["family"] in ("same", "typo")
    slip = levels["born"] in ("swapped", "digit")
    return slip and levels["family"] == "same" and levels["postcode"] == "same"


def perhaps(levels):
    """Enough for a human to look: names and birth nearly agree, or all but one of the three do."""
    named = "names" in levels or levels["given"] in LIKE_GIVEN and levels["family"] in LIKE_FAMILY
    if named:
        return levels["born"] in BORN_NEAR | {"missing", "year_digit"}
    if levels["born"] != "same":
        return False
    return (
        levels["family"] in ("same", "typo")
        or levels["given"] in SURE_GIVEN
        and levels["postcode"] in ("same", "near")
    )
