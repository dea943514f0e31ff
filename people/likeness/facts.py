"""What is known of somebody, cleaned for comparing. Pure: no database, no clock."""

import unicodedata
from dataclasses import dataclass
from datetime import date

MARKS = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "ı": "i"}
)
TITLES = {"mr", "mrs", "ms", "miss", "dr", "mx", "prof", "rev", "sir"}


@dataclass(frozen=True)
class Facts:
    """What is known of somebody, cleaned for comparing. Empty means not known."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()
    born: date | None = None
    nhs_number: str = ""
    postcode: str = ""


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
