"""How alike two descriptions of a human being are, in words. Search and linking both read these comparisons.

Everything but `candidates` and `candidates_of` is pure. A relative or a twin must never be taken for the person:
where first names differ, only a human decides (docs/adr/0012-linking-without-a-library.md).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Q
from rapidfuzz.distance import OSA, JaroWinkler

from .nicknames import SHARED_BEGINNINGS, forms_of, same_family, stands_for, surely_same_family
from .rules import nhs_number_fault

MARKS = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "ı": "i"}
)
TITLES = {"mr", "mrs", "ms", "miss", "dr", "mx", "prof", "rev", "sir"}


class Verdict(StrEnum):
    """What the comparison comes to: surely one person, perhaps, or no sign of it."""

    SAME = "same"
    POSSIBLE = "possible"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Facts:
    """What is known of somebody, cleaned for comparing. Empty means not known."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()
    born: date | None = None
    nhs_number: str = ""
    postcode: str = ""


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


# -- Cleaning -----------------------------------------------------------------------------------------


def letters(text):
    """Plain lower-case words without accents, marks and titles: O’Brien-Łuczak → obrien luczak."""
    flat = unicodedata.normalize("NFKD", (text or "").casefold().translate(MARKS))
    flat = "".join(c for c in flat if not unicodedata.combining(c) and c not in "'’`.")
    return " ".join("".join(c if c.isalnum() else " " for c in flat).split())


def words(text):
    """The words of a name, titles left out."""
    return tuple(word for word in letters(text).split() if word not in TITLES)


def split_name(name):
    """(given, family) of a name in one piece: *Kowalska, Anna* or *Anna Kowalska*; a single word is the family name."""
    if "," in name:
        family, given = name.split(",", 1)
        return given, family
    parts = [part for part in name.split() if letters(part) not in TITLES]
    return " ".join(parts[:-1]), parts[-1] if parts else ""


def digits(text):
    """The digits of a number as it may be typed."""
    return "".join(c for c in text or "" if c.isdigit())


def facts(
    *,
    name="",
    given_name="",
    family_name="",
    preferred_name="",
    date_of_birth=None,
    nhs_number="",
    postcode="",
):
    """Facts from what a list or a search says. `name` is the whole name where the two parts are not told apart."""
    if name and not (given_name or family_name):
        given_name, family_name = split_name(name)
    return Facts(
        given=words(given_name),
        family=words(family_name),
        known_as=words(preferred_name),
        born=date_of_birth,
        nhs_number=digits(nhs_number),
        postcode=letters(postcode).replace(" ", ""),
    )


def facts_of(person):
    """Facts from a record."""
    return facts(
        given_name=person.given_name,
        family_name=person.family_name,
        preferred_name=person.preferred_name,
        date_of_birth=person.date_of_birth,
        nhs_number=person.nhs_number,
        postcode=person.postcode,
    )


# -- Single comparisons: each returns the name of a level ------------------------------------------------


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
    """Given and family name changed places between the two."""
    if not (a.given and a.family and b.given and b.family):
        return False
    return nearly_all("".join(a.given), "".join(b.family)) and nearly_all("".join(a.family), "".join(b.given))


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


# -- The whole comparison ----------------------------------------------------------------------------------

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
    "names": {"swapped": 15},
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
    "names": {"swapped": "first and family name have changed places"},
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
    if given in ("differ", "initial") and family in ("differ", "part") and swapped(a, b):
        levels |= {"given": "missing", "family": "missing", "names": "swapped"}
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


# -- Finding whom to compare with ----------------------------------------------------------------------------


def births_like(born):
    """The birth dates that one slip of the pen makes of a date: itself, day and month swapped, a year off."""
    if born is None:
        return []
    found = {born}
    for year, month, day in (
        (born.year, born.day, born.month),
        *((born.year + n, born.month, born.day) for n in (-1, 1)),
    ):
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue
    return sorted(found)


def one_typo_pattern(word):
    """A PostgreSQL pattern of a whole word with at most one typo. The trigram index serves it from six letters on."""
    forms = {word[:i] + "." + word[i + 1 :] for i in range(len(word))}  # one wrong
    forms |= {word[:i] + "." + word[i:] for i in range(1, len(word) + 1)}  # one missing from what was typed
    forms |= {word[:i] + word[i + 1 :] for i in range(len(word))}  # one too many
    forms |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}  # two swapped
    return rf"\m({'|'.join(sorted(forms))})\M"


def word_like(word):
    """Condition: some word of the record's names is this one, a form of it, or one typo off."""
    found = Q(search_name__trigram_word_similar=word) | Q(search_name__contains=word)
    forms = sorted(form for form in forms_of(word) if re.fullmatch(r"[a-z]+", form))
    if len(forms) > 1:
        found |= Q(search_name__regex=rf"\m({'|'.join(forms)})\M")
    if 3 <= len(word) <= 14 and word.isalnum():
        found |= Q(search_name__regex=one_typo_pattern(word))
    return found


def candidates(queryset, *, name="", date_of_birth=None, nhs_number="", postcode=""):
    """The persons of a queryset who may be meant, as a queryset, most alike names first. One query.

    Each word of the name must be found, in any order, in spite of one typo, as a nickname; or the NHS number is
    equal; or the birth date is (one slip allowed) and one word of the name fits.
    """
    said = words(name)
    each, some = Q(), Q()
    for word in said:
        each &= word_like(word)
        some |= word_like(word)
    number, births = digits(nhs_number), births_like(date_of_birth)
    found = Q(pk=None)
    if said:
        found |= each
    if len(number) == 10:
        found |= Q(nhs_number=number)
    if births:
        found |= Q(date_of_birth__in=births) & some
    if postcode and said:
        found |= Q(postcode__iexact=" ".join(postcode.upper().split())) & some
    return (
        queryset.filter(found)
        .annotate(near=TrigramSimilarity("search_name", " ".join(said)))
        .order_by("-near", "sort_name", "pk")
    )


def ranked(queryset, *, limit=20, look_at=200, **typed):
    """[(person, Likeness)] of the persons who may be meant, the likeliest first. One query."""
    wanted = facts(**typed)
    found = [
        (person, compare(wanted, facts_of(person))) for person in candidates(queryset, **typed)[:look_at]
    ]
    found.sort(key=lambda pair: (-pair[1].weight, -pair[0].near, pair[0].sort_name))
    return found[:limit]


OF_A_BATCH = """
SELECT said.n, found.id
FROM unnest(%(n)s::int[], %(name)s::text[], %(nhs)s::text[]) AS said(n, name, nhs)
CROSS JOIN LATERAL (
    SELECT id FROM people_person WHERE said.nhs <> '' AND nhs_number = said.nhs
    UNION
    (SELECT id FROM people_person WHERE said.name <> '' AND search_name %% said.name
     ORDER BY similarity(search_name, said.name) DESC, id LIMIT 20)
) AS found
UNION
SELECT said.n, person.id
FROM unnest(%(born_n)s::int[], %(born_name)s::text[], %(born)s::date[]) AS said(n, name, born)
JOIN people_person AS person ON person.date_of_birth = said.born
WHERE similarity(person.search_name, said.name) >= 0.12 OR said.name = ''
"""


def candidates_of(queryset, batch):
    """For each `Facts` of a batch the persons who may be meant: a list of lists. Two queries for the whole batch.

    `queryset` says who may be looked at. Indexes do the finding: NHS number, trigrams of the names, birth date.
    """
    batch = list(batch)
    if not batch:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OF_A_BATCH, asked(batch))
        pairs = cursor.fetchall()
    persons = queryset.in_bulk({pk for _n, pk in pairs})
    found = [[] for _facts in batch]
    for n, pk in sorted(pairs):
        if pk in persons:
            found[n].append(persons[pk])
    return found


def asked(batch):
    """The parameters of the batch query: each name also with the whole name for a short one, each birth with its slips."""
    rows, births = [], []
    for n, one in enumerate(batch):
        first, rest = one.given[:1], " ".join([*one.given[1:], *one.family])
        names = (
            {" ".join([form, rest]).strip() for form in {first[0], *stands_for(first[0])}}
            if first
            else {rest}
        )
        rows += [(n, name, one.nhs_number if len(one.nhs_number) == 10 else "") for name in sorted(names)]
        births += [(n, " ".join([*one.given, *one.family]), born) for born in births_like(one.born)]
    return {
        "n": [n for n, _name, _nhs in rows],
        "name": [name for _n, name, _nhs in rows],
        "nhs": [nhs for _n, _name, nhs in rows],
        "born_n": [n for n, _name, _born in births],
        "born_name": [name for _n, name, _born in births],
        "born": [born for _n, _name, born in births],
    }
