"""Deadlines: an app declares what falls due; My work, reminders, lists and tiles all read that declaration."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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
    `visible_to(user)` narrows `open()` to what a user may see.
    `owed_by(user)` narrows `open()` to what is this user's to do (My work).
    `responsible(row)` is (person or None, organisation): who answers for it; the recipients hang on these.
    `council(row)` picks the ladder; `stages` is the ladder used where the council has set none.
    `label` in words; `path(object_id)` is the page that sees to it; `person` names the lookup that leads to a person.
    `extra(user)` may name a queryset of what the user waits for from others (same model).
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
    waits_for: Callable | None = field(default=None, repr=False)

    def __post_init__(self):
        if self.name in REGISTRY:
            raise ValueError(f"Two deadlines are called {self.name}")
        REGISTRY[self.name] = self
