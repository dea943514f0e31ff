"""The headings of About me (PRSB About Me standard v1.2), once: form, page, PDF and easy read are made from this list.

Pure: no database, no clock.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """One heading. `field` is the field of `AboutMe`; `easy` the heading in easy read; `picture` a drawing's name."""

    field: str
    title: str
    easy: str
    help: str
    picture: str


HEADINGS = (
    Heading(
        "most_important",
        "What is most important to me",
        "What matters most to me",
        "Values, beliefs, places, pets, what I am proud of. The things I would not want to do without.",
        "heart",
    ),
    Heading(
        "people",
        "People who are important to me",
        "My people",
        "Who they are, why they matter to me, how I keep in touch.",
        "people",
    ),
    Heading(
        "communicate",
        "How I communicate, and how to communicate with me",
        "How I talk and listen",
        "Words, signs, pictures, hearing aids, glasses; how I say yes and no; how I show pain or worry.",
        "speech",
    ),
    Heading(
        "wellness",
        "My wellness",
        "Good days and bad days",
        "What a good day is like and what a bad day is like; what helps when things go wrong.",
        "sun",
    ),
    Heading("please_do", "Please do", "Please do", "What you want people to do.", "tick"),
    Heading("please_do_not", "Please do not", "Please do not", "What you do not want people to do.", "cross"),
    Heading(
        "support",
        "How and when to support me",
        "How to help me",
        "Eating, moving, washing, money, going out, at night: what I do myself, and when I want help.",
        "hands",
    ),
    Heading(
        "worth_knowing",
        "Also worth knowing about me",
        "More about me",
        "My story, my work, what I like to talk about; what surprises people.",
        "star",
    ),
)


def filled(version):
    """[(heading, words)] of what is written in a version, in the order of the standard."""
    return [
        (heading, getattr(version, heading.field)) for heading in HEADINGS if getattr(version, heading.field)
    ]
