"""The care and support plan as data: its sections, in the order of the pages. Model fields bear the same keys.

`part` is the letter of Care Act 2014 s25(1) that asks for the section, empty for what practice asks for.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One page of the plan: its key, its heading, the question and prompts, and whether the plan needs it."""

    key: str
    title: str
    asks: str
    part: str = ""
    needed: bool = True
    easy: str = ""  # the same heading in easy read, to the person; empty: not in the easy-read plan
    picture: str = ""  # its picture, of static/images/easy


SECTIONS = (
    Section(
        "own_words",
        "My life and my support",
        "What the person wants, in their own words. What a good day looks like, what matters most, what must not happen.",
        easy="What I want",
        picture="heart",
    ),
    Section("needs", "Needs", "The needs that the assessment found.", "a"),
    Section(
        "eligibility",
        "Eligibility",
        "Which of the needs meet the eligibility criteria, how far, and why.",
        "b",
    ),
    Section(
        "how_met",
        "How needs will be met",
        "Which needs the council will meet, and how: each service, who gives it, how often. Name every service, not only "
        "Shared Lives.",
        "c",
        easy="How I get help",
        picture="hands",
    ),
    Section(
        "wellbeing",
        "Wellbeing",
        "What the support does for dignity, health, control over daily life, relationships, work or learning, home.",
        "d",
        easy="What is good for me",
        picture="sun",
    ),
    Section("budget_words", "Personal budget", "What the budget is for, and what it is not for.", "e"),
    Section(
        "advice",
        "Advice and prevention",
        "What can be done now to meet or reduce needs, and to prevent or delay new ones.",
        "f",
    ),
    Section(
        "direct_payment",
        "Direct payment",
        "Where there is one: which needs it meets, how much, how often. Leave empty where there is none.",
        needed=False,
    ),
    Section(
        "week",
        "The whole week",
        "Who supports when, day times included, so that nobody assumes the carer is there 24 hours.",
        needed=False,
    ),
    Section(
        "took_part",
        "Who took part",
        "How the person, their carer and everybody they asked for took part in making this plan.",
        easy="Who helped to make this plan",
        picture="people",
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}
OUTCOMES = "outcomes"
