"""When a record says very much what the last one said. Pure: no database, no clock."""

import re
from dataclasses import dataclass
from typing import Any

from sharedlives.rules import Rule

VERY_LIKE = 85  # per cent of the words, from which a record is very like last time (docs/adr/0020: how that was found)
RUN = 4  # so many words in a row count as taken over; single words are common to all records
FEWEST = 60  # words; of a shorter text it cannot be told
WORD = re.compile(r"\w+(?:[’'-]\w+)*")

VERY_LIKE_LAST_TIME = Rule(
    code="records.very_like_last_time",
    says="This is very like last time: nearly all of its words stood there already.",
    mends="Write what is different now; or say why it is still right, and what you looked at to know.",
    source="SCIE At a glance 02: assessments and reviews must not be a paper exercise",
    constraint=("careplans_very_like_says_why", "risk_very_like_says_why", "reviews_very_like_says_why"),
)


@dataclass(frozen=True)
class Alike:
    """How much of a record stood in the one before it: per cent, or None where that cannot be told."""

    percent: int | None
    last: Any = None

    @property
    def very(self):
        return self.percent is not None and self.percent >= VERY_LIKE


def words(texts):
    """The words of several texts in their order, without marks and capitals."""
    return WORD.findall(" ".join(texts).casefold())


def runs(found):
    """Every run of `RUN` words, with the place where it begins."""
    return ((place, tuple(found[place : place + RUN])) for place in range(len(found) - RUN + 1))


def likeness(was, now):
    """How many per cent of the words of `now` stand in a run of words that `was` has too; both are lists of texts.

    None where `now` has fewer than `FEWEST` words: a line is soon like another. The order of passages does not matter.
    """
    new = words(now)
    if len(new) < FEWEST:
        return None
    known = {run for _place, run in runs(words(was))}
    taken_over = {place + step for place, run in runs(new) if run in known for step in range(RUN)}
    return round(100 * len(taken_over) / len(new))


def alike(last, now, texts_of):
    """A record against the one before it. `texts_of` gives the texts of either; without a last one nothing is like it."""
    return Alike(None) if last is None else Alike(likeness(texts_of(last), texts_of(now)), last)


def very_like_explained(found, why, field):
    """Refuse a record that is very like last time without a reason. Raises RuleBroken."""
    if found.very and not why.strip():
        raise VERY_LIKE_LAST_TIME.broken(field)
