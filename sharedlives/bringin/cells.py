"""How one cell is read: from what somebody typed to a value. Raises BadCell with words for whoever typed it."""

import datetime
import re
from contextlib import suppress

from django.utils import timezone

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NOTHING = {"", "-", "–", "n/a", "none", "null", "not known", "unknown"}
WEEKDAYS = "mon tue wed thu fri sat sun".split()


class BadCell(ValueError):
    """A cell that cannot be read; the text says why and what to type instead."""


def empty(said):
    return said.strip().lower() in NOTHING


def words(most):
    """A reader of text with at most so many letters."""

    def read(said):
        if len(said) > most:
            raise BadCell(f"This has {len(said)} letters; at most {most} fit here. Shorten it.")
        return said

    return read


def day_of(said):
    """The day that somebody wrote day first (9/3/1984, 9 March 1984) or year first (1984-03-09); else None."""
    parts = re.split(r"[\s/.\-]+", said.strip().removesuffix(" 00:00:00"))
    if len(parts) != 3:
        return None
    year, day = (parts[0], parts[2]) if len(parts[0]) == 4 else (parts[2], parts[0])
    month = parts[1]
    if month[:3].lower() in MONTHS:
        month = MONTHS.index(month[:3].lower()) + 1
    with suppress(ValueError):  # not a day of the calendar
        if len(year) == 4:
            return datetime.date(int(year), int(month), int(day))
    return None


def day(said):
    found = day_of(said)
    if found is None:
        raise BadCell(
            f"“{said}” is not a date of the calendar. Write day, month and four-figure year, such as 9/3/1984."
        )
    return found


def past_day(said):
    found = day(said)
    if found > timezone.localdate():
        raise BadCell(f"{found:%-d %B %Y} is still to come. Write a day that has been.")
    return found


def yes(said):
    plain = said.strip().lower()
    if plain in ("yes", "y", "true", "1", "x"):
        return True
    if plain in ("no", "n", "false", "0"):
        return False
    raise BadCell(f"“{said}” is neither yes nor no. Write yes or no.")


def number(least, most):
    """A reader of whole numbers between two, both included."""

    def read(said):
        if not re.fullmatch(r"\d{1,6}", said.strip()) or not least <= int(said) <= most:
            raise BadCell(f"“{said}” is not a whole number from {least} to {most}.")
        return int(said)

    return read


def email(said):
    plain = said.strip().lower()
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", plain):
        raise BadCell(f"“{said}” is not an email address. Write one address, such as kate.rees@example.org.")
    return plain


def plain(text):
    """Small letters and digits only, single spaces: two spellings of one word compare equal."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", str(text or "").lower()).split())


def choice(choices, **also):
    """A reader of one of some choices: by its code, its words, or another word for it (`also`: word → code).

    `choices` is a TextChoices. Words with a colon may leave out what stands before or after it.
    """
    known = {}
    for value, label in choices.choices:
        label = str(label)
        for said in (label.split(":")[0], label.split(":")[-1], label, value):
            known.setdefault(plain(said), value)
        known[plain(value)], known[plain(label)] = value, value
    known |= {plain(word.replace("_", " ")): code for word, code in also.items()}
    labels = [str(label) for _value, label in choices.choices]

    def read(said):
        if plain(said) not in known:
            shown = "; ".join(labels[:12]) + (" …" if len(labels) > 12 else "")
            raise BadCell(f"“{said}” is not one of the words that are known here. Write one of: {shown}.")
        return known[plain(said)]

    return read


def several(one):
    """A reader of several values with commas, semicolons or “and” between them, each read by `one`."""

    def read(said):
        parts = [part.strip() for part in re.split(r"[,;+&]|\band\b", said) if part.strip()]
        return list(dict.fromkeys(one(part) for part in parts))

    return read


def weekdays(said):
    """Days of the week as the sum of Monday 1, Tuesday 2, Wednesday 4 … Sunday 64."""
    mask = 0
    for part in re.split(r"[,;+&\s]+|\band\b", said.strip().lower()):
        if not part:
            continue
        if part[:3] not in WEEKDAYS:
            raise BadCell(f"“{part}” is not a day of the week. Write them as Monday, Wednesday.")
        mask |= 1 << WEEKDAYS.index(part[:3])
    return mask
