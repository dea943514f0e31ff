"""Holding a home against what one person wants and needs. Pure: no database, no clock, and no score.

Each need fits, does not fit, or is not known, in words. What the person wants comes first; what speaks against a home
is said as plainly as what speaks for it.
"""

from dataclasses import dataclass, field

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
    """What one carer and their home have. None means not known; `others` counts everybody else supported there."""

    areas: tuple = ()
    step_free: bool | None = None
    ground_floor: bool | None = None
    wheelchair: bool | None = None
    pets: str = ""
    smoking: bool | None = None
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


@dataclass(frozen=True)
class Fit:
    """One need held against one home."""

    need: str
    fit: str
    words: str

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
        near = [area for area in wanted.areas if words_shared(area, " ".join(offer.areas))]
        yield Fit(
            "Area",
            YES if near else NO if offer.areas else UNKNOWN,
            f"In {', '.join(offer.areas) or 'an area not recorded'}; wanted: {', '.join(wanted.areas)}",
        )
    if wanted.language:
        yield asked("Language", wanted.language, offer.languages, "speaks")
    if wanted.culture:
        yield asked("Culture or faith", wanted.culture, offer.culture, "recorded:")
    if wanted.interests:
        yield asked("Interests", wanted.interests, offer.interests, "enjoys")
    if Need.ALONE in wanted.needs:
        yield alone(offer)


def home(wanted, offer):
    yes_or_no = (
        (Need.STEP_FREE, offer.step_free, "The way in is step-free", "There are steps on the way in"),
        (
            Need.GROUND_FLOOR,
            offer.ground_floor,
            "There is a bedroom on the ground floor",
            "No bedroom on the ground floor",
        ),
        (Need.WHEELCHAIR, offer.wheelchair, "There is room for a wheelchair", "No room for a wheelchair"),
        (
            Need.NO_SMOKING,
            None if offer.smoking is None else not offer.smoking,
            "Nobody smokes",
            "Somebody smokes in the home",
        ),
    )
    for need, holds, if_so, if_not in yes_or_no:
        if need in wanted.needs:
            yield Fit(
                str(need.label), answer(holds), {True: if_so, False: if_not, None: "Not recorded"}[holds]
            )
    if Need.NO_PETS in wanted.needs:
        pets = offer.pets.strip()
        none = not pets or pets.lower() in ("no", "none", "no pets")
        yield Fit(
            str(Need.NO_PETS.label), YES if none else NO, "No pets are recorded" if none else f"Pets: {pets}"
        )


def carer(wanted, offer):
    if wanted.two_carers:
        yield Fit(
            "Two carers at once",
            YES if offer.carers > 1 else NO,
            "Two or more carers work in this home" if offer.carers > 1 else "One carer works in this home",
        )
    if wanted.skills:
        yield asked("Skills", wanted.skills, offer.skills, "has")
    yield Fit(
        "Approval",
        NO if offer.not_approved_because else YES,
        offer.not_approved_because or "Approved for this kind",
    )
    lacks = ", ".join(offer.training_lacks)
    yield Fit("Training", NO if lacks else YES, lacks or "Training is current")


def alone(offer):
    """Everybody is counted, also those whose records few may open; nobody is named."""
    if offer.others is None:
        return Fit(str(Need.ALONE.label), UNKNOWN, "Who else lives there is not recorded")
    return Fit(str(Need.ALONE.label), NO if offer.others else YES, others_in_words(offer.others))


def room(offer):
    if offer.free is None:
        return Fit("A place free", UNKNOWN, "Not known: the home or the dates are missing")
    places = "1 place" if offer.free == 1 else f"{offer.free} places"
    return Fit(
        "A place free",
        YES if offer.free > 0 else NO,
        f"{places} free on {offer.day_in_words}"
        if offer.free > 0
        else f"No place free on {offer.day_in_words}",
    )


def others_in_words(others):
    if not others:
        return "Nobody else is supported there then"
    return (
        "1 other person is supported there then"
        if others == 1
        else f"{others} other people are supported there then"
    )


def asked(need, wanted, offered, verb):
    """A wish in words against words: shared words fit, others do not, no words at all are not known."""
    if not offered.strip():
        return Fit(need, UNKNOWN, f"Wanted: {wanted}. Nothing is recorded about the carer")
    shared = words_shared(wanted, offered)
    return Fit(need, YES if shared else NO, f"Wanted: {wanted}. The carer {verb} {offered}")


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


def order(known, fits, label):
    """How candidates are ordered: carers whom the person knows first, then the fewest that do not fit."""
    return (not known, sum(f.fit == NO for f in fits), sum(f.fit == UNKNOWN for f in fits), label)
