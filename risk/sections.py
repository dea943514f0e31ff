"""What a risk assessment says beside its risks, as data: the form, the page, the PDF and easy read show these.

Model fields bear the same keys.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One part in words: its heading and question, the same in easy read, and whether the carer's card has it."""

    key: str
    title: str
    asks: str = ""
    easy: str = ""  # empty: not in easy read
    picture: str = ""  # of static/images/easy
    on_card: bool = False
    of_home: bool = False  # also asked about a home


SECTIONS = (
    Section(
        "own_view",
        "What the person says about these risks",
        "In their own words, or how they showed it. Or: not yet, because …",
        easy="What I say about it",
        picture="speech",
    ),
    Section(
        "took_part",
        "How the person, the carer and the scheme took part",
        easy="Who talked about it",
        picture="people",
        of_home=True,
    ),
    Section(
        "summary_shared",
        "What others need to know",
        "Those who support the person, or place people in the home, read this.",
        of_home=True,
    ),
    Section(
        "call_first",
        "Who is called first",
        "Name and number.",
        easy="Who we ring first",
        picture="speech",
        on_card=True,
        of_home=True,
    ),
    Section(
        "out_of_hours",
        "At night and at weekends",
        "Name and number of who answers out of hours.",
        easy="Who we ring at night",
        picture="speech",
        on_card=True,
        of_home=True,
    ),
    Section(
        "who_decides",
        "Who decides",
        "Who decides what happens then, and who is asked before.",
        easy="Who decides",
        picture="people",
        on_card=True,
        of_home=True,
    ),
    Section(
        "where_to_stay",
        "Where the person can stay",
        "If they cannot be at home: where, and who takes them there.",
        easy="Where I can stay",
        picture="heart",
        on_card=True,
        of_home=True,
    ),
)
KEYS = tuple(section.key for section in SECTIONS)
HOME_KEYS = tuple(section.key for section in SECTIONS if section.of_home)


def written(assessment, wanted=lambda section: True):
    """[(section, words)] of those sections of a version that have words."""
    rows = [(section, getattr(assessment, section.key)) for section in SECTIONS if wanted(section)]
    return [(section, words) for section, words in rows if words]
