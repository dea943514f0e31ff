"""The assessment as data: its pages, in order, and the fields that each asks. Model fields bear the same names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page of the long form: its key, its heading, what it is for, and the fields of `Assessment` on it."""

    key: str
    title: str
    asks: str
    fields: tuple


PAGES = (
    Page(
        "seen",
        "Where the person was seen, and how they took part",
        "An assessment is made with the person. Signs, pictures and what those who know them understood count.",
        ("done_on", "seen_how", "seen_where", "person_part", "took_part"),
    ),
    Page("needs", "Needs", "In words that the person would recognise.", ("summary",)),
    Page(
        "outcomes",
        "What the person cannot achieve without support",
        "Two or more, with a significant impact on wellbeing, make needs eligible (Care Act 2014).",
        ("eligible_outcomes",),
    ),
    Page(
        "together",
        "Who assesses together",
        "In complex circumstances care manager and scheme assess together.",
        ("complexity", "why_not_joint", "why_no_part"),
    ),
    Page(
        "shared-lives",
        "Shared Lives",
        "Whether it was explained and offered, and what the person makes of it.",
        (
            "explained_shared_lives",
            "why_not_explained",
            "offered_shared_lives",
            "why_not_offered",
            "wants_shared_lives",
        ),
    ),
    Page(
        "pressures",
        "Pressures felt while assessing",
        "What distorts an assessment when nobody says so. Managers see these as counts only.",
        ("pressures",),
    ),
)
BY_KEY = {page.key: page for page in PAGES}
KEYS = list(BY_KEY)
