"""The pictures of our documents: shipped with the program, replaced by administrators as dated versions.

Templates name the shipped file (`static:images/easy/heart.svg`); `pdf.OwnFilesOnly` serves what is in force for it.
"""

from dataclasses import dataclass

from django.utils import timezone

from .models import Picture

REGISTRY = {}
BY_FILE = {}
LOGO = "mark"


@dataclass(frozen=True)
class Shipped:
    """A picture that the program brings. `file` is under `static/`; `words` say what it shows; `used` says where."""

    name: str
    title: str
    words: str
    used: str
    file: str

    def __post_init__(self):
        if self.name in REGISTRY:
            raise ValueError(f"Two pictures are called {self.name}")
        REGISTRY[self.name] = BY_FILE[self.file] = self


def easy(name, title, words, used):
    return Shipped(name, title, words, used, f"images/easy/{name}.svg")


Shipped(
    LOGO,
    "Logo",
    "Hearthkeep",
    "At the top of every document: plans, risk assessments, review records, About me, copies of everything.",
    "images/mark.svg",
)
easy(
    "heart",
    "Heart",
    "A heart",
    "Easy-read plan: What I want. About me: What matters most to me. Risks: Where I can stay. My review: What my words changed; What I would choose.",
)
easy(
    "people",
    "People",
    "Two people side by side",
    "Easy-read plan: My week; Who helped to make this plan. About me: My people. Risks: Who talked about it; Who decides. My review: Who was there.",
)
easy(
    "speech",
    "Speech",
    "A speech bubble",
    "About me: How I talk and listen. Risks: What I say about it; Who we ring first; Who we ring at night. My review: What I said.",
)
easy(
    "hands",
    "Hands",
    "A hand that gives help",
    "Easy-read plan: How I get help. About me: How to help me. My review: Who does what.",
)
easy(
    "sun",
    "Sun",
    "A sun",
    "Easy-read plan: What is good for me. About me: Good days and bad days. My review: Our meeting; Our next meeting.",
)
easy(
    "star",
    "Star",
    "A star",
    "Easy-read plan: What I want to do. Risks: each thing I do. About me: More about me. My review: What I wanted to do.",
)
easy(
    "tick",
    "Tick",
    "A tick",
    "Easy-read plan: Who said yes to this plan. About me: Please do. My review: What we agreed.",
)
easy("cross", "Cross", "A cross", "About me: Please do not. My review: If this is wrong.")


def replaced(organisation_id=None, *, on=None):
    """{name: version} of the pictures that are not the shipped ones, in documents of a council (None: of nobody).

    The council's own come first, then everybody's. `on` is the day, by default today. One query, without the bytes.
    """
    rows = Picture.objects.filter(in_force_from__lte=on or timezone.localdate())
    return told_apart(rows, organisation_id)


def newest(organisation_id=None):
    """The same with the newest versions, whenever they come into force: to look at them before their day."""
    return told_apart(Picture.objects.all(), organisation_id)


def told_apart(rows, organisation_id):
    everybodys, own = {}, {}
    for row in rows.of(None, organisation_id).last_of_each():
        (own if row.organisation_id else everybodys)[row.name] = row
    found = everybodys | {name: row for name, row in own.items() if row.is_own}
    return {name: row for name, row in found.items() if row.is_own and name in REGISTRY}
