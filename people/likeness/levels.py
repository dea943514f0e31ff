"""Single comparisons of names, dates and numbers: each returns the name of a level. Pure."""

from rapidfuzz.distance import OSA, JaroWinkler

from people.nicknames import SHARED_BEGINNINGS, same_family, surely_same_family
from people.rules import nhs_number_fault


def one_typo(one, other):
    """One letter wrong, missing, added, or two swapped; in words of three letters or more."""
    if min(len(one), len(other)) < 3:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def nearly(one, other):
    """One typo; or, in longer words, spelt so alike that one is surely meant for the other."""
    if one_typo(one, other):
        return True
    return min(len(one), len(other)) >= 6 and JaroWinkler.similarity(one, other) >= 0.94


def given_level(a, b):
    """How two given names compare: same, nickname, loose_nickname, part, middle, initial, typo, differ, missing."""
    if not a.given or not b.given:
        return "missing"
    if "".join(a.given) == "".join(b.given):
        return "same"
    if seconds_differ(a.given, b.given):
        return "differ"
    return best_of(first_level(one, other) for one, other in first_names(a, b))


def first_names(a, b):
    """The pairs of names to be compared: first given name and the name somebody goes by, on either side."""
    ours, theirs = {a.given[0], *a.known_as[:1]}, {b.given[0], *b.known_as[:1]}
    yield from ((one, other) for one in sorted(ours) for other in sorted(theirs))
    if any(one in b.given[1:] for one in ours) or any(other in a.given[1:] for other in theirs):
        yield None, None


def seconds_differ(one, other):
    """Both have a second given name, and those two are not alike (Mohammed Adil, Mohammed Bilal)."""
    if len(one) < 2 or len(other) < 2:
        return False
    a, b = one[1], other[1]
    return not (a == b or a[0] == b[0] and 1 in (len(a), len(b)) or one_typo(a, b) or same_family(a, b))


def first_level(one, other):
    if one is None:
        return "middle"
    if one == other:
        return "same"
    if surely_same_family(one, other):
        return "nickname"
    if same_family(one, other):
        return "loose_nickname"
    if 1 in (len(one), len(other)):
        return "initial" if one[0] == other[0] else "differ"
    return "typo" if nearly(one, other) else "differ"


GIVEN_ORDER = ("same", "nickname", "loose_nickname", "middle", "typo", "initial", "differ")


def best_of(levels):
    return min(levels, key=GIVEN_ORDER.index)


def only_a_beginning(a, b):
    """One side says just *Mohammed* or *Abdul* where the other says more: it may be a brother."""
    if not a.given or not b.given or len(a.given) == len(b.given):
        return False
    shorter = min(a.given, b.given, key=len)
    return shorter[0] in SHARED_BEGINNINGS and len(shorter) == 1


def family_level(a, b):
    """How two family names compare: same, part (of a double-barrelled one), typo, differ, missing."""
    if not a.family or not b.family:
        return "missing"
    one, other = "".join(a.family), "".join(b.family)
    if one == other:
        return "same"
    if len(a.family) != len(b.family) and set(a.family) & set(b.family):
        return "part"
    return "typo" if nearly(one, other) else "differ"


def swapped(a, b):
    """Given and family name changed places between the two: swapped, nearly_swapped, or nothing."""
    if not (a.given and a.family and b.given and b.family):
        return ""
    pairs = [("".join(a.given), "".join(b.family)), ("".join(a.family), "".join(b.given))]
    if all(one == other for one, other in pairs):
        return "swapped"
    return "nearly_swapped" if all(nearly_all(one, other) for one, other in pairs) else ""


def nearly_all(one, other):
    return one == other or nearly(one, other)


def born_level(one, other):
    """How two dates of birth compare: same, swapped, digit (day or month), year (by one), year_digit, differ, missing."""
    if one is None or other is None:
        return "missing"
    if one == other:
        return "same"
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return "swapped"
    if one.year == other.year and one_digit(f"{one:%d%m}", f"{other:%d%m}"):
        return "digit"
    if (one.day, one.month) == (other.day, other.month):
        if abs(one.year - other.year) == 1:
            return "year"
        return "year_digit" if one_digit(str(one.year), str(other.year)) else "differ"
    return "differ"


def one_digit(one, other):
    """One digit differs, or two neighbours changed places."""
    return OSA.distance(one, other) == 1


def nhs_level(one, other):
    """How two NHS numbers compare: same, near (one digit, and one of them fails its check), differ, missing.

    Only a number that passes its check counts as the same.
    """
    if not one or not other:
        return "missing"
    valid = [not nhs_number_fault(number) for number in (one, other)]
    if one == other:
        return "same" if all(valid) else "missing"
    if all(valid):
        return "differ"
    return "near" if one_digit(one, other) else "missing"


def postcode_level(one, other):
    """How two postcodes compare: same, near (one character), district, differ, missing."""
    if not one or not other:
        return "missing"
    if one == other:
        return "same"
    if one_digit(one, other):
        return "near"
    return "district" if one[:-3] == other[:-3] and len(one) > 4 else "differ"
