"""The record of a review in easy read: short sentences in the person's own place, a picture beside each.

All fixed words stand here, so that one test holds each sentence to 15 words. What people said stays in their words.
"""

from dataclasses import dataclass

from sharedlives.templatetags.components import words_date

from .codes import Options, Rating
from .models import Review

PREFERENCES = {
    Options.AS_NOW: "I want things to stay as they are.",
    Options.MORE_INDEPENDENCE: "I want to do more by myself here.",
    Options.OTHER_SUPPORT: "I want different support here.",
    Options.ANOTHER_HOME: "I want to live in another home.",
    Options.OWN_HOME: "I want a home of my own.",
}
RATINGS = {
    Rating.MET: "I did this.",
    Rating.PARTLY: "I did some of this.",
    Rating.NOT_MET: "I have not done this.",
    Rating.NOT_YET: "We do not know yet.",
}
OUTCOMES = {
    Review.Outcome.NO_CHANGE: "My plan stays the same.",
    Review.Outcome.PLAN: "My plan will change.",
    Review.Outcome.PLAN_AND_BUDGET: "My plan will change. The money for it will change too.",
}
WE_MET = "We met to talk about how my life and my support are going."
MET_ON = "We met on {day}."
NEXT_ON = "We will meet again by {day}."
SOONER = "I can ask to meet sooner."
WHO_DOES_IT = "{who} will do this by {day}."
NOTHING_PROMISED = "Nobody has to do anything new."
IF_WRONG = (
    "I can say if something in this paper is wrong.",
    "I can tell anyone who was at the meeting.",
)


@dataclass(frozen=True)
class Heading:
    """A heading and the picture beside it."""

    easy: str
    picture: str


MEETING = Heading("Our meeting", "sun")
PRESENT = Heading("Who was there", "people")
SAID = Heading("What I said", "speech")
CHANGED = Heading("What my words changed", "heart")
CHOICE = Heading("What I would choose", "heart")
GOALS = Heading("What I wanted to do", "star")
AGREED = Heading("What we agreed", "tick")
PROMISED = Heading("Who does what", "hands")
NEXT = Heading("Our next meeting", "sun")
WRONG = Heading("If this is wrong", "cross")
HEADINGS = (MEETING, PRESENT, SAID, CHANGED, CHOICE, GOALS, AGREED, PROMISED, NEXT, WRONG)
FIXED = (
    *PREFERENCES.values(), *RATINGS.values(), *OUTCOMES.values(), WE_MET, MET_ON, NEXT_ON, SOONER, WHO_DOES_IT,
    NOTHING_PROMISED, *IF_WRONG, *(heading.easy for heading in HEADINGS),
)  # fmt: skip


def easy_parts(facts):
    """[(heading, [lines])] out of the facts of a record (`record.record_of`); nothing is said where nothing is known."""
    review = facts["review"]
    parts = (
        (MEETING, [MET_ON.format(day=words_date(review.held_on)), WE_MET]),
        (PRESENT, [guest.name for guest in facts["present"]]),
        (SAID, [review.persons_views]),
        (CHANGED, [review.how_views_counted]),
        (CHOICE, [PREFERENCES.get(review.persons_preference)]),
        (GOALS, [line for row in facts["rated"]["outcomes"] for line in (row.outcome.words, RATINGS[row.rating])]),
        (AGREED, [OUTCOMES[review.outcome], review.decisions]),
        (PROMISED, promises(facts["actions"])),
        (NEXT, [NEXT_ON.format(day=words_date(review.next_due_on)), SOONER]),
        (WRONG, [*IF_WRONG, *(f"{row.participant}: {row.words}" for row in facts["remarks"])]),
    )  # fmt: skip
    told = [(heading, [line for line in lines if line]) for heading, lines in parts]
    return [(heading, lines) for heading, lines in told if lines]


def promises(actions):
    """Each action as it was agreed, and who sees to it by when."""
    if not actions:
        return [NOTHING_PROMISED]
    by = [WHO_DOES_IT.format(who=row.owner_name, day=words_date(row.due_on)) for row in actions]
    return [line for row, who in zip(actions, by, strict=True) for line in (row.words, who)]
