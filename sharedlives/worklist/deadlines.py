"""Deadlines: an app declares what falls due; My work, reminders, lists and tiles all read that declaration."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, TextField, Value, When

from . import ladders, protocols

REGISTRY = {}


@dataclass(frozen=True)
class Stage:
    """A rung of the ladder. `offset` in days from the due date; `tells` is `worker` or `manager`."""

    name: str
    offset: int
    tells: str = "worker"


@dataclass(frozen=True)
class Deadline:
    """Something that somebody must see to by a date.

    `model` is the class of a row with `worklist.models.FallsDue`.
    `open()` is the queryset of rows that still have to be met: list, tile, export and reminder read this one.
    Let it `select_related` what `responsible` and `council` read: the clock walks over thousands of rows.
    `visible_to(user)` narrows `open()` to what a user may see.
    `owed_by(user)` narrows `open()` to what is this user's to do (My work).
    `responsible(row)` is (person or None, organisation): who answers for it; the recipients hang on these.
    `council(row)` picks the ladder; `stages` is the ladder used where the council has set none.
    `label` in words, as the subject of a mail begins: *A review is due*.
    `path(object_id)` is the page that sees to it.
    `about()` is a text expression that tells rows of one person or home apart: which review, whose training.
    `person` is the lookup that leads to a person, `organisation` the one to who answers; empty where there is none.
    `waits_for(user)` is what the user waits for from others (same model).
    `worker(row)` names the user who must act, where the row says so itself.
    `urgent`: mailed at once, also to those who otherwise want one mail a working day.
    `outlives`: still owed, and reminded of, after the person has died.
    `follows_funding`: the team that funds the person now answers for it, whichever organisation wrote the row.
    """

    name: str
    label: str
    model: Any
    stages: tuple[Stage, ...]
    open: Callable = field(repr=False)
    visible_to: Callable = field(repr=False)
    owed_by: Callable = field(repr=False)
    responsible: Callable = field(repr=False)
    council: Callable = field(repr=False)
    path: Callable = field(repr=False)
    person: str = "person"
    organisation: str = "organisation"
    about: Callable | None = field(default=None, repr=False)
    waits_for: Callable | None = field(default=None, repr=False)
    worker: Callable | None = field(default=None, repr=False)
    urgent: bool = False
    outlives: bool = False
    follows_funding: bool = False

    def __post_init__(self):
        if self.name in REGISTRY:
            raise ValueError(f"Two deadlines are called {self.name}")
        REGISTRY[self.name] = self


def in_words(lookup, choices):
    """The label of a coded field, as a text expression."""
    cases = [When(**{lookup: value}, then=Value(str(label))) for value, label in choices.choices]
    return Case(*cases, default=Value(""), output_field=TextField())


def stages_of(name, council):
    """The ladder of a deadline for a council (None: the shipped one). One query."""
    return protocols.get("ladder")(deadline=REGISTRY[name], council=council)


def first_stage_on(name, *, council, due_on):
    """What an action puts into `next_stage_on` when it opens a row or moves its date."""
    return ladders.first_stage_on(stages_of(name, council), due_on)
