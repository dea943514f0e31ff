"""Holding a home against what one person wants and needs. Pure: no database, no clock, and no score.

Each need fits, does not fit, or is not known, in words. What the person wants comes first; what speaks against a home
is said as plainly as what speaks for it.
"""

import re
from dataclasses import dataclass, field

from carers.codes import Pet

from .codes import Need

YES, NO, UNKNOWN = "yes", "no", "unknown"
LABELS = {YES: "Fits", NO: "Does not fit", UNKNOWN: "Not known"}


@dataclass(frozen=True)
class Wanted:
    """What a person wants and needs, from their referral. Culture and faith only where the person asked."""

    areas: tuple = ()
    needs: frozenset = frozenset()
    two_carers: bool = False
    language: str = ""
    culture: str = ""
    interests: str = ""
    skills: str = ""
    takes_a_place: bool = True


@dataclass(frozen=True)
class Offer:
    """What one carer and their home have. None means not known; `others` counts everybody else supported there.

    `apart`: somebody is there with whom the person may not live. `pets` are the kinds that live there, (Pet.NONE,) where there are none, empty where nobody has asked.
    """

    areas: tuple = ()
    step_free: bool | None = None
    ground_floor: bool | None = None
    wheelchair: bool | None = None
    pets: tuple = ()
    pet_words: str = ""
    smoking: bool | None = None
    assistants: bool | None = None
    languages: str = ""
    culture: str = ""
    interests: str = ""
    skills: str = ""
    carers: int = 1
    others: int | None = None
    free: int | None = None
    day_in_words: str = "the first day"
    known_because: str = ""
    not_approved_because: str = ""
    training_lacks: tuple = field(default_factory=tuple)
    apart: bool = False


@dataclass(frozen=True)
class Fit:
    """One need held against one home. `code` is what the database calls the same verdict."""

    need: str
    fit: str
    words: str
    code: str = ""

    def as_row(self):
        return {"need": self.need, "fit": self.fit, "words": self.words}


def compare(wanted, offer):
    """Every need of a person against one home: the person's wishes first, then access, then the carer, then room."""
    found = [*wishes(wanted, offer)]
    if wanted.takes_a_place:
        found += [*home(wanted, offer)]
    found += [*carer(wanted, offer)]
    if wanted.takes_a_place:
        found.append(room(offer))
    return found


def wishes(wanted, offer):
    if wanted.areas:
        yield area(wanted.areas, offer.areas)
    if wanted.language:
        yield asked("language", "Language", wanted.language, offer.languages, "speaks")
    if wanted.culture:
        yield asked("culture", "Culture or faith", wanted.culture, offer.culture, "recorded:")
    if wanted.interests:
        yield asked("interests", "Interests", wanted.interests, offer.interests, "enjoys")
    if wanted.takes_a_place:
        yield from pets(wanted.needs, offer)
        yield from plain(wanted.needs, LIVING, offer)
    if Need.ALONE in wanted.needs:
        yield alone(offer)
    if wanted.takes_a_place and offer.apart:
        yield apart()


LIVING = (
    (Need.NO_SMOKING, lambda o: None if o.smoking is None else not o.smoking, "Nobody smokes", "Somebody smokes"),
)  # fmt: skip
ACCESS = (
    (Need.STEP_FREE, lambda o: o.step_free, "The way in is step-free", "There are steps on the way in"),
    (Need.GROUND_FLOOR, lambda o: o.ground_floor, "There is a bedroom on the ground floor", "No bedroom on the ground floor"),
    (Need.WHEELCHAIR, lambda o: o.wheelchair, "There is room for a wheelchair", "No room for a wheelchair"),
    (Need.ASSISTANT, lambda o: o.assistants, "A personal assistant may come in", "No personal assistant may come in"),
)  # fmt: skip
UNWANTED = {Need.NO_PETS: frozenset(Pet) - {Pet.NONE}, Need.NO_DOGS: {Pet.DOG}, Need.NO_CATS: {Pet.CAT}}


def plain(needs, table, offer):
    """Needs that a home meets or does not."""
    for need, holds_of, if_so, if_not in table:
        if need in needs:
            holds = holds_of(offer)
            words = {True: if_so, False: if_not, None: "Not recorded"}[holds]
            yield Fit(str(need.label), answer(holds), words, need.value)


def pets(needs, offer):
    """Each kind of animal that the person does not want, held against those that live there."""
    there = ", ".join(Pet(kind).label for kind in offer.pets)
    words = "; ".join(part for part in (there, offer.pet_words) if part) or "Nobody has asked"
    for need, unwanted in UNWANTED.items():
        if need in needs:
            holds = None if not offer.pets else not unwanted & set(offer.pets)
            yield Fit(str(need.label), answer(holds), words, need.value)


def home(wanted, offer):
    yield from plain(wanted.needs, ACCESS, offer)


def area(wanted, offered):
    near = any(in_area(one, other) for one in wanted for other in offered)
    words = f"In {', '.join(offered) or 'an area not recorded'}; wanted: {', '.join(wanted)}"
    return Fit("Area", YES if near else NO if offered else UNKNOWN, words, "area")


def in_area(wanted, offered):
    """A council's name or the first half of a postcode; a postcode area (NS) holds all of its districts (NS1, NS2)."""
    one, other = wanted.strip().casefold(), offered.strip().casefold()
    if one.isalpha() and re.match(f"{one}[0-9]", other):
        return True
    words = plain_words(wanted)
    return one == other or bool(words) and words <= plain_words(offered)


def carer(wanted, offer):
    if wanted.two_carers:
        yield Fit(
            "Two carers at once",
            YES if offer.carers > 1 else NO,
            "Two or more carers work in this home" if offer.carers > 1 else "One carer works in this home",
            "two_carers",
        )
    if wanted.skills:
        yield asked("skills", "Skills", wanted.skills, offer.skills, "has")
    yield Fit(
        "Approval",
        NO if offer.not_approved_because else YES,
        offer.not_approved_because or "Approved for this kind",
        "approval",
    )
    lacks = ", ".join(offer.training_lacks)
    yield Fit("Training", NO if lacks else YES, lacks or "Training is current", "training")


def alone(offer):
    """Everybody is counted, also those whose records few may open; nobody is named."""
    if offer.others is None:
        return Fit(str(Need.ALONE.label), UNKNOWN, "Who else lives there is not recorded", "alone")
    return Fit(str(Need.ALONE.label), NO if offer.others else YES, others_in_words(offer.others), "alone")


TOGETHER = "Living together"


def apart():
    """Said only where it stands in the way; neither who it is nor why."""
    words = "Somebody is there on these days, or later, with whom the person may not live"
    return Fit(TOGETHER, NO, words, "apart")


def room(offer):
    if offer.free is None:
        return Fit("A place free", UNKNOWN, "Not known: the home or the dates are missing", "room")
    places = "1 place" if offer.free == 1 else f"{offer.free} places"
    return Fit(
        "A place free",
        YES if offer.free > 0 else NO,
        f"{places} free on {offer.day_in_words}"
        if offer.free > 0
        else f"No place free on {offer.day_in_words}",
        "room",
    )


def others_in_words(others):
    if not others:
        return "Nobody else is supported there then"
    return (
        "1 other person is supported there then"
        if others == 1
        else f"{others} other people are supported there then"
    )


def asked(code, need, wanted, offered, verb):
    """A wish in words against words: shared words fit, others do not, no words at all are not known."""
    if not offered.strip():
        return Fit(need, UNKNOWN, f"Wanted: {wanted}. Nothing is recorded about the carer", code)
    shared = words_shared(wanted, offered)
    return Fit(need, YES if shared else NO, f"Wanted: {wanted}. The carer {verb} {offered}", code)


def words_shared(one, other):
    """The words of three letters and more that two texts have in common, whatever their case."""
    return plain_words(one) & plain_words(other)


def plain_words(text):
    kept = "".join(c if c.isalnum() else " " for c in text.casefold())
    return {word for word in kept.split() if len(word) > 2 and word not in ("and", "the", "with")}


def answer(holds):
    return UNKNOWN if holds is None else YES if holds else NO


def against(fits):
    """What does not fit, in words: the answer to *why not this home?*."""
    return [fit.words for fit in fits if fit.fit == NO]


def bands(ages):
    """Ages of others in bands of ten years, from 25 on: near enough to picture a home, too coarse to tell who."""
    found = []
    for age in sorted(ages):
        low = (age - 5) // 10 * 10 + 5
        found.append("under 18" if age < 18 else "18 to 24" if age < 25 else f"{low} to {low + 9}")
    return found
